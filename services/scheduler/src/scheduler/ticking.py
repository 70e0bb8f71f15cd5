"""The clock: each due time of each task gives one run, however many replicas tick."""

import asyncio
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from sqlalchemy.exc import SQLAlchemyError

from scheduler.catalogue import task_named
from scheduler.cron import next_due
from scheduler.deciding import CATCH_UP, Decision, decide
from scheduler.postgres.tables import ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction

TICK_SECONDS = 1.0
SILENCE = timedelta(minutes=30)
"""A run that began and says nothing for so long has died."""


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

    async def run(self) -> None:
        """Tick until cancelled, over lost connections."""
        known = False
        while True:
            try:
                if not known:
                    await self.enter_tasks()
                    known = True
                await self.tick()
            except (SQLAlchemyError, OSError) as error:
                self._log.warning("tick_missed", because=f"{type(error).__name__}: {error}".splitlines()[0])
            await asyncio.sleep(TICK_SECONDS)

    async def enter_tasks(self) -> None:
        """Give every task of the catalogue its row."""
        now, zone = self._clock.now(), self._zone
        rows = [
            {"task": task, "cron": line, "time_zone": zone, "next_due_at": next_due(line, now, zone) if line else None}
            for task, line in self._crons.items()
        ]
        async with self._transaction() as tx:
            await tx.add_schedules(rows)

    async def tick(self) -> None:
        """Begin a run of every task that is due."""
        now = self._clock.now()
        async with self._transaction() as tx:
            for schedule in await tx.due(now, CATCH_UP):
                await self._look_at(tx, schedule, now)
            for task in await tx.fail_silent_runs(now, SILENCE):
                self._log.warning("run_silent", task=task)

    async def _look_at(self, tx: SchedulerTransaction, schedule: ScheduleRow, now: datetime) -> None:
        due_at, schedule.ticked_at = schedule.next_due_at or now, now
        try:
            if due_at > now:
                self._log.warning("clock_was_set_back", task=schedule.task, due_at=due_at.isoformat())
                schedule.next_due_at = next_due(schedule.cron, now, schedule.time_zone)
                return
            decision = decide(schedule.cron, schedule.time_zone, due_at, now)
            schedule.next_due_at = decision.next_due_at
            schedule.missed += decision.missed
            if decision.missed:
                self._log.warning("due_times_missed", task=schedule.task, since=due_at.isoformat(), of=decision.missed)
            if decision.run_due_at:
                async with tx.session.begin_nested():
                    await self._begin(tx, schedule, decision, now)
        except Refused as wrong:
            self._log.error("schedule_wrong", task=schedule.task, because=wrong.detail)
            if schedule.next_due_at is None or schedule.next_due_at <= now:
                schedule.next_due_at = now + CATCH_UP

    async def _begin(self, tx: SchedulerTransaction, schedule: ScheduleRow, decision: Decision, now: datetime) -> None:
        task, parameters = task_named(schedule.task), schedule.parameters
        due_at = decision.run_due_at or now
        task.check(parameters)
        run_id = await tx.begin_run(task.name, due_at=due_at, by="schedule", parameters=parameters)
        if run_id is None:
            if await tx.run_under_way(task.name):
                schedule.overlapped += 1 + decision.merged
            return
        schedule.caught_up += int(decision.caught_up(now))
        schedule.merged += decision.merged
        tx.send(task.order(run_id, parameters))
