"""Books of the library."""

from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, computed_field

from shared.contracts.bulk import Selection
from shared.contracts.library.entered_values import GivenPlace, LongText, Name, Names
from shared.contracts.library.letters import ByTitle, Letters
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.message import Event, Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import (
    BookId,
    Confidence,
    Flag,
    MatchDecision,
    Moment,
    Number,
    SeriesPlace,
    Whole,
    Words,
)


class BookStatus(StrEnum):
    """The state of a book. A duplicate is a second item of one folder; an archived book is no longer in the library."""

    ACTIVE = "active"
    DUPLICATE = "duplicate"
    ARCHIVED = "archived"


class Book(Model):
    """One item of the Audiobookshelf library, or a book that is owned elsewhere and was added by hand."""

    id: BookId
    abs_id: str | None = Field(None, description="id in Audiobookshelf; null for a book added by hand")
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = Field([], description="as in Audiobookshelf, completed from title and folder")
    series_evidence: str | None = Field(
        None, description="where a series or sequence was read that Audiobookshelf does not have"
    )
    series_in_abs: list[SeriesPlace] = Field(
        [], description="the series in Audiobookshelf, when `series` differs and `series_evidence` is set"
    )
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    genres: list[str] = []
    tags: list[str] = []
    cover: str | None = Field(
        None, description="where the cover is from: an address, or its path in Audiobookshelf; null: it has none"
    )
    chapters: str | None = Field(
        None,
        description="what it has as chapters, with a mark that changes with them; null: it has none",
        examples=["24 chapters [5f3a0c9be1d2]"],
    )
    duration_seconds: float | None = None
    size_bytes: int | None = None
    format: str | None = Field(None, description="extension of its audio files, without the dot", examples=["m4b"])
    abridged: bool = False
    path: str = Field(description="relative to the library folder; empty for a book added by hand")
    contents: list[str] = Field(
        [], description="the books inside this one item: the folder (ends with /) or a file of each, relative to `path`"
    )
    file_names: list[str] = Field([], description="the names of its first and its last audio file")
    status: BookStatus = BookStatus.ACTIVE
    files_missing_since: Moment | None = Field(
        None,
        description="since when Audiobookshelf reports its files as missing; it counts as owned for some more days",
    )
    metadata_source: dict[str, str] = Field(
        {},
        description="the source of each field; MANUAL: set by a person; UNLOCKED: set by a person and unlocked since",
    )
    locked_fields: list[FieldName] = Field([], description="the fields that a person locked")
    last_metadata_update_at: Moment | None = None
    match_confidence: Confidence | None = Field(
        None, description="how surely the last refresh found it at a provider; null: not refreshed yet"
    )
    match_decision: MatchDecision | None = Field(
        None, description="what a person decided about its match; null: nothing"
    )
    added_at: Moment
    updated_at: Moment

    @computed_field  # type: ignore[prop-decorator]
    @property
    def completeness_percent(self) -> int:
        """Percentage of title, authors, narrators, year, language, description, and ASIN or ISBN that have a value."""
        fields = (self.title, self.authors, self.narrators, self.published_year, self.language, self.description)
        filled = [*map(bool, fields), bool(self.asin or self.isbn)]
        return 100 * sum(filled) // len(filled)


class BookFilters(Model):
    """Which books are listed."""

    status: BookStatus | None = BookStatus.ACTIVE
    author: Words | None = None
    series: Words | None = None
    narrator: Words | None = None
    language: Words | None = None
    series_id: UUID | None = None
    author_id: UUID | None = None
    added_after: Moment | None = None
    incomplete: bool | None = None
    files_missing: bool | None = None
    match_confidence: Confidence | None = None
    match_decision: MatchDecision | None = None


class ListBooks(BookFilters, Request[Page[Book]]):
    """List the books of the library, newest first by default."""

    subject: ClassVar[str] = "rpc.library.list_books"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-added_at"


class BookFilter(BookFilters):
    """Which books are selected, in the body of a call."""

    incomplete: Flag | None = None
    files_missing: Flag | None = None


