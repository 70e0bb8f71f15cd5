"""Shows, runs and changes tasks."""

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.contracts.scheduler import (
    ChangeTask,
    EnableTask,
    GetTask,
    ListTasks,
    PreviewSchedule,
    Run,
    RunTask,
    SchedulePreview,
    Task,
    TaskChange,
)
from shared.translatable import translatable

from scheduler.domain.cron import next_due, next_times, zone_named
from scheduler.domain.refusals import RunInProgress, UnknownTask
from scheduler.domain.task_table import TASKS, task_named
from scheduler.handlers.status import times_of
from scheduler.postgres.tables import RunRow, ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction, run_model
from scheduler.workflow.start_runs import start_due_run


class TaskHandlers:
    """Handles the requests for tasks."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def list_tasks(self, _request: ListTasks) -> list[Task]:
        """Return all tasks that have a schedule, in the order of the table."""
        async with self._transaction() as tx:
            schedules = {row.task: row for row in await tx.schedules()}
            last = await tx.last_runs()
        return [_task(schedules[t.name], last.get(t.name)) for t in TASKS if t.name in schedules]

    async def get_task(self, request: GetTask) -> Task:
        """Return one task. Raises `UnknownTask`."""
        async with self._transaction() as tx:
            schedule = await _schedule(tx, request.name)
            return _task(schedule, await tx.last_run(request.name))

    async def run_task(self, request: RunTask) -> Run:
        """Start a run now. Raises `UnknownTask`, `RunInProgress`, `WrongParameters` or `NoDryRun`.

        `RunInProgress` names the conflicting run.
        """
        task = task_named(request.name)
        async with self._transaction() as tx:
            schedule = await tx.schedule(task.name)
            parameters = {**(schedule.parameters if schedule else {}), **request.parameters}
            dry_run = task.check(parameters, dry_run=request.dry_run)
            started = await tx.start_run(
                task.name, due_at=self._clock.now(), by="person", parameters=parameters, dry_run=dry_run
            )
            if started.conflict:
                raise RunInProgress(
                    translatable(
                        "refused.task_runs", f"{task.name}: run {started.conflict.id} is in progress", task=task.name
                    )
                )
            row = await tx.run(started.run_id) if started.run_id else None
            if row is None:
                raise UnknownTask(f"the run of {task.name} was deleted while it was created")
            tx.send(task.order(row.id, parameters, dry_run=dry_run))
            return run_model(row)

    async def enable_task(self, request: EnableTask) -> Task:
        """Enable or disable the schedule of a task. Raises `UnknownTask`."""
        change = TaskChange(enabled=request.enabled)
        return await self.change_task(ChangeTask(name=request.name, change=change))

    async def change_task(self, request: ChangeTask) -> Task:
        """Change the given fields, or nothing on an error.

        Raises `UnknownTask`, `WrongCron`, `WrongTimeZone` or `WrongParameters`.
        """
        task, change = task_named(request.name), request.change
        if change.parameters is not None:
            task.check(change.parameters)
        now = self._clock.now()
        async with self._transaction() as tx:
            schedule = await _schedule(tx, task.name, to_change=True)
            was = (schedule.cron, schedule.time_zone, schedule.enabled)
            if schedule.enabled and change.enabled is not False and schedule.is_due(now):
                await start_due_run(tx, schedule, now)  # A due time before the change runs as it was before.
            schedule.cron = schedule.cron if change.cron is None else change.cron.strip()
            schedule.time_zone = change.time_zone or schedule.time_zone
            schedule.enabled = schedule.enabled if change.enabled is None else change.enabled
            schedule.parameters = schedule.parameters if change.parameters is None else change.parameters
            zone_named(schedule.time_zone)
            if was != (schedule.cron, schedule.time_zone, schedule.enabled):
                schedule.next_due_at = next_due(schedule.cron, now, schedule.time_zone) if schedule.cron else None
            return _task(schedule, await tx.last_run(request.name))

    async def preview_schedule(self, request: PreviewSchedule) -> SchedulePreview:
        """Return when a schedule would be due. Raises `WrongCron` or `WrongTimeZone`."""
        zone_named(request.time_zone)
        cron = request.cron.strip()
        if not cron:
            return SchedulePreview(next_times=[])
        first = next_due(cron, self._clock.now(), request.time_zone)
        return SchedulePreview(next_times=next_times(cron, first, request.time_zone))


async def _schedule(tx: SchedulerTransaction, name: str, *, to_change: bool = False) -> ScheduleRow:
    task_named(name)
    schedule = await tx.schedule(name, to_change=to_change)
    if schedule is None:
        raise UnknownTask(f"{name} has no schedule yet: the scheduler has just started; try again")
    return schedule


def _task(schedule: ScheduleRow, last: RunRow | None) -> Task:
    task = task_named(schedule.task)
    times = times_of(schedule)
    return Task(
        name=task.name,
        description=task.description,
        cron=schedule.cron,
        time_zone=schedule.time_zone,
        enabled=schedule.enabled,
        parameters=schedule.parameters,
        can_dry_run=task.can_dry_run,
        next_due_at=times[0] if times else None,
        next_times=times,
        last_run=run_model(last) if last else None,
    )
