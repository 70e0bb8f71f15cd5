"""Tells the history and the figures of the library, and forgets what is over its time."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from library_scanner.domain.ports import Transactions

SERVICE = "library-scanner"


class Telling:
    """Answers what every service answers of itself. History is kept for `history_days`."""

    def __init__(self, transaction: Transactions, clock: Clock, *, history_days: int) -> None:
        self._transaction = transaction
        self._clock = clock
        self._kept = timedelta(days=history_days)

    async def timeline(self, asked: TellTimeline) -> Timeline:
        async with self._transaction() as tx:
            return await tx.history.timeline(asked.missing_book_ids, asked.download_ids, asked.book_ids)

    async def statistics(self, _asked: TellStatistics) -> Statistics:
        async with self._transaction() as tx:
            return Statistics(service=SERVICE, figures=await tx.figures.all())

    async def clean_up(self, asked: CleanUp) -> CleanedUp:
        async with self._transaction() as tx:
            gone = await tx.history.forget(self._clock.now(), kept=self._kept, dry_run=asked.dry_run)
        return CleanedUp(service=SERVICE, deleted=gone)
