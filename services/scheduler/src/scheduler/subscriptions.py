"""What the scheduler answers, hears and says."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.runs import RunAlive, RunCancelled, RunFinished, RunProgressed, RunStarted
from shared.contracts.scheduler import (
    CancelRun,
    ChangeTask,
    DeleteRun,
    EnableTask,
    GetRun,
    GetTask,
    ListJobs,
    ListRuns,
    ListTasks,
    RunTask,
    TellSchedulerStatus,
)
from shared.contracts.system import CheckIntegrations, Integration

from scheduler.catalogue import COMMANDS
from scheduler.runs import Runs
from scheduler.standing import Standing
from scheduler.tasks import Tasks


def subscriptions(tasks: Tasks, runs: Runs, standing: Standing) -> Subscriptions:
    table = Subscriptions("scheduler", "scheduler")
    table.answer(ListTasks, tasks.list_tasks)
    table.answer(GetTask, tasks.get_task)
    table.answer(RunTask, tasks.run_task)
    table.answer(EnableTask, tasks.enable_task)
    table.answer(ChangeTask, tasks.change_task)
    table.answer(ListJobs, standing.list_jobs)
    table.answer(TellSchedulerStatus, standing.tell_status)
    table.answer(CancelRun, runs.cancel_run)
    table.answer(DeleteRun, runs.delete_run)
    table.answer(GetRun, runs.get_run)
    table.answer(ListRuns, runs.list_runs)
    table.answer(CheckIntegrations, _no_integrations)
    table.on(RunStarted, runs.started)
    table.on(RunProgressed, runs.progressed)
    table.on(RunFinished, runs.finished)
    table.on(RunAlive, runs.alive)
    table.says(*COMMANDS, RunCancelled)
    return table


async def _no_integrations(_request: CheckIntegrations) -> list[Integration]:
    """The scheduler stands on nothing outside."""
    return []
