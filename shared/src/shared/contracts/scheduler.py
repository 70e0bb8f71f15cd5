"""Tasks and their runs."""

import json
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun, RunTally
from shared.contracts.values import Flag, Moment, RunId, Words

PARAMETERS_LENGTH = 20_000


def _storable(parameters: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(parameters, ensure_ascii=False)
    if len(text) > PARAMETERS_LENGTH:
        raise ValueError(f"longer than {PARAMETERS_LENGTH} characters")
    if "\\u0000" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it contains a NUL character or a lone surrogate")
    return parameters


Parameters = Annotated[dict[str, Any], AfterValidator(_storable), Field(examples=[{}])]
"""The parameters of a run: the fields of its command, by name."""

CronLine = Annotated[
    str,
    Field(
        max_length=100,
        description="five fields, such as '0 3 * * *', or '@every 30s'; empty: runs only by hand",
        examples=["0 3 * * *"],
    ),
]
TimeZone = Annotated[
    str, Field(max_length=60, description="time zone of the cron expression", examples=["Europe/Warsaw"])
]


class RunStatus(StrEnum):
    """The state of a run."""

    SCHEDULED = "scheduled"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Run(Model):
    """One execution of a task."""

    id: RunId
    task: str
    status: RunStatus
    by: str = Field("schedule", description="who started it: the schedule, or the name of a person's API key")
    dry_run: bool = Field(False, description="it changes nothing; `plan` in its details lists what it would do")
    parameters: dict[str, Any] = Field({}, description="the parameters of this run")
    due_at: Moment
    started_at: Moment | None = None
    heard_at: Moment | None = Field(None, description="time of the last heartbeat or report")
    ended_at: Moment | None = None
    tally: RunTally = RunTally()
    log: list[str] = Field([], description="the last lines of its log")
    problems: list[str] = []
    details: dict[str, Any] = Field(
        {}, description="figures of the task; `translatable` has the code and figures of sentences, by their place"
    )


class Task(Model):
    """A kind of scheduled work."""

    name: str
    description: str
    cron: str = Field(description="five fields in the time zone, or '@every 30s'; empty: runs only by hand")
    time_zone: str = Field("UTC", description="time zone of the cron expression")
    enabled: bool
    parameters: dict[str, Any] = Field({}, description="the parameters of its scheduled runs")
    can_dry_run: bool = Field(False, description="whether it supports dry runs")
    next_due_at: Moment | None = Field(None, description="null: not scheduled")
    next_times: list[Moment] = Field([], description="the next five due times; the first is `next_due_at`")
    last_run: Run | None = None


class ListTasks(Request[list[Task]]):
    """List all tasks."""

    subject: ClassVar[str] = "rpc.scheduler.list_tasks"


class GetTask(Request[Task]):
    """Get one task."""

    subject: ClassVar[str] = "rpc.scheduler.get_task"
    name: str


class RunTask(Request[Run]):
    """Run a task now. Refused while a run of it is in progress."""

    subject: ClassVar[str] = "rpc.scheduler.run_task"
    not_repeatable: ClassVar[bool] = True
    name: str
    parameters: Parameters = {}
    dry_run: bool = Field(False, description="change nothing; report what the run would do")


class TaskChange(Model):
    """Changes to a task; fields that are left out or null do not change."""

    cron: CronLine | None = None
    time_zone: TimeZone | None = None
    parameters: Parameters | None = Field(
        None, description="all parameters of its scheduled runs; they replace the old ones"
    )
    enabled: Flag | None = None


class ChangeTask(Request[Task]):
    """Change the schedule or the parameters of a task, with immediate effect. Refused when they are invalid."""

    subject: ClassVar[str] = "rpc.scheduler.change_task"
    name: str
    change: TaskChange


class EnableTask(Request[Task]):
    """Enable or disable the schedule of a task."""

    subject: ClassVar[str] = "rpc.scheduler.enable_task"
    name: str
    enabled: bool


class SchedulePreview(Model):
    """When a schedule would be due."""

    next_times: list[Moment] = Field(description="the next five due times; none: it runs only by hand")


class PreviewSchedule(Request[SchedulePreview]):
    """Show when a schedule would be due, without changing a task. Refused when it is invalid."""

    subject: ClassVar[str] = "rpc.scheduler.preview_schedule"
    cron: CronLine
    time_zone: TimeZone = "UTC"


class GetRun(Request[Run]):
    """Get one run."""

    subject: ClassVar[str] = "rpc.scheduler.get_run"
    id: RunId


class ListRuns(Request[Page[Run]]):
    """List runs, newest first by default."""

    subject: ClassVar[str] = "rpc.scheduler.list_runs"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-due_at"
    task: Words | None = None
    status: RunStatus | None = None
    since: Moment | None = Field(None, description="only runs that were due at this time or later")


class CancelRun(Request[Run]):
    """Cancel a run; the services that work on it stop. Refused when it has ended."""

    subject: ClassVar[str] = "rpc.scheduler.cancel_run"
    id: RunId


class DeleteRun(Request[Run]):
    """Delete the record of a run that has ended, and return it. Refused while it is in progress."""

    subject: ClassVar[str] = "rpc.scheduler.delete_run"
    id: RunId


class Job(Model):
    """An enabled task and its next due times."""

    task: str
    cron: str
    time_zone: str
    next_due_at: Moment
    next_times: list[Moment] = Field(description="the next five due times; the first is `next_due_at`")


class ListJobs(Request[list[Job]]):
    """List the enabled tasks by their next due time, soonest first."""

    subject: ClassVar[str] = "rpc.scheduler.list_jobs"


class Misfires(Model):
    """Ticks of a task that did not start a run of their own on time, since the records began."""

    task: str
    caught_up: int = Field(0, description="less than an hour late, and run then")
    merged: int = Field(0, description="combined with another late tick into one run")
    missed: int = Field(0, description="more than an hour late, and skipped")
    overlapped: int = Field(0, description="due while a run of the task was in progress, and skipped")


class SchedulerStatus(Model):
    """The state of the scheduler."""

    leader: str = Field(examples=["none: each replica starts what is due, under a lock in Postgres"])
    now: Moment
    lag_seconds: float = Field(description="how late the longest overdue task is; one or two seconds are normal")
    lag_task: str | None = Field(None, description="the longest overdue task")
    misfires: list[Misfires]
    waiting: list[Run] = Field(description="not started yet: the service that runs them is busy or unavailable")
    running: list[Run]
    stuck: list[Run] = Field(description="started, but without a heartbeat for five minutes")


class TellSchedulerStatus(Request[SchedulerStatus]):
    """Get the state of the scheduler: its lag, its misfires, and the waiting, running and stuck runs."""

    subject: ClassVar[str] = "rpc.scheduler.tell_scheduler_status"


class CleanUpEverywhere(Command):
    """Make every service delete what is older than its retention settings allow."""

    subject: ClassVar[str] = "cmd.scheduler.clean_up_everywhere"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False
