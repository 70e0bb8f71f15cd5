"""Locks: the fields of a book that are never changed automatically."""

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from shared.contracts.bulk import BulkResult
from shared.contracts.library.books import BookSelection
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import BookId

Fields = Annotated[list[FieldName], Field(max_length=50)]


class FieldLock(Model):
    """A locked field, and why: a person locked it, or set its value."""

    field: FieldName
    why: Literal["locked", "set_by_person"]


class BookLocks(Model):
    """The locked fields of a book. The others may be changed automatically."""

    book_id: BookId
    locked: list[FieldLock]


class FieldsToLock(Model):
    """Every field that is to be locked. All others are unlocked, also those whose value a person set."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"fields": ["title", "series"]}]})

    fields: Fields


class GetLocks(Request[BookLocks]):
    """Get the locks of a book."""

    subject: ClassVar[str] = "rpc.library.get_locks"
    book_id: BookId


class SetLocks(Request[BookLocks]):
    """Lock these fields of a book and unlock all others."""

    subject: ClassVar[str] = "rpc.library.set_locks"
    book_id: BookId
    fields: Fields


class LocksToChange(BookSelection):
    """Fields of many books that are locked or unlocked. Other locks stay as they are."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"ids": ["7f1f8a52-8f0b-4d5c-9c1e-2b8f6c0d4e11"], "fields": ["title", "series"]}]
        }
    )

    fields: Fields = Field([], description="empty: every field")


class ChangeLocks(Request[BulkResult]):
    """Lock or unlock these fields of the selected books."""

    subject: ClassVar[str] = "rpc.library.change_locks"
    timeout_seconds: ClassVar[float] = 60.0
    not_repeatable: ClassVar[bool] = True
    selection: LocksToChange
    locked: bool
