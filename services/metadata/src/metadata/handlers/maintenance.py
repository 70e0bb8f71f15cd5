"""The service's timeline, statistics and cleanup."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.library.books import BookStatus
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from metadata.domain.history import of_corrections, of_matches, of_refreshes
from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions

SERVICE = "metadata"
MAX_ENTRIES = 1_000
BOOKS_AT_A_TIME = 500


class Figures(Protocol):
    """Counts the service's rows."""

    async def counted(self, now: datetime) -> dict[str, float | int | str | dict[str, int]]:
        """The statistics at this time, by name."""
        ...


class RetentionStore(Protocol):
    """Deletes old rows."""

    async def books_of_old_corrections(self, now: datetime) -> list[UUID]:
        """The books with an old correction that can still be undone."""
        ...

    async def clean_up(self, now: datetime, removed: list[UUID], *, dry_run: bool) -> dict[str, int]:
        """Delete old rows, or only count them. Return their number by table."""
        ...


class MaintenanceHandlers:
    """Answers `TellTimeline`, `TellStatistics` and `CleanUp`."""

    def __init__(
        self, transaction: Transactions, library: Library, figures: Figures, retention: RetentionStore, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._figures = figures
        self._retention = retention
        self._clock = clock

    async def tell_timeline(self, request: TellTimeline) -> Timeline:
        """Every correction, refresh and match decision of these books, oldest first; at most 1000 of each."""
        if not request.book_ids:
            return Timeline()
        async with self._transaction() as tx:
            corrections = await tx.corrections.of_books(request.book_ids, MAX_ENTRIES)
            refreshes = await tx.refreshes.of_books(request.book_ids, MAX_ENTRIES)
            matches = await tx.matches.of_books(request.book_ids)
        entries = [*of_corrections(corrections), *of_refreshes(refreshes), *of_matches(matches)]
        return Timeline(entries=sorted(entries, key=lambda each: each.at))

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        """The statistics of this service."""
        return Statistics(service=SERVICE, figures=await self._figures.counted(self._clock.now()))

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete old rows. A correction that can be undone is kept as long as its book is in the library.

        While the library is unavailable, all of these are kept.
        """
        now = self._clock.now()
        removed = await self._removed(await self._retention.books_of_old_corrections(now))
        deleted = await self._retention.clean_up(now, removed, dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted)

    async def _removed(self, book_ids: list[UUID]) -> list[UUID]:
        removed: list[UUID] = []
        for start in range(0, len(book_ids), BOOKS_AT_A_TIME):
            some = book_ids[start : start + BOOKS_AT_A_TIME]
            try:
                books = await self._library.books_by_id(some)
            except ServiceUnavailable:
                return []
            there = {each.id for each in books if each.status is not BookStatus.ARCHIVED}
            removed += [each for each in some if each not in there]
        return removed
