"""Starts refresh runs, split into messages of 25 books, and resends deferred books."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import ListBooks
from shared.contracts.metadata.refreshes import RefreshBooks, RefreshMetadata, RefreshMode, RefreshScope
from shared.contracts.runs import Plan

from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions

LIBRARY_AWAY_SECONDS = 15.0
BOOKS_AT_A_TIME = 25
"""Books in one message. They are looked up concurrently, with one request for their identifiers to each provider."""
CHECK_EVERY_SECONDS = 60.0
MAX_DEFERRED = 500


@dataclass(frozen=True, slots=True)
class RefreshRules:
    """Page size, books per daily run, the age in days up to which a book is new, and whether nothing is changed."""

    batch_size: int
    daily_max: int
    new_days: int
    dry_run: bool


class RefreshMetadataHandler:
    """Selects the books of a run and sends `RefreshBooks` for them."""

    def __init__(self, transaction: Transactions, library: Library, rules: RefreshRules, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._rules = rules
        self._clock = clock
        self._log = logger(service="metadata")

    async def refresh(self, command: RefreshMetadata) -> None:
        """Open the run and send its messages. Books that a person chose are judged again despite a stored decision.

        Raises `TryAgainLater` while the library is unavailable.
        """
        books = await self._select(command)
        dry_run = self._rules.dry_run if command.dry_run is None else command.dry_run
        async with self._transaction() as tx:
            nothing = Plan().as_details() if dry_run else {}
            opened = await tx.runs.open(command.run_id, [str(book_id) for book_id in books], details=nothing)
            if not opened or not await tx.first_time():
                return
            for some in _split(books):
                tx.send(
                    RefreshBooks(
                        book_ids=some,
                        run_id=command.run_id,
                        fill_only=command.mode is not RefreshMode.FULL,
                        dry_run=dry_run,
                        anew=command.is_limited or command.books is not None,
                    )
                )
        self._log.info("refresh_started", mode=command.mode.value, books=len(books), dry_run=dry_run)

    async def send_deferred(self) -> int:
        """Send `RefreshBooks` for deferred books that are due, and return their number.

        While `METADATA_DRY_RUN` is true, they stay deferred.
        """
        if self._rules.dry_run:
            return 0
        async with self._transaction() as tx:
            due = sorted(
                await tx.deferred.take_due(self._clock.now(), MAX_DEFERRED),
                key=lambda each: (each.fill_only, each.times),
            )
            for (fill_only, times), group in groupby(due, key=lambda each: (each.fill_only, each.times)):
                for some in _split([each.book_id for each in group]):
                    tx.send(RefreshBooks(book_ids=some, fill_only=fill_only, dry_run=False, times_put_off=times))
        if due:
            self._log.info("deferred_books_sent", books=len(due))
        return len(due)

    async def keep_sending_deferred(self) -> None:
        """Send due deferred books once a minute, until cancelled."""
        while True:
            await asyncio.sleep(CHECK_EVERY_SECONDS)
            await self.send_deferred()

    async def _select(self, command: RefreshMetadata) -> list[UUID]:
        """The books of the run."""
        if command.book_id is not None:
            return [command.book_id]
        if isinstance(command.books, list):
            return command.books
        scope = {name: getattr(command, name) for name in RefreshScope.model_fields if name != "book_id"}
        try:
            if command.books is not None:
                return await self._pages(ListBooks(sort="added_at", **command.books.model_dump()))
            if command.mode is RefreshMode.DAILY:
                return await self._pages(ListBooks(sort="last_metadata_update_at", **scope), self._rules.daily_max)
            if command.mode is RefreshMode.NEW:
                new = self._clock.now() - timedelta(days=self._rules.new_days)
                scope["added_after"] = max(new, command.added_after or new)
            incomplete = True if command.mode is RefreshMode.MISSING else None
            return await self._pages(ListBooks(sort="added_at", incomplete=incomplete, **scope))
        except ServiceUnavailable as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away

    async def _pages(self, request: ListBooks, at_most: int | None = None) -> list[UUID]:
        found: dict[UUID, None] = {}
        offset, total = 0, 1
        while offset < total and (at_most is None or len(found) < at_most):
            page = await self._library.books(
                request.model_copy(update={"limit": self._rules.batch_size, "offset": offset})
            )
            found |= dict.fromkeys(book.id for book in page.items)
            offset, total = offset + self._rules.batch_size, page.total
        return list(found)[:at_most]


def _split(book_ids: Sequence[UUID]) -> list[list[UUID]]:
    return [list(book_ids[start : start + BOOKS_AT_A_TIME]) for start in range(0, len(book_ids), BOOKS_AT_A_TIME)]
