"""Plans a search for wanted books: the same searches and decisions as in a run, and nothing is stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from uuid import UUID, uuid4

from shared.chassis.run_ledger import PROBLEMS_LISTED
from shared.contracts.runs import ACTIONS_LISTED, Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import about, all_of, title_by, translatable

from downloader.domain.conclusion import Conclusion, apply_conclusion, conclude
from downloader.domain.decision import Decision
from downloader.domain.delay import Delay
from downloader.domain.download import Download
from downloader.domain.history import HistoryEvent
from downloader.domain.match import words_of
from downloader.domain.planned_grabs import PlannedGrabs
from downloader.domain.ports import Clock, Transactions
from downloader.workflow.indexer_search import IndexerSearch
from downloader.workflow.pack_search import PackSearch, merged

KINDS = {
    "waits": "wait",
    "delayed": "wait",
    "put_off": "put_off",
    "failed": "try_later",
    "abandoned": "abandon",
    "transferred": "import",
    "lost": "add_again",
    "release_refused": "block_release",
    "cancelled": "keep",
}
"""The kinds of planned actions, by the kinds of history events."""
LONGEST_REASON = 400
"""Characters of a reason in a plan."""
NOT_FETCHED = translatable(
    "plan.not_fetched",
    "Torrent files are fetched for a plan only to look into releases with several books; a grab rejects one that is"
    " larger than its listing says.",
)


@dataclass(slots=True)
class _Plan:
    """The plan so far."""

    expected: int
    planned_grabs: PlannedGrabs = field(default_factory=PlannedGrabs)
    actions: list[PlannedAction] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    grabbed: dict[UUID, str] = field(default_factory=dict)
    """The books whose releases would be grabbed, each with the title of the book that was searched."""
    processed: int = 0

    @property
    def tally(self) -> RunTally:
        failed = len(self.problems)
        return RunTally(
            expected=self.expected, processed=self.processed, succeeded=self.processed - failed, failed=failed
        )

    @property
    def outcome(self) -> RunOutcome:
        nothing_worked = self.problems and len(self.problems) == self.processed
        return RunOutcome.FAILED if nothing_worked else RunOutcome.COMPLETED


class SearchPlanner:
    """Plans one book after the other, so that it searches the indexers no faster than a run does."""

    def __init__(
        self,
        transaction: Transactions,
        indexer_search: IndexerSearch,
        pack_search: PackSearch,
        clock: Clock,
        *,
        max_books: int = ACTIONS_LISTED,
    ) -> None:
        self._transaction = transaction
        self._indexer_search = indexer_search
        self._pack_search = pack_search
        self._clock = clock
        self._max_books = max_books

    async def plan(self, run_id: UUID | None, wanted: Sequence[Download], new: Collection[UUID]) -> None:
        """Finish the run with the plan for these downloads, of which the `new` ones are not stored.

        A planned grab counts for the books after it: the release, the slot and the disk space. Only as many books are
        searched as a plan can list, to spare the trackers. A cancelled run stops before the next book.
        """
        searched = wanted[: self._max_books]
        plan = _Plan(len(searched))
        async with self._transaction() as tx:
            await tx.runs.started(run_id)
            tx.runs.progressed(run_id, plan.tally)
        for download in searched:
            async with self._transaction() as tx:
                if await tx.runs.cancelled(run_id):
                    return
            if download.id in new:
                words = translatable("plan.new_download", "a download would be created")
                plan.actions.append(PlannedAction.of("queue", _book(download), words))
            if download.id in plan.grabbed:
                title = plan.grabbed[download.id]
                words = translatable("plan.same_torrent", f"in the same torrent as “{title}”", title=title)
                plan.actions.append(PlannedAction.of("grab", _book(download), words))
            elif download.may_be_searched(self._clock.now()):
                await self._search(plan, download, [each for each in searched if each.id not in plan.grabbed])
            plan.processed += 1
            async with self._transaction() as tx:
                tx.runs.progressed(run_id, plan.tally)
        notes = [NOT_FETCHED]
        if len(searched) < len(wanted):
            more, first = len(wanted) - len(searched), len(searched)
            words = f"{more} more books would be searched after these {first}."
            notes.append(translatable("plan.more_books", words, more=more, first=first))
        details = Plan.of(
            plan.actions, size_bytes=plan.planned_grabs.size_bytes, slots=plan.planned_grabs.slots, notes=notes
        )
        async with self._transaction() as tx:
            tx.runs.finished(
                run_id,
                plan.tally,
                outcome=plan.outcome,
                problems=plan.problems[:PROBLEMS_LISTED],
                details=details.as_details(),
            )

    async def _search(self, plan: _Plan, download: Download, queued: Sequence[Download]) -> None:
        download.search_began(self._clock.now())
        shared = await self._pack_search.in_client(download)
        if shared is not None:
            files, title = len(shared[1].files), shared[0].release.title
            words = f"{files} files of “{title}”, which the download client has"
            words = translatable("plan.in_client", words, files=files, title=title)
            plan.actions.append(PlannedAction.of("grab", _book(download), words))
            return
        grabs = plan.planned_grabs
        found = await self._indexer_search.run(download, grabs)
        packs = await self._pack_search.offered(download, found, planned_grabs=grabs, queued=queued)
        async with self._transaction() as tx:
            decisions = merged(await self._indexer_search.judge(tx, download, found, grabs), packs)
        now = self._clock.now()
        conclusion = conclude(
            decisions,
            found.unavailable,
            may_grab=self._indexer_search.may_grab(download),
            delay=Delay(now, found.profile.rules, download.delayed_until),
            is_upgrade=download.replaces is not None,
        )
        apply_conclusion(conclusion, download, uuid4(), now)
        if conclusion.grab is not None and conclusion.delayed_until is None:
            plan.planned_grabs = plan.planned_grabs.with_grab(download.wanted.title, conclusion.grab.release)
            plan.grabbed |= dict.fromkeys((download.id, *conclusion.grab.fills), download.wanted.title)
            plan.actions.append(_grab(download, conclusion, conclusion.grab))
            return
        plan.actions += [
            _without_grab(download, conclusion, each) for each in download.new_events if each.kind in KINDS
        ]
        if conclusion.unavailable is not None:
            plan.problems.append(about(download.wanted.title, conclusion.unavailable.words))


def planned_action(title: str, event: HistoryEvent) -> PlannedAction:
    """A history event as a planned action."""
    return PlannedAction.of(KINDS.get(event.kind, event.kind), title, event.words)


def _grab(download: Download, conclusion: Conclusion, chosen: Decision) -> PlannedAction:
    release = chosen.release
    where = f"“{release.title}” from {release.indexer_name} ({release.indexer} {release.id})"
    chosen_release = translatable(
        "plan.release",
        f"{where}, {release.size_bytes / 1e6:.1f} MB, score {chosen.score:.2f}",
        title=release.title,
        indexer=release.indexer_name,
        id=f"{release.indexer} {release.id}",
        size=release.size_bytes,
        score=chosen.score,
    )
    parts = [part for part in (chosen_release, words_of(chosen.reasons), conclusion.searched) if part]
    return PlannedAction.of("grab", _book(download), all_of(parts))


def _without_grab(download: Download, conclusion: Conclusion, event: HistoryEvent) -> PlannedAction:
    words = event.words
    if len(words) > LONGEST_REASON:
        words = shorten(words, LONGEST_REASON, placeholder=" …")
    parts = [words, *_again(download), conclusion.searched]
    return PlannedAction.of(KINDS.get(event.kind, event.kind), _book(download), all_of(parts))


def _again(download: Download) -> list[str]:
    at = download.next_retry_at
    words = f"retried at {at:%Y-%m-%d %H:%M} UTC" if at else ""
    return [translatable("plan.retried", words, at=at.isoformat())] if at else []


def _book(download: Download) -> str:
    return title_by(download.wanted.title, download.wanted.authors)
