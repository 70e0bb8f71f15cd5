"""Starts one run for each due time of each task, however many replicas tick."""

import asyncio
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.chassis.traces import span
from shared.contracts.runs import RunCancelled
from sqlalchemy.exc import SQLAlchemyError

from scheduler.domain.cron import next_due
from scheduler.domain.misfires import CATCH_UP, LATE
from scheduler.domain.task_table import task_named
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.workflow.start_runs import start_due_run

SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 5.0
"""The longest pause between two ticks. A task that a person makes due at once starts no later than this."""
HEARTBEAT_TIMEOUT = timedelta(minutes=30)
"""A running run without a heartbeat for this long has failed. A run that has not started by then is sent again."""
START_TIMEOUT = timedelta(hours=6)
"""A run that has not started this long after its command was resent has failed, so that its task can run again."""
LISTEN_FIRST = timedelta(minutes=5)
"""Heartbeats come every minute. No run is failed before the scheduler has listened for this long."""


class Ticker:
    """Turns due times into runs. The row and the command share one transaction, so that a kill loses neither."""

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
        self._listening_since = clock.now()

    async def run(self) -> None:
        """Tick until cancelled. Survives lost connections to Postgres."""
        schedules_added = False
        while True:
            pause_seconds = SHORTEST_PAUSE_SECONDS
            try:
                if not schedules_added:
                    await self.add_missing_schedules()
                    schedules_added = True
                pause_seconds = await self.tick()
            except (SQLAlchemyError, OSError) as error:
                self._log.warning("tick_failed", because=f"{type(error).__name__}: {error}".splitlines()[0])
            await asyncio.sleep(pause_seconds)

    async def add_missing_schedules(self) -> None:
        """Add a schedule for every task of the table that has none."""
        now, zone = self._clock.now(), self._zone
        rows = [
            {"task": task, "cron": line, "time_zone": zone, "next_due_at": next_due(line, now, zone) if line else None}
            for task, line in self._crons.items()
        ]
        async with self._transaction() as tx:
            await tx.add_schedules(rows)

    async def tick(self) -> float:
        """Start a run of every due task and fail dead runs. Returns the seconds to pause until the next tick."""
        now = self._clock.now()
        async with self._transaction() as tx:
            for schedule in await tx.due(now, CATCH_UP):
                with span(f"tick {schedule.task}", begins_trace=True):
                    await start_due_run(tx, schedule, now)
            if self._has_listened(now):
                await self._fail_dead_runs(tx, now)
                await self._resend_commands(tx, now)
            soonest = await tx.soonest_due()
        seconds = LONGEST_PAUSE_SECONDS if soonest is None else (soonest - now).total_seconds()
        return min(LONGEST_PAUSE_SECONDS, max(SHORTEST_PAUSE_SECONDS, seconds))

    async def _fail_dead_runs(self, tx: SchedulerTransaction, now: datetime) -> None:
        silent = await tx.fail_silent_runs(now, HEARTBEAT_TIMEOUT)
        unstarted = await tx.fail_unstarted_runs(now, START_TIMEOUT)
        for run in [*silent, *unstarted]:
            self._log.warning("run_timed_out", task=run.task, run_id=str(run.id))
            # Its command may still be redelivered. It must not run in parallel with the next run.
            tx.announce(RunCancelled(run_id=run.id, task=run.task))

    async def _resend_commands(self, tx: SchedulerTransaction, now: datetime) -> None:
        """Resend commands that may be lost with the streams. The id of the run keeps a command from running twice."""
        for run in await tx.mark_to_resend(now, HEARTBEAT_TIMEOUT):
            self._log.warning("command_resent", task=run.task, run_id=str(run.id))
            try:
                with span(f"resend {run.task}", begins_trace=True):
                    tx.send(task_named(run.task).order(run.id, run.parameters, dry_run=run.dry_run))
            except Refused as wrong:
                self._log.error("command_invalid", task=run.task, run_id=str(run.id), because=wrong.detail)

    def _has_listened(self, now: datetime) -> bool:
        """Whether ticks were regular for `LISTEN_FIRST`. After a pause, heartbeats may have been missed."""
        if self._ticked_at is None or not timedelta() <= now - self._ticked_at <= LATE:
            self._listening_since = now
        self._ticked_at = now
        return now - self._listening_since >= LISTEN_FIRST
