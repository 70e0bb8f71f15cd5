"""The messages that the scheduler handles and sends."""

from dataclasses import dataclass

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
    PreviewSchedule,
    RunTask,
    TellSchedulerStatus,
)
from shared.contracts.system import CheckIntegrations, CleanUp, Integration, TellStatistics, TellTimeline

from scheduler.domain.task_table import COMMANDS
from scheduler.handlers.clean_up import CleanUpHandlers
from scheduler.handlers.metadata_written import MetadataWrittenHandler
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.status import StatusHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.handlers.tell_statistics import TellStatisticsHandler
from scheduler.handlers.tell_timeline import TellTimelineHandler


@dataclass(frozen=True)
class Handlers:
    """All handlers of the scheduler."""

    tasks: TaskHandlers
    runs: RunHandlers
    status: StatusHandlers
    clean_up: CleanUpHandlers
    tell_statistics: TellStatisticsHandler
    tell_timeline: TellTimelineHandler
    metadata_written: MetadataWrittenHandler


def subscriptions(handlers: Handlers) -> Subscriptions:
    """Return the table of messages and their handlers."""
    table = Subscriptions("scheduler", "scheduler")
    table.answer(ListTasks, handlers.tasks.list_tasks)
    table.answer(GetTask, handlers.tasks.get_task)
    table.answer(RunTask, handlers.tasks.run_task)
    table.answer(EnableTask, handlers.tasks.enable_task)
    table.answer(ChangeTask, handlers.tasks.change_task)
    table.answer(PreviewSchedule, handlers.tasks.preview_schedule)
    table.answer(ListJobs, handlers.status.list_jobs)
    table.answer(TellSchedulerStatus, handlers.status.tell_status)
    table.answer(CancelRun, handlers.runs.cancel_run)
    table.answer(DeleteRun, handlers.runs.delete_run)
    table.answer(GetRun, handlers.runs.get_run)
    table.answer(ListRuns, handlers.runs.list_runs)
    table.answer(CleanUp, handlers.clean_up.clean_up)
    table.answer(TellStatistics, handlers.tell_statistics.tell_statistics)
    table.answer(TellTimeline, handlers.tell_timeline.tell_timeline)
    table.do(CleanUpEverywhere, handlers.clean_up.clean_up_everywhere, concurrency=1)
    table.sends_requests(CleanUp)
    table.answer(CheckIntegrations, _no_integrations)
    table.on(RunStarted, handlers.runs.run_started)
    table.on(RunProgressed, handlers.runs.run_progressed)
    table.on(RunFinished, handlers.runs.run_finished)
    table.on(RunAlive, handlers.runs.run_alive)
    table.on(MetadataWritten, handlers.metadata_written.metadata_written)
    table.publishes(*COMMANDS, RunCancelled, RunStarted, RunFinished)
    return table


async def _no_integrations(_request: CheckIntegrations) -> list[Integration]:
    """Return nothing: the scheduler uses no outside system."""
    return []
