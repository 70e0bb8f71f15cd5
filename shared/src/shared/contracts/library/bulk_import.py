"""Adding many books in one call, with a result for each."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.library.books import BookEntry
from shared.contracts.message import Request
from shared.contracts.model import Model

MAX_IMPORTED = 1000


class ImportedBook(Model):
    """The result for one item."""

    index: int = Field(description="index in the request, from 0")
    status: Literal["created", "exists", "refused"]
    book_id: UUID | None = Field(None, description="the book that was created or that exists already")
    why: str | None = Field(None, description="why it was refused, or why it counts as existing")


class BooksToImport(Model):
    """Books to add. An invalid item is refused; the others are added."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{"title": "Ozma of Oz", "authors": ["L. Frank Baum"]}]}]}
    )

    items: list[BookEntry | dict[str, Any]] = Field(min_length=1, max_length=MAX_IMPORTED)


class ImportBooks(Request[list[ImportedBook]]):
    """Add many books by hand. Each item is added completely or refused, and has its own result."""

    subject: ClassVar[str] = "rpc.library.import_books"
    not_repeatable: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 30.0
    items: list[BookEntry | dict[str, Any]] = Field(min_length=1, max_length=MAX_IMPORTED)
