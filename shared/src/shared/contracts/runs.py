"""A run is one execution of a task. The service that works on it reports; the scheduler stores the record."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, ValidationInfo

from shared.contracts.message import Event
from shared.contracts.model import Model
from shared.contracts.translatable import Translatable, Translatables, numbered, translatables, with_code
from shared.contracts.values import BookId, RunId


def _requires_a_run(dry_run: bool, of: ValidationInfo) -> bool:
    if dry_run and of.data.get("run_id") is None:
        raise ValueError("a dry run reports its plan in a run: run_id is missing")
    return dry_run


DryRun = Annotated[
    bool,
    AfterValidator(_requires_a_run),
    Field(description="change nothing; report in the run's `plan` what would be done"),
]
"""Whether a command only reports what it would do. Declare the field after `run_id`, which it then requires."""

_CODES = "translatable"


class RunOutcome(StrEnum):
    """How a run ended."""

    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The result of one item of a run. `words` describe the problem, or are a note about the success."""

    item: str
    succeeded: bool = True
    words: str | None = None


class RunTally(Model):
    """The figures of a run so far. `expected` is null while it is unknown."""

    expected: int | None = None
    processed: int = 0
    succeeded: int = 0
    failed: int = 0


class RunStarted(Event):
    """A service started a run."""

    subject: ClassVar[str] = "evt.runs.run_started"
    run_id: RunId
    service: str


class RunProgressed(Event):
    """A run made progress: its figures, and a line for its log."""

    subject: ClassVar[str] = "evt.runs.run_progressed"
    run_id: RunId
    tally: RunTally
    line: str | None = None


class RunFinished(Event):
    """A run ended. `problems` describes what could not be done; `details` are figures specific to the task.

    `translatable` in the details has the codes and figures of sentences, by their place: `problems.0`, `note`.
    """

    subject: ClassVar[str] = "evt.runs.run_finished"
    run_id: RunId
    outcome: RunOutcome
    tally: RunTally
    problems: list[str] = []
    details: dict[str, Any] = {}


class RunCancelled(Event):
    """A person cancelled a run: the services that work on it stop."""

    subject: ClassVar[str] = "evt.runs.run_cancelled"
    run_id: RunId
    task: str


class RunAlive(Event):
    """The heartbeat of a run that is in progress. The next one may take `waits_seconds` longer."""

    subject: ClassVar[str] = "evt.runs.run_alive"
    run_id: RunId
    waits_seconds: float = 0.0


ACTIONS_LISTED = 500
"""How many actions a plan lists; the others are only counted."""


class PlannedAction(Model):
    """One thing that a run would do."""

    kind: str = Field(description="the kind of action", examples=["grab", "identify_gap", "change_field"])
    what: str = Field(description="the book, release or field that it concerns")
    words: str = Field("", description="details and the reason")
    book_id: BookId | None = Field(None, description="the book of the library that is changed, if it is one")
    translatable: Translatables = {}

    @classmethod
    def of(cls, kind: str, what: str, words: str = "", *, book_id: BookId | None = None) -> Self:
        """The action with the codes and figures of its texts, if they have them."""
        codes = translatables(what=what, words=words)
        return cls(kind=kind, what=what, words=words, book_id=book_id, translatable=codes)


class Plan(Model):
    """What a run would do, according to a dry run; stored in the details of the run under `plan`.

    `actions` lists the first ones, `counts` counts all of them by kind.
    """

    counts: dict[str, int] = {}
    actions: list[PlannedAction] = Field([], max_length=ACTIONS_LISTED)
    size_bytes: int = Field(0, description="bytes that would be downloaded or deleted")
    slots: int = Field(0, description="torrents that would count towards the limit of unsatisfied torrents")
    points: float = Field(0, description="bonus points that would be spent")
    notes: list[str] = []
    translatable: Translatables = {}

    @classmethod
    def of(
        cls,
        actions: Sequence[PlannedAction],
        *,
        size_bytes: int = 0,
        slots: int = 0,
        notes: Sequence[str] = (),
    ) -> Self:
        """The plan of these actions."""
        counts = dict(Counter(each.kind for each in actions))
        listed = list(actions[:ACTIONS_LISTED])
        return cls(
            counts=counts,
            actions=listed,
            size_bytes=size_bytes,
            slots=slots,
            notes=list(notes),
            translatable=translatables(**numbered("notes", notes)),
        )

    def as_details(self) -> dict[str, Any]:
        """The plan in the form in which the details of a finished run contain it."""
        return {"plan": self.model_dump(mode="json")}


def with_codes(details: Mapping[str, Any], problems: Sequence[str]) -> dict[str, Any]:
    """The details of a run with the codes and figures of its problems and of the sentences among the details."""
    sentences = numbered("problems", problems) | dict(_sentences(details))
    codes = {name: each.model_dump() for name, each in translatables(**sentences).items()}
    kept = {name: parts for name, parts in details.get(_CODES, {}).items() if not name.startswith("problems.")}
    others = {name: value for name, value in details.items() if name != _CODES}
    return others | ({_CODES: kept | codes} if kept or codes else {})


def coded_problems(problems: Sequence[str], details: Mapping[str, Any]) -> list[str]:
    """The problems of a run with the codes and figures that its details have for them."""
    codes = details.get(_CODES, {})
    return [
        with_code(words, Translatable(**codes[name]) if name in codes else None)
        for name, words in numbered("problems", problems).items()
    ]


def _sentences(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in details.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list):
            yield from numbered(name, value).items()
