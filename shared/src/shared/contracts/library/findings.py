"""Findings: what is wrong in the library, with the evidence and the remedy."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, model_validator

from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.translatable import Translatables
from shared.contracts.values import BookId, Moment, Reason, RunId, Words


class FindingKind(StrEnum):
    """The kinds of problems that a check of the library finds."""

    FILES_MISSING = "files_missing"
    BOOKS_GONE = "books_gone"
    FOLDER_SHOWN_TWICE = "folder_shown_twice"
    SEVERAL_BOOKS_IN_ONE_ITEM = "several_books_in_one_item"
    BOOK_INSIDE_BOOK = "book_inside_book"
    SAME_BOOK_TWICE = "same_book_twice"
    SERIES_READ = "series_read"
    SERIES_WITHOUT_PLACE = "series_without_place"
    PLACE_TWICE = "place_twice"
    PLACE_CONTRADICTED = "place_contradicted"
    SERIES_NAMES = "series_names"
    AUTHOR_SPELLINGS = "author_spellings"
    NARRATOR_AS_AUTHOR = "narrator_as_author"
    TITLE_POLLUTED = "title_polluted"
    NO_COVER = "no_cover"
    TINY_COVER = "tiny_cover"
    NO_LANGUAGE = "no_language"
    WRONG_LANGUAGE = "wrong_language"
    DURATION_FAR = "duration_far"
    ABRIDGED_UNMARKED = "abridged_unmarked"


class FindingStatus(StrEnum):
    """The state of a finding. An ignored finding stays ignored until the fact itself changes."""

    OPEN = "open"
    IGNORED = "ignored"
    SOLVED = "solved"


class BookFound(Model):
    """A book that a finding concerns, and what to do about it."""

    id: BookId
    path: str = Field(description="relative to the library folder")
    words: str


class LibraryFinding(Model):
    """One kind of problem of the library, with the books that it concerns."""

    kind: FindingKind
    count: int = Field(description="number of books that it concerns")
    words: str = Field(description="what was found")
    to_do: str = Field(description="what to do about it")
    books: list[BookFound] = Field([], description="the first of these books")


class Finding(Model):
    """One thing that is wrong in the library."""

    id: UUID
    kind: FindingKind
    status: FindingStatus
    book_ids: list[BookId] = Field(description="the books that it concerns, at most 50")
    words: str = Field(description="what is wrong")
    translatable: Translatables = {}
    evidence: list[Reason] = Field([], description="how it is known")
    remedy: str = Field(description="what to do about it")
    repairable: bool = Field(description="there are proposals that repair it; accepting the finding accepts them")
    found_at: Moment
    changed_at: Moment
    decided_by: str | None = Field(None, description="the API key that ignored it")


class ListFindings(Request[Page[Finding]]):
    """List findings, the newest first by default."""

    subject: ClassVar[str] = "rpc.library.list_findings"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-found_at"
    kind: FindingKind | None = None
    status: FindingStatus | None = FindingStatus.OPEN
    book_id: UUID | None = None
    repairable: bool | None = None


class GetFinding(Request[Finding]):
    """Get one finding."""

    subject: ClassVar[str] = "rpc.library.get_finding"
    id: UUID


class FindingFilter(Model):
    """Chooses findings by their ids, or by kind and book. At least one of them is required."""

    ids: list[UUID] | None = Field(None, max_length=500)
    kind: FindingKind | None = None
    book_id: UUID | None = None

    @model_validator(mode="after")
    def _some_choice(self) -> "FindingFilter":
        if self.ids is None and self.kind is None and self.book_id is None:
            raise ValueError("give ids, a kind or a book_id")
        return self


class FindingsDecided(Model):
    """How many findings changed their status, and the ids of the first 500."""

    changed: int
    ids: list[UUID]


class DecideFindings(Request[FindingsDecided]):
    """Ignore open findings, or open ignored ones again."""

    subject: ClassVar[str] = "rpc.library.decide_findings"
    chosen: FindingFilter
    status: Literal[FindingStatus.OPEN, FindingStatus.IGNORED]
    decided_by: Words | None = None


class KindCount(Model):
    """The findings of one kind by status."""

    kind: FindingKind
    open: int
    ignored: int
    solved: int


class DayCount(Model):
    """The open findings of each kind at the end of a day, in UTC."""

    day: date
    open: dict[FindingKind, int]


class FindingCounts(Model):
    """The counts of the findings now, and by day."""

    kinds: list[KindCount]
    days: list[DayCount] = Field(description="days on which a check ran, oldest first")
    checked_at: Moment | None = Field(None, description="when the last check finished")


class CountFindings(Request[FindingCounts]):
    """Count the findings by kind and by day."""

    subject: ClassVar[str] = "rpc.library.count_findings"
    days: Annotated[int, Field(ge=1, le=3650)] = 90


class CheckLibrary(Command):
    """Check the books that changed since their last check, or all."""

    subject: ClassVar[str] = "cmd.library.check_library"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    full: bool = Field(False, description="check every book, not only those that changed")
    dry_run: DryRun = False
