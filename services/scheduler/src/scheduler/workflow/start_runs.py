"""Starts the run of a schedule that is due: stores the run and its command in the caller's transaction."""

from datetime import datetime

from shared.chassis.errors import Refused
from shared.chassis.logging import logger

from scheduler.domain.cron import next_due
from scheduler.domain.misfires import CATCH_UP, LATE, decide
from scheduler.domain.task_table import task_named
from scheduler.postgres.tables import ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction


async def start_due_run(tx: SchedulerTransaction, schedule: ScheduleRow, now: datetime) -> None:
    """Start the run that a schedule is due for at `now` and set its next due time. The caller has locked the schedule.

    A schedule that cannot be parsed is logged as an error and checked again after an hour.
    """
    log, due_at = logger(service="scheduler"), schedule.next_due_at or now
    schedule.ticked_at = now
    try:
        if due_at > now:
            log.warning("clock_was_set_back", task=schedule.task, due_at=due_at.isoformat())
            schedule.next_due_at = next_due(schedule.cron, now, schedule.time_zone)
            return
        decision = decide(schedule.cron, schedule.time_zone, due_at, now)
        schedule.next_due_at = decision.next_due_at
        schedule.missed += decision.missed
        if decision.missed:
            log.warning("due_times_missed", task=schedule.task, since=due_at.isoformat(), of=decision.missed)
        if decision.due:
            async with tx.session.begin_nested():
                await _start_one(tx, schedule, decision.due, now)
    except Refused as wrong:
        log.error("schedule_invalid", task=schedule.task, because=wrong.detail)
        if schedule.next_due_at is None or schedule.next_due_at <= now:
            schedule.next_due_at = now + CATCH_UP


async def _start_one(
    tx: SchedulerTransaction, schedule: ScheduleRow, due_times: tuple[datetime, ...], now: datetime
) -> None:
    """Start one run for all due times, under the first one that had no run yet. Raises `WrongParameters`.

    Some due times already had a run if the clock was set back.
    """
    task, parameters = task_named(schedule.task), schedule.parameters
    dry_run = task.check(parameters)
    for place, due_at in enumerate(due_times):
        started = await tx.start_run(task.name, due_at=due_at, by="schedule", parameters=parameters, dry_run=dry_run)
        if started.conflict:
            schedule.overlapped += len(due_times) - place
            return
        if started.run_id:
            schedule.caught_up += int(now - due_at > LATE)
            schedule.merged += len(due_times) - place - 1
            tx.send(task.order(started.run_id, parameters))
            return
