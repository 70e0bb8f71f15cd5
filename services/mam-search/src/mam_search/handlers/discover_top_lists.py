"""Makes missing books of what the library lacks of the top lists."""

from dataclasses import dataclass, field

from shared.chassis.errors import NotFound, Refused, RemoteError, ServiceUnavailable, TryAgainLater
from shared.contracts.library.listed_works import AddedWork, AddListedWorks, WorkState
from shared.contracts.mam.top_lists import DiscoverTopLists, Genre, TopList, TopListEntry
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.contracts.translatable import with_code
from shared.translatable import about, title_by

from mam_search.domain.genres import genre_name, genres
from mam_search.domain.top_list import listed_work
from mam_search.domain.top_list_ports import GenreStore, Library, RunTransactions
from mam_search.workflow.top_list_reader import TopListReader

MAX_AGE_SECONDS = 6 * 3600
"""A list that was read this recently is not read again, so that an interrupted run continues where it was."""
LIBRARY_AWAY_SECONDS = 60.0
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class AutomaticDownloads:
    """How many books of one list may be downloaded without approval, and how many seeders each of them needs."""

    max_per_genre: int = 3
    min_seeders: int = 50


@dataclass(slots=True)
class _Discovery:
    tally: RunTally
    added: list[str] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, top_list: TopList, entries: list[TopListEntry], results: list[AddedWork]) -> None:
        """Record the results of one list."""
        for entry in top_list.entries:
            if entry.left_out_because:
                self.left_out.append(about(_name(entry), entry.left_out_because))
        for entry, result in zip(entries, results, strict=True):
            if result.added:
                self.added.append(f"{_name(entry)} ({top_list.genre} {entry.rank})")
            elif result.state is WorkState.LEFT_OUT:
                self.left_out.append(about(_name(entry), with_code(result.words, result.translatable.get("words"))))
            else:
                self.known[result.state] = self.known.get(result.state, 0) + 1


class DiscoverTopListsHandler:
    """Carries out `DiscoverTopLists`. A genre that cannot be read is a problem of the run, not its end."""

    def __init__(
        self,
        reader: TopListReader,
        genre_store: GenreStore,
        library: Library,
        transaction: RunTransactions,
        automatic: AutomaticDownloads,
    ) -> None:
        self._reader = reader
        self._genres = genre_store
        self._library = library
        self._transaction = transaction
        self._automatic = automatic

    async def discover(self, command: DiscoverTopLists) -> None:
        """Read each list, and let the library add what it lacks. A dry run adds nothing and reports the plan.

        Raises `TryAgainLater` while the library is unavailable, and `NotFound` for a genre that does not exist.
        """
        chosen = await self._chosen(command)
        discovery = _Discovery(RunTally(expected=len(chosen)))
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
        for genre in chosen:
            async with self._transaction() as tx:
                if await tx.runs.cancelled(command.run_id):
                    break
            problems = len(discovery.problems)
            await self._discover(genre, discovery, dry_run=command.dry_run)
            failed = len(discovery.problems) > problems
            discovery.tally.processed += 1
            discovery.tally.failed += failed
            discovery.tally.succeeded += not failed
            async with self._transaction() as tx:
                line = f"{genre.name}: {len(discovery.added)} books added so far"
                tx.runs.progressed(command.run_id, discovery.tally, line)
        await self._finish(command, discovery)

    async def _discover(self, genre: Genre, discovery: _Discovery, *, dry_run: bool) -> None:
        for source in self._reader.sources:
            try:
                top_list = await self._reader.read(genre, source, max_age_seconds=MAX_AGE_SECONDS)
                if top_list is None:
                    continue
                entries = [entry for entry in top_list.entries if not entry.left_out_because]
                request = AddListedWorks(
                    works=[listed_work(entry) for entry in entries],
                    source=f"the top list {genre.name} ({source})",
                    max_automatic=self._automatic.max_per_genre,
                    min_seeders=self._automatic.min_seeders,
                    dry_run=dry_run,
                )
                discovery.add(top_list, entries, await self._library.add(request) if entries else [])
            except ServiceUnavailable as error:
                raise TryAgainLater(LIBRARY_AWAY_SECONDS, error.detail) from error
            except (RemoteError, Refused) as error:
                discovery.problems.append(about(genre.name, error.detail))

    async def _finish(self, command: DiscoverTopLists, discovery: _Discovery) -> None:
        tally = discovery.tally
        failed = tally.failed > 0 and tally.succeeded == 0
        details = {
            "added": discovery.added[:MOST_NAMED],
            "known": discovery.known,
            "left_out": discovery.left_out[:MOST_NAMED],
        }
        if command.dry_run:
            actions = [PlannedAction.of("identify_gap", each) for each in discovery.added]
            details |= Plan.of(actions, notes=discovery.left_out[:MOST_NAMED]).as_details()
        async with self._transaction() as tx:
            tx.runs.finished(
                command.run_id,
                tally,
                outcome=RunOutcome.FAILED if failed else RunOutcome.COMPLETED,
                problems=discovery.problems,
                details=details,
            )

    async def _chosen(self, command: DiscoverTopLists) -> list[Genre]:
        every = genres(await self._genres.all())
        if command.genres is None:
            return [genre for genre in every if genre.enabled]
        names = {genre_name(name): name for name in command.genres}
        if None in names:
            raise NotFound(f"there is no genre {names[None]!r}")
        return [genre for genre in every if genre.name in names]


def _name(entry: TopListEntry) -> str:
    return title_by(entry.title, entry.authors[:3])
