"""Tasks and their runs."""

import json
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, Field

from shared.contracts.message import Command, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun, RunTally
from shared.contracts.values import Moment, RunId, Words

PARAMETERS_LENGTH = 20_000


def _plain(parameters: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(parameters, ensure_ascii=False)
    if len(text) > PARAMETERS_LENGTH:
        raise ValueError(f"longer than {PARAMETERS_LENGTH} characters")
    if "\\u0000" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a NUL character or half a character is in it")
    return parameters


Parameters = Annotated[dict[str, Any], AfterValidator(_plain), Field(examples=[{}])]
"""What a task is to be run with: the fields of its command, by name."""

CronLine = Annotated[
    str,
    Field(
        max_length=100,
        description="five fields, such as '0 3 * * *', or '@every 30s'; empty: only by hand",
        examples=["0 3 * * *"],
    ),
]
TimeZone = Annotated[
    str, Field(max_length=60, description="the zone that the line's hours are meant in", examples=["Europe/Warsaw"])
]


class RunStatus(StrEnum):
    SCHEDULED = "scheduled"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Run(BaseModel):
    """One execution of a task."""

    id: RunId
    task: str
    status: RunStatus
    by: str = Field("schedule", description="what caused it: schedule, or a person through the API")
    dry_run: bool = Field(False, description="it only says what it would do: `plan` in its details")
    parameters: dict[str, Any] = Field({}, description="what it was run with")
    due_at: Moment
    started_at: Moment | None = None
    heard_at: Moment | None = Field(None, description="the last sign of life")
    ended_at: Moment | None = None
    tally: RunTally = RunTally()
    log: list[str] = Field([], description="the last lines that the run told")
    problems: list[str] = []
    details: dict[str, Any] = {}


class Task(BaseModel):
    """A kind of work that is done by schedule."""

    name: str
    description: str
    cron: str = Field(description="five fields in the time zone, or '@every 30s'; empty: only by hand")
    time_zone: str = Field("UTC", description="the zone that the line's hours are meant in")
    enabled: bool
    parameters: dict[str, Any] = Field({}, description="what its scheduled runs are run with")
    can_dry_run: bool = Field(False, description="whether it can say what a run would do, changing nothing")
    next_due_at: Moment | None = Field(None, description="null: not by schedule")
    next_times: list[Moment] = Field([], description="the next five times, the first of them `next_due_at`")
    last_run: Run | None = None


class ListTasks(Request[list[Task]]):
    """All tasks."""

    subject: ClassVar[str] = "rpc.scheduler.list_tasks"


class GetTask(Request[Task]):
    """One task."""

    subject: ClassVar[str] = "rpc.scheduler.get_task"
    name: str


class RunTask(Request[Run]):
    """Run a task now. Refused while a run of it is under way."""

    subject: ClassVar[str] = "rpc.scheduler.run_task"
    not_twice: ClassVar[bool] = True
    name: str
    parameters: Parameters = {}
    dry_run: bool = Field(False, description="say what the run would do, and change nothing")


class TaskChange(BaseModel):
    """What is to change of a task; what is left out or null stays as it is."""

    cron: CronLine | None = None
    time_zone: TimeZone | None = None
    parameters: Parameters | None = Field(None, description="of its scheduled runs; all of them, not only the new ones")
    enabled: bool | None = None


class ChangeTask(Request[Task]):
    """Change when and with what a task runs, at once. Refused when the line, zone or parameters are wrong."""

    subject: ClassVar[str] = "rpc.scheduler.change_task"
    name: str
    change: TaskChange


class EnableTask(Request[Task]):
    """Let a task run by schedule, or not."""

    subject: ClassVar[str] = "rpc.scheduler.enable_task"
    name: str
    enabled: bool


class GetRun(Request[Run]):
    """One run."""

    subject: ClassVar[str] = "rpc.scheduler.get_run"
    id: RunId


class ListRuns(Request[Page[Run]]):
    """Runs, newest first."""

    subject: ClassVar[str] = "rpc.scheduler.list_runs"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-due_at"
    task: Words | None = None
    status: RunStatus | None = None
    since: Moment | None = Field(None, description="only runs that were due at this moment or later")


class CancelRun(Request[Run]):
    """End a run before its work is done; the services that work on it stop. Refused when it has ended."""

    subject: ClassVar[str] = "rpc.scheduler.cancel_run"
    id: RunId


class DeleteRun(Request[Run]):
    """Delete the record of a run that has ended; answered with what it was. Refused while it is under way."""

    subject: ClassVar[str] = "rpc.scheduler.delete_run"
    id: RunId


class Job(BaseModel):
    """A task that is due by schedule."""

    task: str
    cron: str
    time_zone: str
    next_due_at: Moment
    next_times: list[Moment] = Field(description="the next five times, the first of them `next_due_at`")


class ListJobs(Request[list[Job]]):
    """When each enabled task is due next, soonest first."""

    subject: ClassVar[str] = "rpc.scheduler.list_jobs"


class Misfires(BaseModel):
    """Due times of a task that did not give a run of their own at their time, since the beginning of the record."""

    task: str
    caught_up: int = Field(0, description="came late, within an hour, and were run then")
    merged: int = Field(0, description="counted as one with another that was caught up")
    missed: int = Field(0, description="were over an hour late, and passed over")
    overlapped: int = Field(0, description="came while a run of the task was under way, and were passed over")


class SchedulerStatus(BaseModel):
    """How the scheduler does."""

    leader: str = Field(examples=["none: each replica takes what is due, under a lock in Postgres"])
    now: Moment
    lag_seconds: float = Field(description="how late the oldest due task is; a second or two is normal")
    lag_task: str | None = Field(None, description="the oldest due task")
    misfires: list[Misfires]
    waiting: list[Run] = Field(description="ordered, not yet begun: the service that does them is busy or away")
    running: list[Run]
    stuck: list[Run] = Field(description="begun, and unheard of for five minutes")


class TellSchedulerStatus(Request[SchedulerStatus]):
    """How late the scheduler is, what it missed, and which runs are under way or stuck."""

    subject: ClassVar[str] = "rpc.scheduler.tell_scheduler_status"


class CleanUpEverywhere(Command):
    """Have every service delete what is older than its retention settings say."""

    subject: ClassVar[str] = "cmd.scheduler.clean_up_everywhere"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False
