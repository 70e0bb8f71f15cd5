"""A run is one execution of a task. Whoever works on it tells; the scheduler keeps the record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo

from shared.contracts.message import Event
from shared.contracts.values import RunId


def _told_in_a_run(dry_run: bool, of: ValidationInfo) -> bool:
    if dry_run and of.data.get("run_id") is None:
        raise ValueError("a dry run needs a run to tell its plan in: run_id is missing")
    return dry_run


DryRun = Annotated[
    bool,
    AfterValidator(_told_in_a_run),
    Field(description="say in the run's `plan` what would be done, and do nothing"),
]
"""Whether a command only says what it would do. Its field follows `run_id`, which it then needs."""


class RunOutcome(StrEnum):
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one item of a run. `words` name what could not be done, or are a note of what was."""

    item: str
    succeeded: bool = True
    words: str | None = None


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


ACTIONS_TOLD = 500
"""How many actions a plan names; the rest is counted."""


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
    actions: list[PlannedAction] = Field([], max_length=ACTIONS_TOLD)
    size_bytes: int = Field(0, description="how much would be downloaded, or deleted")
    slots: int = Field(0, description="how many torrents would count against the limit of unsatisfied ones")
    points: float = Field(0, description="bonus points that would be spent")
    notes: list[str] = []

    @classmethod
    def of(
        cls,
        actions: Sequence[PlannedAction],
        *,
        size_bytes: int = 0,
        slots: int = 0,
        notes: Sequence[str] = (),
    ) -> "Plan":
        """The plan of these actions, all of them counted."""
        counts = dict(Counter(each.kind for each in actions))
        told = list(actions[:ACTIONS_TOLD])
        return cls(counts=counts, actions=told, size_bytes=size_bytes, slots=slots, notes=list(notes))

    def as_details(self) -> dict[str, Any]:
        """As it stands in a finished run's details."""
        return {"plan": self.model_dump(mode="json")}
