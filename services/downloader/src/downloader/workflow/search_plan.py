"""Says what a search for wanted books would come to: the same questions and the same decisions, and nothing is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from uuid import UUID, uuid4

from shared.chassis.run_ledger import PROBLEMS_TOLD
from shared.contracts.runs import ACTIONS_LISTED, Plan, PlannedAction, RunOutcome, RunTally

from downloader.domain.conclusion import Conclusion, carry_out, concluded
from downloader.domain.decision import Decision
from downloader.domain.download import Download, Happening
from downloader.domain.match import words_of
from downloader.domain.planned_grabs import Ahead
from downloader.domain.ports import Clock, Transactions
from downloader.workflow.indexer_search import Asking

KINDS = {
    "waits": "wait",
    "put_off": "put_off",
    "failed": "try_later",
    "abandoned": "abandon",
    "transferred": "import",
    "lost": "add_again",
    "release_refused": "block_release",
}
"""What a plan calls that which the history will tell as having happened."""
LONGEST_SHOWN = 400
"""Characters of a reason that a plan tells."""
NOT_FETCHED = "A torrent file is fetched only for a grab; one that is larger than its listing says is refused then."


@dataclass(slots=True)
class _Plan:
    """What was found so far."""

    expected: int
    ahead: Ahead = field(default_factory=Ahead)
    actions: list[PlannedAction] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
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


class Planning:
    """One book after the other, so that the indexers are asked no faster than by a search."""

    def __init__(
        self, transaction: Transactions, asking: Asking, clock: Clock, *, most_books: int = ACTIONS_LISTED
    ) -> None:
        self._transaction = transaction
        self._asking = asking
        self._clock = clock
        self._most_books = most_books

    async def plan(self, run_id: UUID | None, wanted: Sequence[Download], new: Collection[UUID]) -> None:
        """End the run with the plan of searching for these downloads, of which the `new` ones are not stored.

        What one book would be given counts for those after it: the release, the place, the disk. No more are asked
        for than a plan can name: it would be much to ask of a tracker for nothing. A run that is cancelled stops
        before the next book.
        """
        asked = wanted[: self._most_books]
        plan = _Plan(len(asked))
        async with self._transaction() as tx:
            await tx.runs.started(run_id)
            tx.runs.progressed(run_id, plan.tally)
        for download in asked:
            async with self._transaction() as tx:
                if await tx.runs.cancelled(run_id):
                    return
            if download.id in new:
                words = "a download would be made for it"
                plan.actions.append(PlannedAction(kind="queue", what=_book(download), words=words))
            if download.may_be_searched(self._clock.now()):
                await self._search(plan, download)
            plan.processed += 1
            async with self._transaction() as tx:
                tx.runs.progressed(run_id, plan.tally)
        notes = [NOT_FETCHED]
        if len(asked) < len(wanted):
            notes.append(f"{len(wanted) - len(asked)} more books would be searched after these {len(asked)}.")
        told = Plan.of(plan.actions, size_bytes=plan.ahead.size_bytes, slots=plan.ahead.slots, notes=notes)
        async with self._transaction() as tx:
            tx.runs.finished(
                run_id,
                plan.tally,
                outcome=plan.outcome,
                problems=plan.problems[:PROBLEMS_TOLD],
                details=told.as_details(),
            )

    async def _search(self, plan: _Plan, download: Download) -> None:
        download.search_began(self._clock.now())
        found = await self._asking.about(download, plan.ahead)
        async with self._transaction() as tx:
            decisions = await self._asking.judged(tx, download, found, plan.ahead)
        conclusion = concluded(decisions, found.away, may_grab=self._asking.may_grab(download))
        carry_out(conclusion, download, uuid4(), self._clock.now())
        if conclusion.grab is not None:
            plan.ahead = plan.ahead.and_then(download.wanted.title, conclusion.grab.release)
            plan.actions.append(_grab(download, conclusion, conclusion.grab))
            return
        plan.actions += [_told(download, conclusion, each) for each in download.happened if each.kind in KINDS]
        if conclusion.away is not None:
            plan.problems.append(f"{download.wanted.title}: {conclusion.away.words}")


def planned(title: str, happening: Happening) -> PlannedAction:
    """What the history would tell of a book, as something that would be done."""
    return PlannedAction(kind=KINDS.get(happening.kind, happening.kind), what=title, words=happening.words)


def _grab(download: Download, conclusion: Conclusion, chosen: Decision) -> PlannedAction:
    release = chosen.release
    where = f"“{release.title}” from {release.indexer_name} ({release.indexer} {release.id})"
    match = words_of(chosen.reasons)
    score = f"{release.size_bytes / 1e6:.1f} MB, score {chosen.score:.2f}"
    words = "; ".join(part for part in (f"{where}, {score}", match, conclusion.searched) if part)
    return PlannedAction(kind="grab", what=_book(download), words=words)


def _told(download: Download, conclusion: Conclusion, happening: Happening) -> PlannedAction:
    again = f"; again at {download.next_retry_at:%Y-%m-%d %H:%M} UTC" if download.next_retry_at else ""
    action = planned(_book(download), happening)
    words = shorten(happening.words, LONGEST_SHOWN, placeholder=" …")
    return action.model_copy(update={"words": f"{words}{again}; {conclusion.searched}"})


def _book(download: Download) -> str:
    return f"{download.wanted.title} by {', '.join(download.wanted.authors)}"
