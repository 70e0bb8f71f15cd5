"""Many books entered in one call, with an answer for each."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.library.books import BookEntry
from shared.contracts.message import Request

MOST_IMPORTED = 1000


class ImportedBook(BaseModel):
    """What became of one item."""

    index: int = Field(description="place in the call, from 0")
    status: Literal["created", "exists", "refused"]
    book_id: UUID | None = Field(None, description="the book that was created, or that exists")
    why: str | None = Field(None, description="why it was refused, or by what it is known to exist")


class BooksToImport(BaseModel):
    """Books to enter; an item that is none is refused, and the others are entered all the same."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{"title": "Ozma of Oz", "authors": ["L. Frank Baum"]}]}]}
    )

    items: list[BookEntry | dict[str, Any]] = Field(min_length=1, max_length=MOST_IMPORTED)


class ImportBooks(Request[list[ImportedBook]]):
    """Enter many books by hand. Each item is entered whole or not at all, and has its answer."""

    subject: ClassVar[str] = "rpc.library.import_books"
    not_twice: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 30.0
    items: list[BookEntry | dict[str, Any]] = Field(min_length=1, max_length=MOST_IMPORTED)
