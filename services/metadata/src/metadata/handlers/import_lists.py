"""Runs the import of lists."""

from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.contracts.metadata.import_lists import ImportLists
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally

from metadata.domain.import_lists import Allowance, StoredList
from metadata.domain.ports import ListedWorksLibrary
from metadata.domain.refusals import UnknownImportList
from metadata.domain.transactions import Transactions
from metadata.workflow.list_sync import ListResult, ListSync

LIBRARY_AWAY_SECONDS = 60.0
MOST_NAMED = 200


class ImportListsHandler:
    """Carries out `ImportLists`. A list that cannot be read is a problem of the run, not its end.

    A run matches at most `matches_per_run` entries with the providers; the next run continues.
    """

    def __init__(
        self, transaction: Transactions, library: ListedWorksLibrary, sync: ListSync, *, matches_per_run: int
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._sync = sync
        self._matches_per_run = matches_per_run

    async def run(self, command: ImportLists) -> None:
        """Bring the lists up to date. A dry run changes nothing and reports the plan.

        Raises `TryAgainLater` while the library is unavailable, before any site is requested, and `UnknownImportList`.
        """
        lists = await self._chosen(command)
        tally = RunTally(expected=len(lists))
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
        allowance = Allowance(self._matches_per_run)
        results: list[ListResult] = []
        try:
            await self._library.look_up([])
            for each in lists:
                async with self._transaction() as tx:
                    if await tx.runs.cancelled(command.run_id):
                        break
                results.append(await self._import(each, command, allowance, tally))
        except ServiceUnavailable as error:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, error.detail) from error
        await self._finish(command, tally, results)

    async def _import(self, of: StoredList, command: ImportLists, allowance: Allowance, tally: RunTally) -> ListResult:
        result = ListResult(of.settings.name)
        async for result in self._sync.sync(of, command.run_id, allowance, dry_run=command.dry_run):
            async with self._transaction() as tx:
                tx.runs.progressed(command.run_id, tally, f"{result.name}: {result.listed} entries so far")
        tally.processed += 1
        tally.failed += result.problem is not None
        tally.succeeded += result.problem is None
        return result

    async def _finish(self, command: ImportLists, tally: RunTally, results: list[ListResult]) -> None:
        actions = [each for result in results for each in result.actions]
        details: dict[str, object] = {
            "lists": [each.figures() for each in results],
            "added": _named(actions, "identify_gap"),
            "doubtful": _named(actions, "ask_person"),
        }
        if command.dry_run:
            details |= Plan.of(actions).as_details()
        problems = list(dict.fromkeys(problem for each in results for problem in each.problems))
        failed = tally.failed > 0 and tally.succeeded == 0
        async with self._transaction() as tx:
            tx.runs.finished(
                command.run_id,
                tally,
                outcome=RunOutcome.FAILED if failed else RunOutcome.COMPLETED,
                problems=problems,
                details=details,
            )

    async def _chosen(self, command: ImportLists) -> list[StoredList]:
        async with self._transaction() as tx:
            every = await tx.import_lists.all()
        if command.list_ids is None:
            return [each for each in every if each.settings.enabled]
        known = {each.settings.id: each for each in every}
        for list_id in command.list_ids:
            if list_id not in known:
                raise UnknownImportList(f"there is no import list {list_id}")
        return [known[list_id] for list_id in dict.fromkeys(command.list_ids)]


def _named(actions: list[PlannedAction], kind: str) -> list[str]:
    return [each.what for each in actions if each.kind == kind][:MOST_NAMED]
