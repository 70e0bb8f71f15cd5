"""Corrections: one field of one book, changed by a provider or by a person, and undone."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.message import Request
from shared.contracts.metadata.given import GivenValue
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import BookId, Confidence, Moment, Reason, Words


class CorrectionStatus(StrEnum):
    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"


class Correction(BaseModel):
    """One field of one book changed, from what to what, by which source, when."""

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


class ListCorrections(Request[Page[Correction]]):
    """Corrections, newest first unless told; sort by made_at, book_title, field, status or source."""

    subject: ClassVar[str] = "rpc.metadata.list_corrections"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-made_at"
    book_id: UUID | None = None
    field: FieldName | None = None
    status: CorrectionStatus | None = None
    source: Words | None = Field(None, description="a provider's name in capitals, or MANUAL", examples=["AUDIBLE"])


class GetCorrection(Request[Correction]):
    """One correction."""

    subject: ClassVar[str] = "rpc.metadata.get_correction"
    id: UUID


class UndoCorrection(Request[Correction]):
    """Take a correction back: the old value goes back, to Audiobookshelf too."""

    subject: ClassVar[str] = "rpc.metadata.undo_correction"
    id: UUID


class BookCorrected(BaseModel):
    """What became of a change by hand: a correction for each field that changes, and the fields that are so already."""

    corrections: list[Correction]
    unchanged: list[FieldName] = []


class CorrectBook(Request[BookCorrected]):
    """Change fields of a book by hand. Refused when the book is unknown, a value cannot be, or nothing would change."""

    subject: ClassVar[str] = "rpc.metadata.correct_book"
    not_twice: ClassVar[bool] = True
    book_id: BookId
    fields: dict[FieldName, Annotated[GivenValue, Field(union_mode="smart")]]
    made_by: str = Field(description="the name of the key with which it was asked")
    reason: Words | None = None
