"""What the scheduler answers, hears and says."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.message import Command
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.scheduler import EnableTask, GetRun, GetTask, ListRuns, ListTasks, RunTask
from shared.contracts.system import CheckIntegrations, Integration

from scheduler.catalogue import COMMANDS
from scheduler.runs import Runs
from scheduler.tasks import Tasks


def subscriptions(tasks: Tasks, runs: Runs) -> Subscriptions:
    table = Subscriptions("scheduler", "scheduler")
    table.answer(ListTasks, tasks.list_tasks)
    table.answer(GetTask, tasks.get_task)
    table.answer(RunTask, tasks.run_task)
    table.answer(EnableTask, tasks.enable_task)
    table.answer(GetRun, runs.get_run)
    table.answer(ListRuns, runs.list_runs)
    table.answer(CheckIntegrations, _no_integrations)
    table.on(RunStarted, runs.started)
    table.on(RunProgressed, runs.progressed)
    table.on(RunFinished, runs.finished)
    table.says(*(command for command in COMMANDS if isinstance(command, type) and issubclass(command, Command)))
    return table


async def _no_integrations(_request: CheckIntegrations) -> list[Integration]:
    """The scheduler stands on nothing outside."""
    return []
