"""Books, authors and series that a person enters, and what a person may set of any of them."""

from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.library.authors import Author
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import Series
from shared.contracts.message import Request
from shared.contracts.values import AuthorId, BookId, MissingBookId, Sequence, SeriesId, Words


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("must not be blank")
    return words


Name = Annotated[Words, AfterValidator(_one_line)]
"""A title or name: not blank, without spaces around it and never two of them."""

Names = Annotated[list[Name], Field(max_length=50)]
LongText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
MOST_IMPORTED = 1000


class GivenPlace(BaseModel):
    """A series and the place in it, as a person gives it."""

    name: Name
    sequence: Sequence | None = None


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


class AuthorEntry(BaseModel):
    """An author to be followed although the library may have no book of theirs yet."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "L. Frank Baum"}]})

    name: Name
    followed: bool = True


class CreateAuthor(Request[Author]):
    """Enter an author. Refused when there is one of this name."""

    subject: ClassVar[str] = "rpc.library.create_author"
    not_twice: ClassVar[bool] = True
    entry: AuthorEntry


class AuthorUpdate(BaseModel):
    """What is given is set. The name only of an author entered by hand."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"followed": True}]})

    name: Name | None = None
    followed: bool | None = None


class UpdateAuthor(Request[Author]):
    """Follow an author or not, or name one that was entered by hand."""

    subject: ClassVar[str] = "rpc.library.update_author"
    id: AuthorId
    update: AuthorUpdate


class DeleteAuthor(Request[Author]):
    """Forget an author without books, and what is missing by them. Refused while there are books."""

    subject: ClassVar[str] = "rpc.library.delete_author"
    id: AuthorId


class SeriesEntry(BaseModel):
    """A series to be watched although the library may have no book of it yet."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Oz", "authors": ["L. Frank Baum"]}]})

    name: Name
    authors: Annotated[list[Name], Field(min_length=1, max_length=20)]
    monitored: bool = True


class CreateSeries(Request[Series]):
    """Enter a series. Refused when these authors have one of this name."""

    subject: ClassVar[str] = "rpc.library.create_series"
    not_twice: ClassVar[bool] = True
    entry: SeriesEntry


class SeriesUpdate(BaseModel):
    """What is given is set. The name only of a series entered by hand."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"monitored": False}]})

    name: Name | None = None
    monitored: bool | None = None


class UpdateSeries(Request[Series]):
    """Watch a series for gaps or not, or name one that was entered by hand."""

    subject: ClassVar[str] = "rpc.library.update_series"
    id: SeriesId
    update: SeriesUpdate


class DeleteSeries(Request[Series]):
    """Forget a series without books, and what is missing of it. Refused while there are books."""

    subject: ClassVar[str] = "rpc.library.delete_series"
    id: SeriesId


class AuthorStatistics(BaseModel):
    """The figures of one author."""

    owned: int
    missing: int
    total: int | None = None
    completion_percent: float | None = None
    duration_seconds: float = Field(description="playing time of all owned books")
    size_bytes: int
    formats: dict[str, int] = Field(description="books by file format", examples=[{"m4b": 12, "mp3": 3}])


class GetAuthorStatistics(Request[AuthorStatistics]):
    """Figures of what the library holds and lacks of one author."""

    subject: ClassVar[str] = "rpc.library.get_author_statistics"
    id: AuthorId
