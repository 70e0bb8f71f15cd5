"""Refreshes: sending books through the metadata pipeline."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.library.books import BookFilter
from shared.contracts.message import Command, Event
from shared.contracts.model import Model
from shared.contracts.values import BookId, Confidence, Moment, RunId, SeriesPlace, Words

MAX_BOOKS = 450
"""Books of one refresh that are named by their ids: they are stored with the parameters of the run."""


class RefreshMode(StrEnum):
    """The books to refresh: all, the new ones, those with missing fields, or those refreshed least recently."""

    FULL = "FULL"
    NEW = "NEW"
    MISSING = "MISSING"
    DAILY = "DAILY"


class RefreshScope(Model):
    """Limits a refresh to some books. All given conditions must hold; without any, it takes every book of the mode."""

    book_id: UUID | None = Field(None, description="only this book, by the rules of the mode")
    series_id: UUID | None = Field(None, description="only the books of this series")
    author_id: UUID | None = Field(None, description="only the books of this author")
    author: Words | None = Field(None, description="only books by an author with this name")
    series: Words | None = Field(None, description="only books of a series with this name")
    narrator: Words | None = Field(None, description="only books read by this narrator")
    language: Words | None = Field(None, description="only books in this language")
    added_after: Moment | None = Field(None, description="only books that were added to the library after this moment")

    @property
    def is_limited(self) -> bool:
        """Whether a condition is given."""
        return any(getattr(self, name) is not None for name in RefreshScope.model_fields)


class RefreshMetadata(RefreshScope, Command):
    """Refresh the books that the mode and the conditions select."""

    subject: ClassVar[str] = "cmd.metadata.refresh_metadata"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    mode: RefreshMode = RefreshMode.DAILY
    books: Annotated[list[BookId], Field(max_length=MAX_BOOKS)] | BookFilter | None = Field(
        None, description="only the books with these ids, or those that a list with these filters contains"
    )
    dry_run: bool | None = Field(None, description="null: use METADATA_DRY_RUN")


class RefreshBook(Command):
    """Refresh one book."""

    subject: ClassVar[str] = "cmd.metadata.refresh_book"
    part_of_run: ClassVar[bool] = True
    book_id: BookId
    run_id: RunId | None = None
    fill_only: bool = Field(False, description="fill empty fields only, change none")
    dry_run: bool | None = Field(None, description="null: use METADATA_DRY_RUN")


class RefreshBooks(Command):
    """Refresh several books concurrently."""

    subject: ClassVar[str] = "cmd.metadata.refresh_books"
    book_ids: list[BookId] = Field(max_length=100)
    run_id: RunId | None = None
    fill_only: bool = Field(False, description="fill empty fields only, change none")
    dry_run: bool | None = Field(None, description="null: use METADATA_DRY_RUN")
    anew: bool = Field(False, description="also refresh books for which nothing changed since the last refresh")
    times_put_off: int = Field(0, description="how often these books were deferred because a provider was unavailable")


class KnownEdition(Model):
    """What a provider lists of an edition of a book."""

    model_config = ConfigDict(frozen=True)

    provider: str
    id: str
    identified: bool = Field(description="it has the ASIN or the ISBN of the book")
    duration_minutes: int | None = None
    abridged: bool | None = None
    language: str | None = None
    series: list[SeriesPlace] = []
    cover: str | None = Field(None, description="the address of its cover")


class BookRefreshed(Event):
    """A book was refreshed. `editions` is null if the book was not looked up again."""

    subject: ClassVar[str] = "evt.metadata.book_refreshed"
    book_id: BookId
    confidence: Confidence
    corrections: int
    problems: list[str] = []
    editions: list[KnownEdition] | None = Field(None, max_length=20)
