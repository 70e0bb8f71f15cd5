"""Stores, announces and settles the outcomes of refreshed books in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from shared.chassis.backoff import Backoff
from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.proposals import ProposalKind, ProposedChange
from shared.contracts.metadata.refreshes import BookRefreshed, KnownEdition, RefreshBooks
from shared.contracts.runs import ItemResult, PlannedAction
from shared.contracts.values import Confidence
from shared.translatable import about, all_of, translatable

from metadata.domain.change_words import shown_value, why_of
from metadata.domain.changes import BookChanges, Change
from metadata.domain.failures import Failure
from metadata.domain.ports import Decision, DeferredBook, Refreshed
from metadata.domain.proposals import change_of
from metadata.domain.transactions import Transactions, Work
from metadata.workflow.proposals import open_proposals, wanted

MAX_DEFERRALS = 10
MAX_DEFERRAL_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of refreshing one book. `failures` are the providers that failed, by name.

    `editions` is None if the book was not looked up.
    """

    book: Book
    confidence: Confidence
    changes: Sequence[Change]
    answered: Sequence[str]
    failures: Mapping[str, Failure]
    decision: Decision | None
    proposals: Sequence[ProposedChange] | None = None
    """The plausible changes; None if they were not judged, so that those proposed before stay open."""
    editions: Sequence[KnownEdition] | None = None

    @property
    def notes(self) -> list[str]:
        """Every failure of a provider, as text."""
        return [about(self.book.title, about(name, failure.words)) for name, failure in self.failures.items()]

    @property
    def problems(self) -> list[str]:
        """The failures without throttled providers: the book is looked up there later."""
        failed = [name for name, failure in self.failures.items() if not failure.throttled]
        return [about(self.book.title, about(name, self.failures[name].words)) for name in failed]


