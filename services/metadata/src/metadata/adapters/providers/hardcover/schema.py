"""Hardcover's responses, with its field names."""

from typing import Any

from pydantic import BaseModel, field_validator
from pydantic_core import from_json

from metadata.adapters.providers.lenient_fields import Day, Flag, Items, Text, Whole


class Named(BaseModel):
    """An author or a publisher."""

    name: Text = None


class Language(BaseModel):
    """The language of an edition, by its English name."""

    language: Text = None


class Contribution(BaseModel):
    """A person's role in a book or edition. No role means author."""

    contribution: Text = None
    author: Named | None = None


class Series(BaseModel):
    """A series."""

    id: int
    name: Text = None


class Membership(BaseModel):
    """A book's position in a series: a number, and a text if it spans several ("1-3")."""

    position: float | None = None
    details: Text = None
    compilation: Flag = False
    series: Series | None = None


class Edition(BaseModel):
    """Reading formats: 1 print, 2 audio, 3 both, 4 e-book."""

    id: int
    title: Text = None
    asin: Text = None
    isbn_10: Text = None
    isbn_13: Text = None
    reading_format_id: Whole = None
    audio_seconds: Whole = None
    release_date: Day = None
    users_count: Whole = None
    cached_image: Any = None
    publisher: Named | None = None
    language: Language | None = None
    contributions: Items[Contribution] = []


class Book(BaseModel):
    """A work, with the editions that the query selected."""

    id: int
    title: Text = None
    subtitle: Text = None
    description: Text = None
    release_date: Day = None
    users_count: Whole = None
    compilation: Flag = False
    audio_seconds: Whole = None
    cached_tags: Any = None
    cached_image: Any = None
    contributions: Items[Contribution] = []
    book_series: Items[Membership] = []
    default_audio_edition: Edition | None = None
    editions: Items[Edition] = []


class Books(BaseModel):
    """A page of books."""

    books: list[Book]


class Document(BaseModel):
    """A search result: a book, a series or an author."""

    id: Whole = None
    name: Text = None
    author_name: Text = None
    alternate_names: Items[str] = []
    books: Items[str] = []


class Hit(BaseModel):
    """One hit of a search."""

    document: Document


class Results(BaseModel):
    """The hits of a search."""

    hits: Items[Hit] = []


class SearchOutput(BaseModel):
    """`ids` is null if the search was not run, whatever the status is."""

    error: Text = None
    ids: list[int] | None = None
    results: Results | None = None

    @field_validator("results", mode="before")
    @classmethod
    def _as_object(cls, value: Any) -> Any:
        """Older servers send JSON inside a string."""
        return from_json(value) if isinstance(value, str) and value.strip() else value or None


class Search(BaseModel):
    """The response to a search."""

    search: SearchOutput


class Complaint(BaseModel):
    """An error of a GraphQL response."""

    message: Text = None


class Answer(BaseModel):
    """A GraphQL response. Failures have status 200 too."""

    data: dict[str, Any] | None = None
    errors: Items[Complaint] = []
    error: Text = None
