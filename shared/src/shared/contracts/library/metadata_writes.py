"""Writing metadata fields to Audiobookshelf."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.model import Model
from shared.contracts.translatable import Translatable
from shared.contracts.values import BookId, SeriesPlace

FieldName = Literal[
    "title", "subtitle", "authors", "narrators", "series", "isbn", "asin", "publisher", "published_year", "language",
    "description", "genres", "tags", "cover", "chapters", "abridged",
]  # fmt: skip


FieldValue = str | list[str] | list[SeriesPlace] | bool | None


class FieldChange(Model):
    """The change of one field of one book: old value, new value and source.

    It settles its correction, and those in `also_settles`: earlier ones of the field that are undone with it.
    """

    correction_id: UUID
    also_settles: list[UUID] = []
    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")
    source: str

    @property
    def settled_ids(self) -> list[UUID]:
        """The corrections that are written or refused with this change."""
        return [self.correction_id, *self.also_settles]


class WriteMetadata(Command):
    """Write fields of a book to Audiobookshelf and to our own record; a book added by hand has only the record.

    A change is refused when the field no longer has the value `old`, because another change was made first.
    """

    subject: ClassVar[str] = "cmd.library.write_metadata"
    book_id: BookId
    changes: list[FieldChange]
    by_person: bool = False


class MetadataWritten(Event):
    """Fields of a book were written. `refused` says for each of the other changes why it was not written."""

    subject: ClassVar[str] = "evt.library.metadata_written"
    book_id: BookId
    written: list[UUID]
    refused: dict[UUID, str] = {}
    translatable: dict[UUID, Translatable] = Field({}, description="code and figures of the reasons, by the change")
    series_to_compare: bool = Field(False, description="the book is now in a series whose gaps were never searched")
