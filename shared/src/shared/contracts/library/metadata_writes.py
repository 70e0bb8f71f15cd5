"""Metadata fields written to Audiobookshelf."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.message import Command, Event
from shared.contracts.values import BookId, SeriesPlace

FieldName = Literal[
    "title", "subtitle", "authors", "narrators", "series", "isbn", "asin", "publisher", "published_year", "language",
    "description", "genres",
]  # fmt: skip


FieldValue = str | list[str] | list[SeriesPlace] | None


class FieldChange(BaseModel):
    """One field of one book, from what to what, by which source."""

    correction_id: UUID
    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")
    source: str


class WriteMetadata(Command):
    """Write fields of a book to Audiobookshelf and to the library's own record; to that alone if entered by hand.

    A change whose `old` is no longer what the book has is not written: somebody was faster.
    """

    subject: ClassVar[str] = "cmd.library.write_metadata"
    book_id: BookId
    changes: list[FieldChange]
    by_person: bool = False


class MetadataWritten(Event):
    """Fields of a book stand where it is kept now; `refused` says for each other change why it was not written."""

    subject: ClassVar[str] = "evt.library.metadata_written"
    book_id: BookId
    written: list[UUID]
    refused: dict[UUID, str] = {}
    series_to_compare: bool = Field(
        False, description="the book is in a series now that was never compared with its full list of works"
    )
