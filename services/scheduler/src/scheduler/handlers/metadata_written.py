"""Searches for gaps soon after a correction put a book into a series that was never compared."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.logging import logger
from shared.contracts.library.metadata_writes import MetadataWritten

from scheduler.postgres.transaction import SchedulerTransaction

TASKS = ("series_completion", "author_completion")
WAIT = timedelta(minutes=15)
"""One refresh makes several corrections in a row. They share one run."""


class MetadataWrittenHandler:
    """Moves the due times of the completion tasks forward, except for a task that runs only by hand."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock
        self._log = logger(service="scheduler")

    async def metadata_written(self, event: MetadataWritten) -> None:
        """Make the completion tasks due within `WAIT` if the event names series to compare."""
        if not event.series_to_compare:
            return
        due_at = self._clock.now() + WAIT
        async with self._transaction() as tx:
            moved = await tx.bring_forward(TASKS, due_at)
        for task in moved:
            self._log.info("due_time_moved_forward", task=task, due_at=due_at.isoformat())
