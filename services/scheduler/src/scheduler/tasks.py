"""What people ask about tasks, and order."""

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.contracts.scheduler import ChangeTask, EnableTask, GetTask, ListTasks, Run, RunTask, Task, TaskChange

from scheduler.catalogue import CATALOGUE, task_named
from scheduler.cron import next_due, zone_named
from scheduler.postgres.tables import RunRow, ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction, run_model
from scheduler.refusals import RunUnderWay, UnknownTask
from scheduler.start_runs import begin_due
from scheduler.status import times_of


class Tasks:
    """Tasks shown, run by hand, and changed."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def list_tasks(self, _request: ListTasks) -> list[Task]:
        async with self._transaction() as tx:
            schedules = {row.task: row for row in await tx.schedules()}
            last = await tx.last_runs()
        return [_task(schedules[t.name], last.get(t.name)) for t in CATALOGUE if t.name in schedules]

    async def get_task(self, request: GetTask) -> Task:
        async with self._transaction() as tx:
            schedule = await _schedule(tx, request.name)
            return _task(schedule, await tx.last_run(request.name))

    async def run_task(self, request: RunTask) -> Run:
        """Begin a run now. Raises `RunUnderWay` naming the run that is in the way, `WrongParameters` and `NoDryRun`."""
        task = task_named(request.name)
        async with self._transaction() as tx:
            schedule = await tx.schedule(task.name)
            parameters = {**(schedule.parameters if schedule else {}), **request.parameters}
            dry_run = task.check(parameters, dry_run=request.dry_run)
            begun = await tx.begin_run(
                task.name, due_at=self._clock.now(), by="person", parameters=parameters, dry_run=dry_run
            )
            if begun.in_the_way:
                raise RunUnderWay(f"{task.name}: run {begun.in_the_way.id} is under way")
            row = await tx.run(begun.run_id) if begun.run_id else None
            if row is None:
                raise UnknownTask(f"the run of {task.name} vanished while it was made")
            tx.send(task.order(row.id, parameters, dry_run=dry_run))
            return run_model(row)

    async def enable_task(self, request: EnableTask) -> Task:
        change = TaskChange(enabled=request.enabled)
        return await self.change_task(ChangeTask(name=request.name, change=change))

    async def change_task(self, request: ChangeTask) -> Task:
        """Change what is given. Raises `WrongCron`, `WrongTimeZone` and `WrongParameters`, and then changes nothing."""
        task, change = task_named(request.name), request.change
        if change.parameters is not None:
            task.check(change.parameters)
        now = self._clock.now()
        async with self._transaction() as tx:
            schedule = await _schedule(tx, task.name, to_change=True)
            was = (schedule.cron, schedule.time_zone, schedule.enabled)
            if schedule.enabled and change.enabled is not False and schedule.is_due(now):
                await begin_due(tx, schedule, now)  # What came before the change is run as it was before.
            schedule.cron = schedule.cron if change.cron is None else change.cron.strip()
            schedule.time_zone = change.time_zone or schedule.time_zone
            schedule.enabled = schedule.enabled if change.enabled is None else change.enabled
            schedule.parameters = schedule.parameters if change.parameters is None else change.parameters
            zone_named(schedule.time_zone)
            if was != (schedule.cron, schedule.time_zone, schedule.enabled):
                schedule.next_due_at = next_due(schedule.cron, now, schedule.time_zone) if schedule.cron else None
            return _task(schedule, await tx.last_run(request.name))


async def _schedule(tx: SchedulerTransaction, name: str, *, to_change: bool = False) -> ScheduleRow:
    task_named(name)
    schedule = await tx.schedule(name, to_change=to_change)
    if schedule is None:
        raise UnknownTask(f"{name} is not entered yet: the scheduler has only just started")
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
