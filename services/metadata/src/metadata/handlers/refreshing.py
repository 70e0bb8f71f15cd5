"""Puts books through the metadata pipeline: ask, judge, choose, and have the library write what is sure."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from textwrap import shorten
from typing import Any
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceAway, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import Book, ListBooks, WriteMetadata
from shared.contracts.library.scans import ImportConfirmed
from shared.contracts.metadata import BookRefreshed, RefreshBook, RefreshMetadata, RefreshMode
from shared.contracts.runs import PlannedAction

from metadata.domain.changes import Change, shown
from metadata.domain.choosing import choose
from metadata.domain.confidence import Judged, judge, overall
from metadata.domain.descriptions import of_book
from metadata.domain.ports import Library, Refreshed
from metadata.domain.providers import Registry
from metadata.domain.transactions import Transactions, Work
from metadata.handlers.asking_providers import Answers, AskingProviders

LIBRARY_AWAY_SECONDS = 15.0
LONGEST_SHOWN = 200
"""Characters of a value that a plan tells."""


@dataclass(frozen=True, slots=True)
class RefreshRules:
    """How many books are taken at a time and a day, what counts as new, and whether anything is changed at all."""

    batch_size: int
    daily_max: int
    new_days: int
    dry_run: bool


class Refreshing:
    """The pipeline, for many books and for one."""

    def __init__(
        self, transaction: Transactions, library: Library, registry: Registry, rules: RefreshRules, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._registry = registry
        self._asking = AskingProviders(registry.enabled)
        self._rules = rules
        self._clock = clock
        self._log = logger(service="metadata")

    async def refresh(self, command: RefreshMetadata) -> None:
        """A run over many books: each becomes a message of its own."""
        books = await self._taken(command)
        dry_run = self._rules.dry_run if command.dry_run is None else command.dry_run
        async with self._transaction() as tx:
            opened = await tx.runs.open(command.run_id, [str(book_id) for book_id in books])
            if not opened or not await tx.first_time():
                return
            for book_id in books:
                tx.send(
                    RefreshBook(
                        book_id=book_id,
                        run_id=command.run_id,
                        fill_only=command.mode is not RefreshMode.FULL,
                        dry_run=dry_run,
                    )
                )
        self._log.info("refresh_begun", mode=command.mode.value, books=len(books), dry_run=dry_run)

    async def refresh_book(self, command: RefreshBook) -> None:
        """One book. Its item of the run is settled whatever comes of it."""
        try:
            book = await self._library.book(command.book_id)
        except ServiceAway as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away
        if book is None:
            async with self._transaction() as tx:
                words = f"book {command.book_id} is no longer in the library"
                await tx.runs.settle(command.run_id, str(command.book_id), succeeded=False, words=words)
            return
        owned = of_book(book)
        answers = await self._asking.about(owned)
        judged = judge(owned, answers.entries)
        changes = choose(
            book,
            judged,
            self._registry.weight_of,
            fill_only=command.fill_only,
            all_answered=not answers.failures,
        )
        await self._remember(command, book, _Outcome(answers, judged, changes))

    async def imported(self, event: ImportConfirmed) -> None:
        """A book that was just imported is completed at once."""
        async with self._transaction() as tx:
            if await tx.first_time():
                tx.send(RefreshBook(book_id=event.book_id, fill_only=True))

    async def _remember(self, command: RefreshBook, book: Book, outcome: "_Outcome") -> None:
        dry_run = self._rules.dry_run if command.dry_run is None else command.dry_run
        problems = [f"{book.title}: {name}: {why}" for name, why in outcome.answers.failures.items()]
        async with self._transaction() as tx:
            plan: Callable[[], Awaitable[dict[str, Any]]] | None = None
            if dry_run:
                changed = await self._plan(tx, command, book, outcome)
                plan = partial(_told, tx, command.run_id) if command.run_id else None
            else:
                changed = await self._propose(tx, book, outcome, problems)
            words = "; ".join(problems) or None
            await tx.runs.settle(command.run_id, str(book.id), succeeded=not problems, words=words, details=plan)
        self._log.info("book_refreshed", book=str(book.id), changes=changed, dry_run=dry_run, problems=problems)

    async def _propose(self, tx: Work, book: Book, outcome: "_Outcome", problems: list[str]) -> int:
        now, confidence = self._clock.now(), overall(outcome.judged)
        proposed = await tx.corrections.propose(book, outcome.changes, now)
        if proposed:
            tx.send(WriteMetadata(book_id=book.id, changes=proposed))
        count = len(proposed)
        tx.announce(BookRefreshed(book_id=book.id, confidence=confidence, corrections=count, problems=problems))
        if await tx.first_time():
            answers = outcome.answers
            await tx.refreshes.add(Refreshed(book.id, now, confidence, count, answers.answered, answers.failures))
        return count

    async def _plan(self, tx: Work, command: RefreshBook, book: Book, outcome: "_Outcome") -> int:
        wanted = await tx.corrections.wanted(book, outcome.changes)
        if command.run_id is not None:
            actions = [_planned(book, each) for each in wanted]
            await tx.planned.add(command.run_id, book.id, actions, self._clock.now())
        return len(wanted)

    async def _taken(self, command: RefreshMetadata) -> list[UUID]:
        """The books that a run takes."""
        if command.book_id is not None:
            return [command.book_id]
        return [book.id for book in await self._books(command.mode)]

    async def _books(self, mode: RefreshMode) -> list[Book]:
        try:
            if mode is RefreshMode.DAILY:
                return await self._pages(ListBooks(sort="last_metadata_update_at"), self._rules.daily_max)
            if mode is RefreshMode.NEW:
                since = self._clock.now() - timedelta(days=self._rules.new_days)
                return await self._pages(ListBooks(sort="added_at", added_after=since))
            incomplete = True if mode is RefreshMode.MISSING else None
            return await self._pages(ListBooks(sort="added_at", incomplete=incomplete))
        except ServiceAway as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away

    async def _pages(self, asked: ListBooks, at_most: int | None = None) -> list[Book]:
        found: dict[object, Book] = {}
        offset, total = 0, 1
        while offset < total and (at_most is None or len(found) < at_most):
            page = await self._library.books(
                asked.model_copy(update={"limit": self._rules.batch_size, "offset": offset})
            )
            found |= {book.id: book for book in page.items}
            offset, total = offset + self._rules.batch_size, page.total
        return list(found.values())[:at_most]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one book: what was answered, how it was judged, what is to be changed."""

    answers: Answers
    judged: Sequence[Judged]
    changes: Sequence[Change]


def _planned(book: Book, change: Change) -> PlannedAction:
    old, new = (shorten(shown(value), LONGEST_SHOWN, placeholder=" …") for value in (change.old, change.new))
    why = "; ".join(reason.words for reason in change.reasons)
    words = f"from {old} to {new}; {change.source}, {change.confidence.value}: {why}"
    return PlannedAction(kind="change_field", what=f"{book.title}: {change.field}", words=words)


async def _told(tx: Work, run_id: UUID) -> dict[str, Any]:
    return {"plan": (await tx.planned.take(run_id)).model_dump(mode="json")}
