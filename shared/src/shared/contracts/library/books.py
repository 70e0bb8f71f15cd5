"""Books: what the library holds."""

from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, computed_field

from shared.contracts.library.entered_values import GivenPlace, LongText, Name, Names
from shared.contracts.message import Event, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import (
    BookId,
    Moment,
    SeriesPlace,
    Words,
)


class BookStatus(StrEnum):
    ACTIVE = "active"
    DUPLICATE = "duplicate"
    ARCHIVED = "archived"


class Book(BaseModel):
    """One item of the library, or a book entered by hand that is owned elsewhere."""

    id: BookId
    abs_id: str | None = Field(None, description="id in Audiobookshelf; none for a book entered by hand")
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = Field([], description="as Audiobookshelf has it, completed from title and folder")
    series_evidence: str | None = Field(
        None, description="where a series or place was read that Audiobookshelf does not give"
    )
    series_in_abs: list[SeriesPlace] = Field(
        [], description="what Audiobookshelf itself gives, where `series_evidence` says that `series` holds more"
    )
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    genres: list[str] = []
    tags: list[str] = []
    duration_seconds: float | None = None
    size_bytes: int | None = None
    format: str | None = Field(None, description="ending of its audio files, without the dot", examples=["m4b"])
    abridged: bool = False
    path: str = Field(description="below the library folder; empty for a book entered by hand")
    contents: list[str] = Field(
        [], description="books that lie within this one item: a folder (ends with /) or a file of each, below its path"
    )
    status: BookStatus = BookStatus.ACTIVE
    files_missing_since: Moment | None = Field(
        None, description="since when Audiobookshelf shows it without its files; it counts as owned for some days more"
    )
    metadata_source: dict[str, str] = Field({}, description="which source gave which field; MANUAL was set by a person")
    last_metadata_update_at: Moment | None = None
    added_at: Moment
    updated_at: Moment

    @computed_field  # type: ignore[prop-decorator]
    @property
    def completeness_percent(self) -> int:
        """How many of title, authors, narrators, year, language, description and ASIN or ISBN are told, 0 to 100."""
        told = (self.title, self.authors, self.narrators, self.published_year, self.language, self.description)
        there = [*map(bool, told), bool(self.asin or self.isbn)]
        return 100 * sum(there) // len(there)


class ListBooks(Request[Page[Book]]):
    """Books in the library, newest first unless told."""

    subject: ClassVar[str] = "rpc.library.list_books"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-added_at"
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


class SearchBooks(Request[Page[Book]]):
    """Books by words of title, author, series or narrator, or by ISBN or ASIN; the best first.

    Typos, accents and the order of words do not matter. No more than 200 are ranked and counted.
    """

    subject: ClassVar[str] = "rpc.library.search_books"
    query: Words = Field(examples=["frank baum wizzard"])
    limit: Limit = 50
    offset: Offset = 0
    status: BookStatus | None = BookStatus.ACTIVE


class GetBook(Request[Book]):
    """One book."""

    subject: ClassVar[str] = "rpc.library.get_book"
    id: BookId


class GetBooks(Request[list[Book]]):
    """Several books by id, those that exist, in no order."""

    subject: ClassVar[str] = "rpc.library.get_books"
    ids: list[BookId] = Field(max_length=500)


class ListBookFolders(Request[list[str]]):
    """Which of these folders are books of the library: what is put below one becomes part of that book."""

    subject: ClassVar[str] = "rpc.library.list_book_folders"
    paths: list[str] = Field(max_length=50, description="below the library folder")


class SampleBookPaths(Request[list[str]]):
    """Where books are that Audiobookshelf shows with their files: up to 500 paths from all over the library."""

    subject: ClassVar[str] = "rpc.library.sample_book_paths"


class BookAppeared(Event):
    """The library holds a book that it did not hold before."""

    subject: ClassVar[str] = "evt.library.book_appeared"
    book: Book


class BookChanged(Event):
    """A book's description changed in Audiobookshelf, by somebody else than us. `fields` names what."""

    subject: ClassVar[str] = "evt.library.book_changed"
    book: Book
    fields: list[str]


class BookVanished(Event):
    """Audiobookshelf no longer shows a book: it is archived, not deleted."""

    subject: ClassVar[str] = "evt.library.book_vanished"
    book_id: BookId


class BookEntry(BaseModel):
    """A book owned elsewhere: it counts as owned, so that it is never searched for."""

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
    duration_seconds: float | None = Field(None, ge=0, le=36_000_000)
    size_bytes: int | None = Field(None, ge=0, le=2**50)
    abridged: bool = False


class CreateBook(Request[Book]):
    """Enter a book by hand. Refused when the library has it already."""

    subject: ClassVar[str] = "rpc.library.create_book"
    not_twice: ClassVar[bool] = True
    entry: BookEntry


class BookUpdate(BaseModel):
    """What is given is set, what is left out stays. Of a book of Audiobookshelf only `status` can be set here."""

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
    duration_seconds: float | None = Field(None, ge=0, le=36_000_000)
    size_bytes: int | None = Field(None, ge=0, le=2**50)
    abridged: bool | None = None


class UpdateBook(Request[Book]):
    """Set the `given` fields of a book: every field of one entered by hand, `status` of one of Audiobookshelf."""

    subject: ClassVar[str] = "rpc.library.update_book"
    id: BookId
    update: BookUpdate
    given: list[str] = Field(description="names of the fields that were given")


class DeleteBook(Request[Book]):
    """Forget a book that was entered by hand. Refused for a book of Audiobookshelf."""

    subject: ClassVar[str] = "rpc.library.delete_book"
    id: BookId