class BookSelection(Selection[BookFilter]):
    """Books by their ids, or all that a list contains."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"filter": {"author": "L. Frank Baum"}, "expected": 14}]})


class SelectBooks(Request[list[UUID]]):
    """Get the ids of the selected books. Refused if a filter matches another number than expected."""

    subject: ClassVar[str] = "rpc.library.select_books"
    timeout_seconds: ClassVar[float] = 15.0
    selection: BookSelection


class ListBookLetters(BookFilters, Request[Letters]):
    """List where each first letter begins in the list of books with these filters, sorted by title."""

    subject: ClassVar[str] = "rpc.library.list_book_letters"
    sort: ByTitle = "title"


class SearchBooks(Request[Page[Book]]):
    """Search books by title, author, series, narrator, ISBN or ASIN, best match first.

    Typos, accents and word order do not matter. At most 200 matches are ranked and counted.
    """

    subject: ClassVar[str] = "rpc.library.search_books"
    query: Words = Field(examples=["frank baum wizzard"])
    limit: Limit = 50
    offset: Offset = 0
    status: BookStatus | None = BookStatus.ACTIVE


class GetBook(Request[Book]):
    """Get one book."""

    subject: ClassVar[str] = "rpc.library.get_book"
    id: BookId


class GetBooks(Request[list[Book]]):
    """Get several books by id, in no particular order. Unknown ids are ignored."""

    subject: ClassVar[str] = "rpc.library.get_books"
    ids: list[BookId] = Field(max_length=500)


class ListBookFolders(Request[list[str]]):
    """List which of these folders are books. Files placed in such a folder would become part of that book."""

    subject: ClassVar[str] = "rpc.library.list_book_folders"
    paths: list[str] = Field(max_length=50, description="relative to the library folder")


class SampleBookPaths(Request[list[str]]):
    """Get up to 500 paths, spread over the library, of books whose files Audiobookshelf finds."""

    subject: ClassVar[str] = "rpc.library.sample_book_paths"


class BookAppeared(Event):
    """A book was added to the library."""

    subject: ClassVar[str] = "evt.library.book_appeared"
    book: Book


class BookChanged(Event):
    """The metadata of a book changed in Audiobookshelf, and not through Gapless. `fields` names the changed fields."""

    subject: ClassVar[str] = "evt.library.book_changed"
    book: Book
    fields: list[str]


class BookVanished(Event):
    """A book is no longer in Audiobookshelf. Its record is archived, not deleted."""

    subject: ClassVar[str] = "evt.library.book_vanished"
    book_id: BookId


class BookEntry(Model):
    """A book that is owned elsewhere. It counts as owned and is never searched for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Ozma of Oz",
                    "authors": ["L. Frank Baum"],
                    "series": [{"name": "Oz", "sequence": "3"}],
                    "language": "English",
                }
            ]
        }
    )

    title: Name
    subtitle: Name | None = None
    authors: Names = []
    narrators: Names = []
    series: list[GivenPlace] = Field([], max_length=20)
    isbn: Name | None = None
    asin: Name | None = None
    publisher: Name | None = None
    published_year: str | None = Field(None, pattern=r"^\d{4}$", examples=["1907"])
    language: Name | None = None
    description: LongText | None = None
    genres: Names = []
    tags: Names = []
    duration_seconds: Number | None = Field(None, ge=0, le=36_000_000)
    size_bytes: Whole | None = Field(None, ge=0, le=2**50)
    abridged: Flag = False


class CreateBook(Request[Book]):
    """Add a book by hand. Refused when the library contains it already."""

    subject: ClassVar[str] = "rpc.library.create_book"
    not_repeatable: ClassVar[bool] = True
    entry: BookEntry


class BookUpdate(Model):
    """Changes to a book; fields left out do not change. Only `status` of a book in Audiobookshelf can be changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "duplicate"}]})

    status: Literal["active", "duplicate"] | None = None
    title: Name | None = None
    subtitle: Name | None = None
    authors: Names | None = None
    narrators: Names | None = None
    series: list[GivenPlace] | None = Field(None, max_length=20)
    isbn: Name | None = None
    asin: Name | None = None
    publisher: Name | None = None
    published_year: str | None = Field(None, pattern=r"^\d{4}$", examples=["1907"])
    language: Name | None = None
    description: LongText | None = None
    genres: Names | None = None
    tags: Names | None = None
    duration_seconds: Number | None = Field(None, ge=0, le=36_000_000)
    size_bytes: Whole | None = Field(None, ge=0, le=2**50)
    abridged: Flag | None = None


class UpdateBook(Request[Book]):
    """Set the `given` fields of a book: any field if it was added by hand, only `status` if it is in Audiobookshelf."""

    subject: ClassVar[str] = "rpc.library.update_book"
    id: BookId
    update: BookUpdate
    given: list[str] = Field(description="names of the fields to set")


class DeleteBook(Request[Book]):
    """Delete a book that was added by hand. Refused for a book in Audiobookshelf."""

    subject: ClassVar[str] = "rpc.library.delete_book"
    id: BookId
