"""What came of books put through the pipeline: stored, said and settled together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from textwrap import shorten
from typing import Any
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBooks
from shared.contracts.runs import PlannedAction, Settled
from shared.contracts.values import Confidence

from metadata.domain.changes import Change, Proposal, shown
from metadata.domain.failures import Failure
from metadata.domain.ports import Decision, PutOff, Refreshed
from metadata.domain.transactions import Transactions, Work

LONGEST_SHOWN = 200
"""Characters of a value that a plan tells."""
MOST_TIMES_PUT_OFF = 10
LONGEST_PUT_OFF_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one book: how surely it is known, what is to be changed, who answered and who did not."""

    book: Book
    confidence: Confidence
    changes: Sequence[Change]
    answered: Sequence[str]
    failures: Mapping[str, Failure]
    decision: Decision | None

    @property
    def words(self) -> list[str]:
        return [f"{self.book.title}: {name}: {failure.words}" for name, failure in self.failures.items()]

    @property
    def problems(self) -> list[str]:
        """That a provider wants to be left alone for a while is none, because the book is looked up there after it."""
        failed = [name for name, failure in self.failures.items() if not failure.throttled]
        return [f"{self.book.title}: {name}: {self.failures[name].words}" for name in failed]


class RememberingOutcomes:
    """In one transaction for as many books as are ready."""

    def __init__(self, transaction: Transactions, clock: Clock, *, dry_run: bool) -> None:
        self._transaction = transaction
        self._clock = clock
        self._dry_run = dry_run
        self._log = logger(service="metadata")

    async def remember(self, command: RefreshBooks, outcomes: Sequence[Outcome]) -> bool:
        """False when the run wants no more of it: it was cancelled, or another delivery was faster."""
        if not outcomes:
            return True
        dry_run = self._is_dry(command)
        async with self._transaction() as tx:
            if dry_run and command.run_id:
                await self._plan(tx, command.run_id, outcomes)
            settled = await self._settle(tx, command, [_settled(each) for each in outcomes])
            if command.run_id is not None:
                outcomes = [each for each in outcomes if str(each.book.id) in settled]
            if not dry_run:
                await self._store(tx, command, outcomes)
        for each in outcomes:
            self._log.info(
                "book_refreshed",
                book=each.book.title,
                book_id=str(each.book.id),
                confidence=each.confidence.value,
                changes=[change.field for change in each.changes],
                dry_run=dry_run,
                problems=each.words,
            )
        return bool(outcomes)

    async def gone(self, command: RefreshBooks, book_ids: Sequence[str]) -> None:
        """The library no longer has these books."""
        words = "book {} is no longer in the library"
        async with self._transaction() as tx:
            told = [Settled(each, succeeded=False, words=words.format(each)) for each in book_ids]
            await self._settle(tx, command, told)
            if not self._is_dry(command):
                await tx.put_off.done([UUID(each) for each in book_ids])

    def _is_dry(self, command: RefreshBooks) -> bool:
        return self._dry_run if command.dry_run is None else command.dry_run

    async def _settle(self, tx: Work, command: RefreshBooks, told: Sequence[Settled]) -> set[str]:
        """The last of a dry run's items brings its plan."""
        plan = partial(_told, tx, command.run_id) if command.run_id and self._is_dry(command) else None
        return await tx.runs.settle_all(command.run_id, told, details=plan)

    async def _store(self, tx: Work, command: RefreshBooks, outcomes: Sequence[Outcome]) -> None:
        now = self._clock.now()
        proposed = await tx.corrections.propose([Proposal(each.book, each.changes) for each in outcomes], now)
        for each in outcomes:
            changes = proposed.get(each.book.id, [])
            if changes:
                tx.send(WriteMetadata(book_id=each.book.id, changes=changes))
            tx.announce(_told_to_all(each, len(changes)))
        await tx.decisions.keep([each.decision for each in outcomes if each.decision])
        put_off = [wait for each in outcomes if (wait := self._put_off(command, each))]
        waiting = {each.book_id for each in put_off}
        await tx.put_off.keep(put_off)
        await tx.put_off.done([each.book.id for each in outcomes if each.book.id not in waiting])
        await tx.refreshes.add([_refreshed(each, len(proposed.get(each.book.id, [])), now) for each in outcomes])

    def _put_off(self, command: RefreshBooks, outcome: Outcome) -> PutOff | None:
        """When the book is looked up again at who could not be asked: each time it waits twice as long as the provider
        said, up to a day; after some times it is left to the next run.
        """
        after = {name: each.again_in_seconds for name, each in outcome.failures.items() if each.again_in_seconds}
        if not after or command.times_put_off >= MOST_TIMES_PUT_OFF:
            return None
        least = max(after.values())
        longer = min(least * 2**command.times_put_off, LONGEST_PUT_OFF_SECONDS)
        again_at = self._clock.now() + timedelta(seconds=max(least, longer))
        return PutOff(outcome.book.id, list(after), command.fill_only, command.times_put_off + 1, again_at)

    async def _plan(self, tx: Work, run_id: UUID, outcomes: Sequence[Outcome]) -> None:
        wanted = await tx.corrections.wanted([Proposal(each.book, each.changes) for each in outcomes])
        planned = {each.book.id: [_planned(each.book, change) for change in each.changes] for each in wanted}
        await tx.planned.add(run_id, planned, self._clock.now())


def _settled(outcome: Outcome) -> Settled:
    return Settled(str(outcome.book.id), succeeded=not outcome.problems, words="; ".join(outcome.words) or None)


def _told_to_all(outcome: Outcome, corrections: int) -> BookRefreshed:
    return BookRefreshed(
        book_id=outcome.book.id, confidence=outcome.confidence, corrections=corrections, problems=outcome.words
    )


def _refreshed(outcome: Outcome, corrections: int, now: datetime) -> Refreshed:
    failures = {name: each.words for name, each in outcome.failures.items()}
    return Refreshed(outcome.book.id, now, outcome.confidence, corrections, outcome.answered, failures)


def _planned(book: Book, change: Change) -> PlannedAction:
    old, new = (shorten(shown(value), LONGEST_SHOWN, placeholder=" …") for value in (change.old, change.new))
    why = "; ".join(reason.words for reason in change.reasons)
    words = f"from {old} to {new}; {change.source}, {change.confidence.value}: {why}"
    return PlannedAction(kind="change_field", what=f"{book.title}: {change.field}", words=words)


async def _told(tx: Work, run_id: UUID) -> dict[str, Any]:
    return (await tx.planned.take(run_id)).as_details()
