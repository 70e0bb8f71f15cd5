"""Answers with the timeline and the statistics of the library, and deletes old history."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.library.growth import GetGrowth, Growth
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from library_scanner.domain.transaction import Transactions

SERVICE = "library-scanner"


class MaintenanceHandlers:
    """Handles the requests that every service answers about itself. History is kept for `history_days`."""

    def __init__(self, transaction: Transactions, clock: Clock, *, history_days: int) -> None:
        self._transaction = transaction
        self._clock = clock
        self._retention = timedelta(days=history_days)

    async def timeline(self, request: TellTimeline) -> Timeline:
        """Return what happened to the requested missing books, downloads and books, oldest first."""
        async with self._transaction() as tx:
            return await tx.history.timeline(request.missing_book_ids, request.download_ids, request.book_ids)

    async def statistics(self, _request: TellStatistics) -> Statistics:
        """Return the counts and sums of the library."""
        async with self._transaction() as tx:
            return Statistics(service=SERVICE, figures=await tx.figures.all())

    async def growth(self, request: GetGrowth) -> Growth:
        """Return what the library was on the last days. Today is recorded first, so that there is always one day."""
        today = self._clock.now().date()
        async with self._transaction() as tx:
            await tx.days.record(today)
            return Growth(days=await tx.days.since(today - timedelta(days=request.days - 1)))

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete rows older than the retention period, or only count them in a dry run. It also records the day."""
        async with self._transaction() as tx:
            if not request.dry_run:
                await tx.days.record(self._clock.now().date())
            deleted = await tx.history.prune(self._clock.now(), retention=self._retention, dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted)
