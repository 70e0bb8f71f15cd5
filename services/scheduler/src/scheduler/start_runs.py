"""What becomes of a schedule whose due time has come: a run and its command, in the caller's transaction."""

from datetime import datetime

from shared.chassis.errors import Refused
from shared.chassis.logging import logger

from scheduler.catalogue import task_named
from scheduler.cron import next_due
from scheduler.misfires import CATCH_UP, LATE, decide
from scheduler.postgres.tables import ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction


async def begin_due(tx: SchedulerTransaction, schedule: ScheduleRow, now: datetime) -> None:
    """Begin what a schedule, locked by the caller, is due for at `now`, and say when it is due next.

    A schedule that cannot be read is told of, and looked at again after an hour.
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
        if decision.came:
            async with tx.session.begin_nested():
                await _begin_one(tx, schedule, decision.came, now)
    except Refused as wrong:
        log.error("schedule_wrong", task=schedule.task, because=wrong.detail)
        if schedule.next_due_at is None or schedule.next_due_at <= now:
            schedule.next_due_at = now + CATCH_UP


async def _begin_one(
    tx: SchedulerTransaction, schedule: ScheduleRow, came: tuple[datetime, ...], now: datetime
) -> None:
    """One run for all that came, in the name of the first that has had none: some had theirs before a clock went back.

    Raises `WrongParameters`.
    """
    task, parameters = task_named(schedule.task), schedule.parameters
    dry_run = task.check(parameters)
    for place, due_at in enumerate(came):
        begun = await tx.begin_run(task.name, due_at=due_at, by="schedule", parameters=parameters, dry_run=dry_run)
        if begun.in_the_way:
            schedule.overlapped += len(came) - place
            return
        if begun.run_id:
            schedule.caught_up += int(now - due_at > LATE)
            schedule.merged += len(came) - place - 1
            tx.send(task.order(begun.run_id, parameters))
            return