class RefreshOutcomes:
    """Stores outcomes, many books in one transaction."""

    def __init__(self, transaction: Transactions, clock: Clock, *, dry_run: bool) -> None:
        self._transaction = transaction
        self._clock = clock
        self._dry_run = dry_run
        self._log = logger(service="metadata")

    async def store(self, command: RefreshBooks, outcomes: Sequence[Outcome]) -> bool:
        """Store the outcomes. Return False if the run was cancelled or another delivery settled all books already."""
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
                problems=each.notes,
            )
        return bool(outcomes)

    async def settle_missing(self, command: RefreshBooks, book_ids: Sequence[str]) -> None:
        """Settle books that are no longer in the library as failed."""
        async with self._transaction() as tx:
            settled = [ItemResult(each, succeeded=False, words=_gone(each)) for each in book_ids]
            await self._settle(tx, command, settled)
            if not self._is_dry(command):
                await tx.deferred.remove([UUID(each) for each in book_ids])

    def _is_dry(self, command: RefreshBooks) -> bool:
        return self._dry_run if command.dry_run is None else command.dry_run

    async def _settle(self, tx: Work, command: RefreshBooks, settled: Sequence[ItemResult]) -> set[str]:
        """Settle the items. The last item of a dry run adds its plan."""
        plan = partial(_plan_details, tx, command.run_id) if command.run_id and self._is_dry(command) else None
        return await tx.runs.settle_all(command.run_id, settled, details=plan)

    async def _store(self, tx: Work, command: RefreshBooks, outcomes: Sequence[Outcome]) -> None:
        now = self._clock.now()
        changed = [BookChanges(each.book, each.changes) for each in outcomes]
        proposed = await tx.corrections.propose(changed, now, run_id=command.run_id)
        await self._propose(tx, outcomes, command.run_id, now)
        for each in outcomes:
            changes = proposed.get(each.book.id, [])
            if changes:
                tx.send(WriteMetadata(book_id=each.book.id, changes=changes))
            tx.announce(_event(each, len(changes)))
        await tx.decisions.store([each.decision for each in outcomes if each.decision])
        deferred = [book for each in outcomes if (book := self._deferred(command, each))]
        waiting = {each.book_id for each in deferred}
        await tx.deferred.store(deferred)
        await tx.deferred.remove([each.book.id for each in outcomes if each.book.id not in waiting])
        await tx.refreshes.add([_refreshed(each, len(proposed.get(each.book.id, [])), now) for each in outcomes])

    async def _propose(self, tx: Work, outcomes: Sequence[Outcome], run_id: UUID | None, now: datetime) -> None:
        """Open the proposals of the judged books. Others that providers led to before are outdated."""
        books = {each.book.id: each.book for each in outcomes if each.proposals is not None}
        if not books:
            return
        opened = await open_proposals(tx, _proposals_of(outcomes), books, now, run_id)
        still_open = [each.id for each in opened]
        await tx.proposals.outdate_others(list(books), [ProposalKind.PROVIDER_VALUE], still_open, now)

    def _deferred(self, command: RefreshBooks, outcome: Outcome) -> DeferredBook | None:
        """The book, to be looked up again at the providers that failed; None if no retry is due.

        The delay doubles with each deferral, up to a day. After ten deferrals the next run takes the book.
        """
        after = {name: each.again_in_seconds for name, each in outcome.failures.items() if each.again_in_seconds}
        if not after or command.times_put_off >= MAX_DEFERRALS:
            return None
        backoff = Backoff.doubling(max(after.values()), MAX_DEFERRAL_SECONDS)
        again_at = self._clock.now() + timedelta(seconds=backoff.after(command.times_put_off + 1))
        return DeferredBook(outcome.book.id, list(after), command.fill_only, command.times_put_off + 1, again_at)

    async def _plan(self, tx: Work, run_id: UUID, outcomes: Sequence[Outcome]) -> None:
        changed = await tx.corrections.wanted([BookChanges(each.book, each.changes) for each in outcomes])
        planned = {
            each.book.id: [_planned(each.book, change, "change_field") for change in each.changes] for each in changed
        }
        books = {each.book.id: each.book for each in outcomes}
        for each in await tx.proposals.new_among(await wanted(tx, _proposals_of(outcomes), books)):
            action = _planned(books[each.book_id], change_of(each), "propose_change")
            planned.setdefault(each.book_id, []).append(action)
        await tx.planned.add(run_id, planned, self._clock.now())


def _settled(outcome: Outcome) -> ItemResult:
    return ItemResult(str(outcome.book.id), succeeded=not outcome.problems, words=all_of(outcome.notes) or None)


def _gone(book_id: str) -> str:
    return translatable("run.book_gone", f"book {book_id} is no longer in the library", book=book_id)


def _event(outcome: Outcome, corrections: int) -> BookRefreshed:
    return BookRefreshed(
        book_id=outcome.book.id,
        confidence=outcome.confidence,
        corrections=corrections,
        problems=outcome.notes,
        editions=None if outcome.editions is None else list(outcome.editions),
    )


def _refreshed(outcome: Outcome, corrections: int, now: datetime) -> Refreshed:
    failures = {name: each.words for name, each in outcome.failures.items()}
    return Refreshed(outcome.book.id, now, outcome.confidence, corrections, outcome.answered, failures)


def _proposals_of(outcomes: Sequence[Outcome]) -> list[ProposedChange]:
    return [proposed for each in outcomes for proposed in each.proposals or ()]


def _planned(book: Book, change: Change, kind: str) -> PlannedAction:
    old, new = shown_value(change.old), shown_value(change.new)
    why = why_of(change.reasons)
    words = translatable(
        "change.planned",
        f"from {old} to {new}; {change.source}, {change.confidence.value}: {why}",
        old=old,
        new=new,
        source=change.source,
        confidence=change.confidence.value,
        why=why,
    )
    what = translatable("change.of_field", f"{book.title}: {change.field}", title=book.title, field=change.field)
    return PlannedAction.of(kind, what, words, book_id=book.id)


async def _plan_details(tx: Work, run_id: UUID) -> dict[str, Any]:
    return (await tx.planned.take(run_id)).as_details()
