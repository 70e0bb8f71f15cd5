"""A person's corrections of the list of works of a series. They hold whatever the providers say later."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.library.entered_values import Name
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import BookId, Moment, Sequence, SeriesId, Words

EntryIds = Annotated[
    list[UUID], Field(min_length=1, max_length=100, description="ids of works in the list of the series")
]
Note = Annotated[Words | None, Field(description="why, for those who read it later")]


class SeriesCorrectionKind(StrEnum):
    """What a person changed in the list of a series."""

    ADD = "add"
    REMOVE = "remove"
    RENUMBER = "renumber"
    MERGE = "merge"
    SPLIT = "split"


class AddWork(Model):
    """Add a work that no provider lists in the series. With a whole number as its place, it counts as a gap."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "add", "title": "Ozma of Oz", "place": "3"}]}, extra="forbid"
    )

    kind: Literal["add"]
    title: Name
    authors: list[Name] = Field([], max_length=20, description="empty: the authors of the series")
    place: Sequence
    isbn: str | None = Field(None, pattern=r"^(\d{9}[\dX]|\d{13})$")
    asin: str | None = Field(None, pattern=r"^[A-Z0-9]{10}$")
    note: Note = None


class RemoveWorks(Model):
    """Remove works that are not part of the series. They are no gaps, neither of the series nor of its authors."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "remove", "entry_ids": ["5b0c1d1e-0000-4000-8000-000000000001"], "note": "a sampler"}]
        },
        extra="forbid",
    )

    kind: Literal["remove"]
    entry_ids: EntryIds
    note: Note = None


class RenumberWork(Model):
    """Change the place of a work. Without a place it is listed and is no gap."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "renumber", "entry_id": "5b0c1d1e-0000-4000-8000-000000000001", "place": "4"}]
        },
        extra="forbid",
    )

    kind: Literal["renumber"]
    entry_id: UUID
    place: Sequence | None = None
    note: Note = None


class MergeSeries(Model):
    """Merge another series into this one: its books and works belong to this series."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "merge", "series_id": "5b0c1d1e-0000-4000-8000-000000000002"}]},
        extra="forbid",
    )

    kind: Literal["merge"]
    series_id: SeriesId
    note: Note = None


class SplitSeries(Model):
    """Move works of this series to a new series."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"kind": "split", "name": "Oz Prequels", "entry_ids": ["5b0c1d1e-0000-4000-8000-000000000001"]}
            ]
        },
        extra="forbid",
    )

    kind: Literal["split"]
    name: Name
    entry_ids: EntryIds
    note: Note = None


NewSeriesCorrection = Annotated[
    AddWork | RemoveWorks | RenumberWork | MergeSeries | SplitSeries, Field(discriminator="kind")
]


class CorrectedWork(Model):
    """A work that a correction concerns, as it was listed then."""

    title: str
    authors: list[str] = []
    place: str | None = Field(None, description="the place that it was given, or that it had")
    book_id: BookId | None = None


class SeriesCorrection(Model):
    """One correction of the list of a series."""

    id: UUID
    series_id: SeriesId
    kind: SeriesCorrectionKind
    works: list[CorrectedWork] = []
    other_series_id: UUID | None = Field(None, description="the series that was merged into it, or split off")
    other_series_name: str | None = None
    note: str | None = None
    made_at: Moment
    made_by: str | None = Field(None, description="the name of the API key that made it")
    undone_at: Moment | None = Field(None, description="null: it is in force")
    undone_by: str | None = Field(None, description="the name of the API key that undid it")


class CorrectSeries(Request[SeriesCorrection]):
    """Correct the list of a series."""

    subject: ClassVar[str] = "rpc.library.correct_series"
    not_repeatable: ClassVar[bool] = True
    id: SeriesId
    correction: NewSeriesCorrection
    decided_by: str | None = Field(None, description="name of the API key that made the request")


class ListSeriesCorrections(Request[Page[SeriesCorrection]]):
    """List the corrections of a series, newest first, including those that were undone."""

    subject: ClassVar[str] = "rpc.library.list_series_corrections"
    id: SeriesId
    limit: Limit = 50
    offset: Offset = 0


class UndoSeriesCorrection(Request[SeriesCorrection]):
    """Undo a correction of a series. Undoing one that was undone changes nothing."""

    subject: ClassVar[str] = "rpc.library.undo_series_correction"
    series_id: SeriesId
    id: UUID
    decided_by: str | None = Field(None, description="name of the API key that made the request")
