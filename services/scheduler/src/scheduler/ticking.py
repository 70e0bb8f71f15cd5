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
from scheduler.postgres.tables import ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.refusals import WrongCron

TICK_SECONDS = 1.0
CATCH_UP = timedelta(hours=1)
"""A missed time is caught up, once, when it is no older than this."""
SILENCE = timedelta(minutes=30)
"""A run that began and says nothing for so long has died."""


class Ticking:
    """Turns due times into runs: a row and a command, in one transaction, so that a kill loses neither."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock, crons: dict[str, str]) -> None:
        self._transaction = transaction
        self._clock = clock
        self._crons = crons
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
        now = self._clock.now()
        rows = [{"task": t, "cron": c, "next_due_at": next_due(c, now)} for t, c in self._crons.items()]
        async with self._transaction() as tx:
            await tx.add_schedules(rows)

    async def tick(self) -> None:
        """Begin a run of every task that is due."""
        async with self._transaction() as tx:
            for schedule in await tx.due(self._clock.now()):
                task, due = schedule.task, schedule.next_due_at
                try:
                    schedule.next_due_at = self._next_due(schedule)
                    async with tx.session.begin_nested():
                        await self._begin(tx, schedule, due)
                except Refused as wrong:
                    self._log.error("schedule_wrong", task=task, because=wrong.detail)
            for task in await tx.fail_silent_runs(self._clock.now(), SILENCE):
                self._log.warning("run_silent", task=task)

    def _next_due(self, schedule: ScheduleRow) -> datetime:
        try:
            return next_due(schedule.cron, self._clock.now())
        except WrongCron as wrong:
            self._log.error("schedule_wrong", task=schedule.task, because=wrong.detail)
            return self._clock.now() + CATCH_UP

    async def _begin(self, tx: SchedulerTransaction, schedule: ScheduleRow, due: datetime) -> None:
        if self._clock.now() - due > CATCH_UP:
            self._log.warning("due_time_missed", task=schedule.task, due_at=due.isoformat())
            return
        run_id = await tx.begin_run(schedule.task, due_at=due, by="schedule")
        if run_id is None:
            self._log.debug("run_under_way", task=schedule.task)
            return
        tx.send(task_named(schedule.task).order(run_id, schedule.parameters))
