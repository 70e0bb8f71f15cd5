"""Runs over many books, parted into messages of some books each; and what was put off, taken up again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceAway, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import ListBooks
from shared.contracts.metadata.refreshes import RefreshBooks, RefreshMetadata, RefreshMode
from shared.contracts.runs import Plan

from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions

LIBRARY_AWAY_SECONDS = 15.0
BOOKS_AT_A_TIME = 25
"""Books in one message: looked up side by side, their identifiers in one request to each provider."""
LOOKED_FOR_EVERY_SECONDS = 60.0
MOST_TAKEN_UP = 500


@dataclass(frozen=True, slots=True)
class RefreshRules:
    """How many books are taken at a time and a day, what counts as new, and whether anything is changed at all."""

    batch_size: int
    daily_max: int
    new_days: int
    dry_run: bool


class Refreshing:
    """Says which books are put through the pipeline."""

    def __init__(self, transaction: Transactions, library: Library, rules: RefreshRules, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._rules = rules
        self._clock = clock
        self._log = logger(service="metadata")

    async def refresh(self, command: RefreshMetadata) -> None:
        """A run over many books. A single one, which a person asked for, is judged anew whatever was decided."""
        books = await self._taken(command)
        dry_run = self._rules.dry_run if command.dry_run is None else command.dry_run
        async with self._transaction() as tx:
            nothing = Plan().as_details() if dry_run else {}
            opened = await tx.runs.open(command.run_id, [str(book_id) for book_id in books], details=nothing)
            if not opened or not await tx.first_time():
                return
            for some in _parted(books):
                tx.send(
                    RefreshBooks(
                        book_ids=some,
                        run_id=command.run_id,
                        fill_only=command.mode is not RefreshMode.FULL,
                        dry_run=dry_run,
                        anew=command.book_id is not None,
                    )
                )
        self._log.info("refresh_begun", mode=command.mode.value, books=len(books), dry_run=dry_run)

    async def take_up(self) -> int:
        """Send those books through again that a provider could not be asked about, once their time has come.

        While the setting says that nothing is to be changed they go on waiting.
        """
        if self._rules.dry_run:
            return 0
        async with self._transaction() as tx:
            due = sorted(
                await tx.put_off.take(self._clock.now(), MOST_TAKEN_UP), key=lambda each: (each.fill_only, each.times)
            )
            for (fill_only, times), alike in groupby(due, key=lambda each: (each.fill_only, each.times)):
                for some in _parted([each.book_id for each in alike]):
                    tx.send(RefreshBooks(book_ids=some, fill_only=fill_only, dry_run=False, times_put_off=times))
        if due:
            self._log.info("put_off_books_taken_up", books=len(due))
        return len(due)

    async def keep_taking_up(self) -> None:
        """Look for them once a minute, until cancelled."""
        while True:
            await asyncio.sleep(LOOKED_FOR_EVERY_SECONDS)
            await self.take_up()

    async def _taken(self, command: RefreshMetadata) -> list[UUID]:
        """The books that a run takes."""
        if command.book_id is not None:
            return [command.book_id]
        return await self._ids(command.mode)

    async def _ids(self, mode: RefreshMode) -> list[UUID]:
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

    async def _pages(self, asked: ListBooks, at_most: int | None = None) -> list[UUID]:
        found: dict[UUID, None] = {}
        offset, total = 0, 1
        while offset < total and (at_most is None or len(found) < at_most):
            page = await self._library.books(
                asked.model_copy(update={"limit": self._rules.batch_size, "offset": offset})
            )
            found |= dict.fromkeys(book.id for book in page.items)
            offset, total = offset + self._rules.batch_size, page.total
        return list(found)[:at_most]


def _parted(book_ids: Sequence[UUID]) -> list[list[UUID]]:
    return [list(book_ids[start : start + BOOKS_AT_A_TIME]) for start in range(0, len(book_ids), BOOKS_AT_A_TIME)]
