"""Missing books: works that the library does not contain."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.bulk import BulkResult, Selection
from shared.contracts.library.absences import Absence, AbsenceReason
from shared.contracts.message import Command, Event, Request
from shared.contracts.model import Model
from shared.contracts.page import AnyOf, Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import (
    BookId,
    MissingBookId,
    MissingReason,
    MissingStatus,
    Moment,
    Reason,
    RunId,
    Whole,
)


class MissingBook(Model):
    """A work of an owned series, a followed author, a top list or a person's list that the library does not contain."""

    id: MissingBookId
    title: str
    subtitle: str | None = None
    authors: list[str]
    other_titles: list[str] = Field([], description="other titles of the work, as providers list them")
    other_authors: list[str] = Field([], description="other names of its authors, as providers list them")
    series_id: UUID | None = None
    author_id: UUID | None = None
    series: str | None = None
    sequence: str | None = None
    isbn: str | None = None
    asin: str | None = None
    narrators: list[str] = []
    duration_minutes: int | None = Field(None, description="playing time of the most popular audio edition")
    duration_choices: list[int] = Field([], description="playing times of all known audio editions, in minutes")
    published_year: int | None = None
    release_date: date | None = Field(None, description="the first day on which a known audio edition was or is sold")
    release_year: int | None = Field(
        None, description="the year in which the first audio edition was or is sold, if the day is not known"
    )
    language: str | None = None
    reason: MissingReason
    source: str = Field(description="the providers that list it, e.g. 'AUDIBLE, HARDCOVER'")
    evidence: list[Reason] = []
    status: MissingStatus
    priority: int = Field(description="higher is searched first")
    auto_download: bool = Field(
        True, description="false: it is not downloaded without a person's approval, whatever the settings say"
    )
    absence: Absence | None = Field(
        None, description="why it is not in the library yet; null: the library contains it, or the answer leaves it out"
    )
    book_id: UUID | None = None
    identified_at: Moment
    updated_at: Moment


class MissingBookFilters(Model):
    """Which missing books are listed."""

    status: AnyOf[MissingStatus] = Field(
        [], description="books with one of these; empty: with any but upcoming, unless `absence` names reasons"
    )
    reason: AnyOf[MissingReason] = []
    absence: AnyOf[AbsenceReason] = Field(
        [], description="books that are not in the library yet for one of these reasons; empty: for any reason"
    )
    series_id: UUID | None = None
    author_id: UUID | None = None
    priority: int | None = Field(None, ge=0, le=1000)


class ListMissingBooks(MissingBookFilters, Request[Page[MissingBook]]):
    """List missing books, highest priority first by default. Upcoming ones are listed only if `status` names them."""

    subject: ClassVar[str] = "rpc.library.list_missing_books"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-priority"


class MissingBookFilter(MissingBookFilters):
    """Which missing books are selected, in the body of a call."""

    priority: Whole | None = Field(None, ge=0, le=1000)


class MissingBookSelection(Selection[MissingBookFilter]):
    """Missing books by their ids, or all that a list contains."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"filter": {"absence": ["no_release"], "reason": ["author_gap"]}, "expected": 12}]
        }
    )


class SelectMissingBooks(Request[list[UUID]]):
    """Get the ids of the selected missing books. Refused if a filter matches another number than expected."""

    subject: ClassVar[str] = "rpc.library.select_missing_books"
    timeout_seconds: ClassVar[float] = 15.0
    selection: MissingBookSelection


class GetMissingBook(Request[MissingBook]):
    """Get one missing book."""

    subject: ClassVar[str] = "rpc.library.get_missing_book"
    id: MissingBookId


class MissingBookIdentified(Event):
    """A work was identified as missing."""

    subject: ClassVar[str] = "evt.library.missing_book_identified"
    missing_book: MissingBook


class MissingBookChanged(Event):
    """The status, the priority or the absence of a missing book changed."""

    subject: ClassVar[str] = "evt.library.missing_book_changed"
    missing_book_id: MissingBookId


class OwnedBookGone(Event):
    """A book that the library contained is gone. A person decides whether it is wanted again."""

    subject: ClassVar[str] = "evt.library.owned_book_gone"
    missing_book: MissingBook


class WantReleasedBooks(Command):
    """Make upcoming books wanted whose release date has come, and update the lists that announce releases soon."""

    subject: ClassVar[str] = "cmd.library.want_released_books"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class MissingBookClosed(Event):
    """A missing book was closed: the library now contains it, or it is not a gap after all (`book_id` null)."""

    subject: ClassVar[str] = "evt.library.missing_book_closed"
    missing_book_id: MissingBookId
    book_id: BookId | None = None
    why: str


class MissingBookUpdate(Model):
    """Changes to a missing book. `ignored` excludes it from the gaps permanently, `identified` includes it again.

    For a missing book with the status `was_owned`, `identified` means wanted again and `ignored` means not wanted.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ignored"}, {"priority": 90}]})

    status: Literal["ignored", "identified"] | None = None
    priority: Whole | None = Field(None, ge=0, le=100, description="higher is searched first")


class UpdateMissingBook(Request[MissingBook]):
    """Ignore a missing book, include it again, or change its priority."""

    subject: ClassVar[str] = "rpc.library.update_missing_book"
    id: MissingBookId
    update: MissingBookUpdate


class UpdateMissingBooks(Request[BulkResult]):
    """Ignore the selected missing books, or want them again."""

    subject: ClassVar[str] = "rpc.library.update_missing_books"
    timeout_seconds: ClassVar[float] = 60.0
    not_repeatable: ClassVar[bool] = True
    selection: MissingBookSelection
    update: MissingBookUpdate
