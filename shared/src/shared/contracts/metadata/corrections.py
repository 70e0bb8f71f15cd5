"""Corrections: changes of single fields of books, by a provider or a person, and how to undo them."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.message import Request
from shared.contracts.metadata.entered_metadata import GivenValue
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import BookId, Confidence, Moment, Reason, Words


class CorrectionStatus(StrEnum):
    """The state of a correction. An undone one restored the old value."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"


class Correction(BaseModel):
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


class GetCorrection(Request[Correction]):
    """Get one correction."""

    subject: ClassVar[str] = "rpc.metadata.get_correction"
    id: UUID


class UndoCorrection(Request[Correction]):
    """Undo a correction: restore the old value, also in Audiobookshelf."""

    subject: ClassVar[str] = "rpc.metadata.undo_correction"
    id: UUID


class BookCorrected(BaseModel):
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
