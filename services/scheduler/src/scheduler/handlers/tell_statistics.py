"""The statistics of the scheduler."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.contracts.system import Statistics, TellStatistics

from scheduler.postgres.transaction import SchedulerTransaction


class TellStatisticsHandler:
    """Counts runs and misfires."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        """Return the number of runs by status, in total and in the last 24 hours, and the misfires of all tasks."""
        async with self._transaction() as tx:
            runs = await tx.count_runs_by_status(None)
            recent = await tx.count_runs_by_status(self._clock.now() - timedelta(days=1))
            misfires = await tx.sum_misfires()
        return Statistics(
            service="scheduler", figures={"runs": runs, "runs_last_24_hours": recent, "misfires": misfires}
        )
