"""What the service tells of its history and its figures, and what it forgets."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceAway
from shared.contracts.library.books import BookStatus
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from metadata.domain.history import of_corrections, of_refreshes
from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions

SERVICE = "metadata"
MOST_TOLD = 1_000
BOOKS_AT_A_TIME = 500


class Figures(Protocol):
    """Where the service's figures come from."""

    async def counted(self, now: datetime) -> dict[str, float | int | str | dict[str, int]]: ...


class Forgetting(Protocol):
    """What is kept for a while."""

    async def books_of_old_corrections(self, now: datetime) -> list[UUID]: ...

    async def clean_up(self, now: datetime, gone: list[UUID], *, dry_run: bool) -> dict[str, int]: ...


class Accounting:
    """Answers about the past of this service."""

    def __init__(
        self, transaction: Transactions, library: Library, figures: Figures, retention: Forgetting, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._figures = figures
        self._retention = retention
        self._clock = clock

    async def tell_timeline(self, request: TellTimeline) -> Timeline:
        """Where each field of these books came from: every correction and every refresh, oldest first."""
        if not request.book_ids:
            return Timeline()
        async with self._transaction() as tx:
            corrections = await tx.corrections.of_books(request.book_ids, MOST_TOLD)
            refreshes = await tx.refreshes.of_books(request.book_ids, MOST_TOLD)
        entries = [*of_corrections(corrections), *of_refreshes(refreshes)]
        return Timeline(entries=sorted(entries, key=lambda each: each.at))

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        return Statistics(service=SERVICE, figures=await self._figures.counted(self._clock.now()))

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """A correction that can still be undone stays as long as its book; while the library is away, all of them."""
        now = self._clock.now()
        gone = await self._gone(await self._retention.books_of_old_corrections(now))
        deleted = await self._retention.clean_up(now, gone, dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted)

    async def _gone(self, book_ids: list[UUID]) -> list[UUID]:
        gone: list[UUID] = []
        for start in range(0, len(book_ids), BOOKS_AT_A_TIME):
            some = book_ids[start : start + BOOKS_AT_A_TIME]
            try:
                books = await self._library.books_by_id(some)
            except ServiceAway:
                return []
            there = {each.id for each in books if each.status is not BookStatus.ARCHIVED}
            gone += [each for each in some if each not in there]
        return gone
