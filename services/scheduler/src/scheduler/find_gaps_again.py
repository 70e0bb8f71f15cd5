"""Gaps are looked for again soon after a correction has put a book into a series that was never compared."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.logging import logger
from shared.contracts.library.metadata_writes import MetadataWritten

from scheduler.postgres.transaction import SchedulerTransaction

TASKS = ("series_completion", "author_completion")
WAIT = timedelta(minutes=15)
"""Corrections of one enrichment come in a row: one run for all of them."""


class FindGapsAgain:
    """Brings the due time of the completion tasks forward. A task that runs only by hand stays as it is."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock
        self._log = logger(service="scheduler")

    async def metadata_written(self, event: MetadataWritten) -> None:
        if not event.series_to_compare:
            return
        due_at = self._clock.now() + WAIT
        async with self._transaction() as tx:
            brought_forward = await tx.bring_forward(TASKS, due_at)
        for task in brought_forward:
            self._log.info("due_time_brought_forward", task=task, due_at=due_at.isoformat())
