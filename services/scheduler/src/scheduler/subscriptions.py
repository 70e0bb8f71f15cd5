"""What the scheduler answers, hears and says."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.library.metadata_writes import MetadataWritten
from shared.contracts.runs import RunAlive, RunCancelled, RunFinished, RunProgressed, RunStarted
from shared.contracts.scheduler import (
    CancelRun,
    ChangeTask,
    CleanUpEverywhere,
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
from shared.contracts.system import CheckIntegrations, CleanUp, Integration, TellStatistics, TellTimeline

from scheduler.catalogue import COMMANDS
from scheduler.cleanup import Cleaning
from scheduler.find_gaps_again import FindGapsAgain
from scheduler.maintenance import Accounting
from scheduler.runs import Runs
from scheduler.status import Standing
from scheduler.tasks import Tasks


def subscriptions(
    tasks: Tasks,
    runs: Runs,
    standing: Standing,
    cleaning: Cleaning,
    accounting: Accounting,
    gaps_again: FindGapsAgain,
) -> Subscriptions:
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
    table.answer(CleanUp, cleaning.clean_up)
    table.answer(TellStatistics, accounting.tell_statistics)
    table.answer(TellTimeline, accounting.tell_timeline)
    table.do(CleanUpEverywhere, cleaning.clean_up_everywhere, concurrency=1)
    table.asks(CleanUp)
    table.answer(CheckIntegrations, _no_integrations)
    table.on(RunStarted, runs.started)
    table.on(RunProgressed, runs.progressed)
    table.on(RunFinished, runs.finished)
    table.on(RunAlive, runs.alive)
    table.on(MetadataWritten, gaps_again.metadata_written)
    table.says(*COMMANDS, RunCancelled, RunStarted, RunFinished)
    return table


async def _no_integrations(_request: CheckIntegrations) -> list[Integration]:
    """The scheduler stands on nothing outside."""
    return []
