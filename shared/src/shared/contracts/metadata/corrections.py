"""Corrections: changes of single fields of books, by a provider or a person, and how to undo them."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.message import Request
from shared.contracts.metadata.entered_metadata import GivenValue
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.translatable import Translatables
from shared.contracts.values import NO_NUMBER, BookId, Confidence, Moment, Reason, Words

Day = Annotated[date, Field(le=date(9000, 1, 1)), NO_NUMBER]
"""A day in UTC."""


class CorrectionStatus(StrEnum):
    """The state of a correction. An undone one restored the old value."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"


class Correction(Model):
    """The change of one field of one book: old value, new value, source, reasons and time."""

    id: UUID
    book_id: BookId
    abs_id: str | None = None
    book_title: str
    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")
    source: str
    confidence: Confidence
    reasons: list[Reason] = []
    status: CorrectionStatus
    status_detail: str | None = None
    translatable: Translatables = {}
    made_by: str = "gapless"
    made_at: Moment
    undone_at: Moment | None = None
    run_id: UUID | None = Field(None, description="the run that made it")


class ListCorrections(Request[Page[Correction]]):
    """List corrections, newest first by default. Sort by made_at, book_title, field, status or source."""

    subject: ClassVar[str] = "rpc.metadata.list_corrections"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-made_at"
    book_id: UUID | None = None
    field: FieldName | None = None
    status: CorrectionStatus | None = None
    run_id: UUID | None = None
    source: Words | None = Field(None, description="name of a provider in capitals, or MANUAL", examples=["AUDIBLE"])
    day: Day | None = Field(None, description="the day on which they were made, in UTC")
    made_by: Words | None = Field(None, description="gapless, or the name of an API key")


class GetCorrection(Request[Correction]):
    """Get one correction."""

    subject: ClassVar[str] = "rpc.metadata.get_correction"
    id: UUID


class UndoCorrection(Request[Correction]):
    """Undo a correction: restore the old value, also in Audiobookshelf."""

    subject: ClassVar[str] = "rpc.metadata.undo_correction"
    id: UUID


class CorrectionFilter(Model):
    """Which corrections. All given conditions must hold, and at least one must be given."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{"day": "2026-03-01"}, {"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}]},
    )

    run_id: UUID | None = None
    day: Day | None = Field(None, description="the day on which they were made, in UTC")
    made_from: Moment | None = None
    made_before: Moment | None = None
    book_id: UUID | None = None
    field: FieldName | None = None
    source: Words | None = Field(None, description="name of a provider in capitals, or MANUAL", examples=["AUDIBLE"])
    made_by: Words | None = Field(None, description="gapless, or the name of an API key")

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not any(getattr(self, name) is not None for name in type(self).model_fields):
            raise ValueError("give at least one condition")
        return self


class CorrectionSelection(Model):
    """Corrections to undo: either by their ids, or every applied one that matches a filter."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"filter": {"day": "2026-03-01"}}, {"ids": ["5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"]}]
        }
    )

    ids: list[UUID] | None = Field(None, min_length=1, max_length=500)
    filter: CorrectionFilter | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("give either `ids` or `filter`")
        return self


class SkippedCorrection(Model):
    """A correction that is not undone, and why."""

    id: UUID
    why: str
    translatable: Translatables = {}


class CorrectionsUndone(Model):
    """The corrections that are being undone. Each is undone when the library has restored its value."""

    undoing: int
    by_field: dict[str, int] = {}
    skipped: list[SkippedCorrection] = Field([], description="selected ids that are unknown or not applied")
    remaining: int = Field(
        0,
        description="corrections that match and are still applied: at most 5,000 are undone in one request",
    )


class UndoCorrections(Request[CorrectionsUndone]):
    """Undo corrections: restore the old values, also in Audiobookshelf. The fields are locked by that."""

    subject: ClassVar[str] = "rpc.metadata.undo_corrections"
    timeout_seconds: ClassVar[float] = 60.0
    selection: CorrectionSelection


class BookCorrected(Model):
    """The result of a manual change: a correction for each changed field, and the fields that had the value already."""

    corrections: list[Correction]
    unchanged: list[FieldName] = []


class CorrectBook(Request[BookCorrected]):
    """Change fields of a book by hand. Refused if the book is unknown, a value is invalid or nothing would change."""

    subject: ClassVar[str] = "rpc.metadata.correct_book"
    not_repeatable: ClassVar[bool] = True
    book_id: BookId
    fields: dict[FieldName, Annotated[GivenValue, Field(union_mode="smart")]]
    made_by: str = Field(description="name of the API key that made the request")
    reason: Words | None = None
