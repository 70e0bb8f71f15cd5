"""The clock: each due time of each task gives one run, however many replicas tick."""

import asyncio
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.contracts.runs import RunCancelled
from sqlalchemy.exc import SQLAlchemyError

from scheduler.catalogue import task_named
from scheduler.cron import next_due
from scheduler.misfires import CATCH_UP, LATE
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.start_runs import begin_due

SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 5.0
"""Between two ticks while nothing is due: so late a task may be that a person has just changed to be due at once."""
SILENCE = timedelta(minutes=30)
"""A run that began and says nothing for so long has died; one that has not even begun may have lost its command."""
UNHEARD = timedelta(hours=6)
"""A run that has not begun so long after its command was sent again has failed, so that its task goes on."""
WATCH = timedelta(minutes=5)
"""Signs of life come every minute: after so long of listening, what still lives has been heard."""


class Ticking:
    """Turns due times into runs: a row and a command, in one transaction, so that a kill loses neither."""

    def __init__(
        self,
        transaction: Transactions[SchedulerTransaction],
        clock: Clock,
        crons: dict[str, str],
        *,
        zone: str = "UTC",
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._crons = crons
        self._zone = zone
        self._log = logger(service="scheduler")
        self._ticked_at: datetime | None = None
        self._watching_since = clock.now()

    async def run(self) -> None:
        """Tick until cancelled, over lost connections."""
        known = False
        while True:
            pause_seconds = SHORTEST_PAUSE_SECONDS
            try:
                if not known:
                    await self.enter_tasks()
                    known = True
                pause_seconds = await self.tick()
            except (SQLAlchemyError, OSError) as error:
                self._log.warning("tick_missed", because=f"{type(error).__name__}: {error}".splitlines()[0])
            await asyncio.sleep(pause_seconds)

    async def enter_tasks(self) -> None:
        """Give every task of the catalogue its row."""
        now, zone = self._clock.now(), self._zone
        rows = [
            {"task": task, "cron": line, "time_zone": zone, "next_due_at": next_due(line, now, zone) if line else None}
            for task, line in self._crons.items()
        ]
        async with self._transaction() as tx:
            await tx.add_schedules(rows)

    async def tick(self) -> float:
        """Begin a run of every task that is due, and fail those that died; how many seconds to pause then."""
        now = self._clock.now()
        async with self._transaction() as tx:
            for schedule in await tx.due(now, CATCH_UP):
                await begin_due(tx, schedule, now)
            if self._watched(now):
                await self._fail_dead_runs(tx, now)
                await self._send_again(tx, now)
            soonest = await tx.soonest_due()
        seconds = LONGEST_PAUSE_SECONDS if soonest is None else (soonest - now).total_seconds()
        return min(LONGEST_PAUSE_SECONDS, max(SHORTEST_PAUSE_SECONDS, seconds))

    async def _fail_dead_runs(self, tx: SchedulerTransaction, now: datetime) -> None:
        for run in [*await tx.fail_silent_runs(now, SILENCE), *await tx.fail_unheard_runs(now, UNHEARD)]:
            self._log.warning("run_silent", task=run.task, run_id=str(run.id))
            # Its command may still come again: not beside the run that takes its place.
            tx.announce(RunCancelled(run_id=run.id, task=run.task))

    async def _send_again(self, tx: SchedulerTransaction, now: datetime) -> None:
        """A command may be lost with the streams: one that only waits is carried out once by its run's id."""
        for run in await tx.to_send_again(now, SILENCE):
            self._log.warning("command_sent_again", task=run.task, run_id=str(run.id))
            try:
                tx.send(task_named(run.task).order(run.id, run.parameters, dry_run=run.dry_run))
            except Refused as wrong:
                self._log.error("command_wrong", task=run.task, run_id=str(run.id), because=wrong.detail)

    def _watched(self, now: datetime) -> bool:
        """Whether the clock went on evenly for a while: what fell silent while nobody listened may yet speak."""
        if self._ticked_at is None or not timedelta() <= now - self._ticked_at <= LATE:
            self._watching_since = now
        self._ticked_at = now
        return now - self._watching_since >= WATCH
