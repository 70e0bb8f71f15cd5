"""Missing books: works that the library lacks."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.message import Event, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import (
    BookId,
    MissingBookId,
    MissingReason,
    MissingStatus,
    Moment,
    Reason,
)


class MissingBook(BaseModel):
    """A work that belongs to an owned series or a followed author, and that the library lacks."""

    id: MissingBookId
    title: str
    subtitle: str | None = None
    authors: list[str]
    other_titles: list[str] = Field([], description="further titles under which a provider knows the work")
    other_authors: list[str] = Field([], description="further names under which a provider knows its authors")
    series_id: UUID | None = None
    author_id: UUID | None = None
    series: str | None = None
    sequence: str | None = None
    isbn: str | None = None
    asin: str | None = None
    narrators: list[str] = []
    duration_minutes: int | None = Field(None, description="playing time of the edition that the providers know best")
    duration_choices: list[int] = Field([], description="playing times, in minutes, of all known audio editions")
    published_year: int | None = None
    language: str | None = None
    reason: MissingReason
    source: str = Field(description="providers that named it, e.g. 'AUDIBLE, HARDCOVER'")
    evidence: list[Reason] = []
    status: MissingStatus
    priority: int = Field(description="higher is searched first")
    book_id: UUID | None = None
    identified_at: Moment
    updated_at: Moment


class ListMissingBooks(Request[Page[MissingBook]]):
    """Missing books, most wanted first."""

    subject: ClassVar[str] = "rpc.library.list_missing_books"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-priority"
    status: MissingStatus | None = None
    reason: MissingReason | None = None
    series_id: UUID | None = None
    author_id: UUID | None = None
    priority: int | None = Field(None, ge=0, le=1000)


class GetMissingBook(Request[MissingBook]):
    """One missing book."""

    subject: ClassVar[str] = "rpc.library.get_missing_book"
    id: MissingBookId


class MissingBookIdentified(Event):
    """A work was found to be missing."""

    subject: ClassVar[str] = "evt.library.missing_book_identified"
    missing_book: MissingBook


class OwnedBookGone(Event):
    """A book that the library owned is gone, and is missing now: a person decides whether it is wanted again."""

    subject: ClassVar[str] = "evt.library.owned_book_gone"
    missing_book: MissingBook


class MissingBookClosed(Event):
    """A missing book is missing no longer: it turned up, or it proved to be no gap (`book_id` None)."""

    subject: ClassVar[str] = "evt.library.missing_book_closed"
    missing_book_id: MissingBookId
    book_id: BookId | None = None
    why: str


class MissingBookUpdate(BaseModel):
    """What is given is set. `ignored` keeps a book out of the gaps for good, `identified` takes that back.

    Both answer a missing book of the status `was_owned`: `identified` wants it again, `ignored` leaves it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ignored"}, {"priority": 90}]})

    status: Literal["ignored", "identified"] | None = None
    priority: int | None = Field(None, ge=0, le=100, description="higher is searched first")


class UpdateMissingBook(Request[MissingBook]):
    """Set aside a missing book, want it again, or say how much it is wanted."""

    subject: ClassVar[str] = "rpc.library.update_missing_book"
    id: MissingBookId
    update: MissingBookUpdate
