"""What people ask about tasks, and order."""

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.contracts.scheduler import EnableTask, GetTask, ListTasks, Run, RunTask, Task

from scheduler.catalogue import CATALOGUE, task_named
from scheduler.cron import next_due
from scheduler.postgres.tables import RunRow, ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction, run_model
from scheduler.refusals import RunUnderWay, UnknownTask


class Tasks:
    """Tasks shown, run by hand, enabled and disabled."""

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
            return _task(schedule, (await tx.last_runs()).get(request.name))

    async def run_task(self, request: RunTask) -> Run:
        """Begin a run now. Raises `RunUnderWay` naming the run that is in the way."""
        task = task_named(request.name)
        async with self._transaction() as tx:
            run_id = await tx.begin_run(task.name, due_at=self._clock.now(), by="person")
            if run_id is None:
                other = await tx.run_under_way(task.name)
                raise RunUnderWay(f"{task.name}: run {other.id if other else 'that just ended'} is under way")
            schedule = await tx.schedule(task.name)
            tx.send(task.order(run_id, {**(schedule.parameters if schedule else {}), **request.parameters}))
            row = await tx.run(run_id)
            if row is None:
                raise UnknownTask(f"the run of {task.name} vanished while it was made")
            return run_model(row)

    async def enable_task(self, request: EnableTask) -> Task:
        async with self._transaction() as tx:
            schedule = await _schedule(tx, request.name)
            schedule.enabled = request.enabled
            schedule.next_due_at = next_due(schedule.cron, self._clock.now())
            return _task(schedule, (await tx.last_runs()).get(request.name))


async def _schedule(tx: SchedulerTransaction, name: str) -> ScheduleRow:
    task_named(name)
    schedule = await tx.schedule(name)
    if schedule is None:
        raise UnknownTask(f"{name} is not entered yet: the scheduler has only just started")
    return schedule


def _task(schedule: ScheduleRow, last: RunRow | None) -> Task:
    return Task(
        name=schedule.task,
        description=task_named(schedule.task).description,
        cron=schedule.cron,
        enabled=schedule.enabled,
        parameters=schedule.parameters,
        next_due_at=schedule.next_due_at if schedule.enabled else None,
        last_run=run_model(last) if last else None,
    )
