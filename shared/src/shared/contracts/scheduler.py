"""Tasks and their runs."""

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from shared.contracts.message import Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import RunTally
from shared.contracts.values import Moment, RunId


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
    due_at: Moment
    started_at: Moment | None = None
    ended_at: Moment | None = None
    tally: RunTally = RunTally()
    log: list[str] = Field([], description="the last lines that the run told")
    problems: list[str] = []
    details: dict[str, Any] = {}


class Task(BaseModel):
    """A kind of work that is done by schedule."""

    name: str
    description: str
    cron: str = Field(description="five fields, UTC; or '@every Ns'")
    enabled: bool
    parameters: dict[str, Any] = {}
    next_due_at: Moment | None = None
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
    name: str
    parameters: dict[str, Any] = {}


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
    task: str | None = None
    status: RunStatus | None = None
