"""A run is one execution of a task. Whoever works on it tells; the scheduler keeps the record."""

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from shared.contracts.message import Event
from shared.contracts.values import RunId


class RunOutcome(StrEnum):
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunTally(BaseModel):
    """The figures of a run so far. `expected` is None while nobody knows yet."""

    expected: int | None = None
    processed: int = 0
    succeeded: int = 0
    failed: int = 0


class RunStarted(Event):
    """A service has begun a run."""

    subject: ClassVar[str] = "evt.runs.run_started"
    run_id: RunId
    service: str


class RunProgressed(Event):
    """A run went on: its figures, and a line for its log."""

    subject: ClassVar[str] = "evt.runs.run_progressed"
    run_id: RunId
    tally: RunTally
    line: str | None = None


class RunFinished(Event):
    """A run is over. `problems` names, in words, what could not be done; `details` are figures of the task's own."""

    subject: ClassVar[str] = "evt.runs.run_finished"
    run_id: RunId
    outcome: RunOutcome
    tally: RunTally
    problems: list[str] = []
    details: dict[str, Any] = {}


class RunCancelled(Event):
    """A person ended a run before its work was done: whoever works on it stops."""

    subject: ClassVar[str] = "evt.runs.run_cancelled"
    run_id: RunId
    task: str


class RunAlive(Event):
    """A run is still worked on, though it has nothing to tell; `waits_seconds`: nor will it for so long."""

    subject: ClassVar[str] = "evt.runs.run_alive"
    run_id: RunId
    waits_seconds: float = 0.0


class PlannedAction(BaseModel):
    """One thing that a run would do."""

    kind: str = Field(
        description="what it would do, one word a kind", examples=["grab", "identify_gap", "change_field"]
    )
    what: str = Field(description="the book, release or field it is about")
    words: str = Field("", description="why, and what exactly, in words")


class Plan(BaseModel):
    """What a run would do, from a dry run; stands in the run's details under `plan`.

    `actions` holds the first of them, `counts` all by kind.
    """

    counts: dict[str, int] = {}
    actions: list[PlannedAction] = Field([], max_length=500)
    size_bytes: int = Field(0, description="how much would be downloaded, or deleted")
    slots: int = Field(0, description="how many torrents would count against the limit of unsatisfied ones")
    points: float = Field(0, description="bonus points that would be spent")
    notes: list[str] = []
