"""The editions of a work that the providers know, each merged into one record."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import Confidence, PossiblyEmpty, SeriesPlace, Words


class FoundEdition(Model):
    """One edition, with the values that the entries of all providers together give it."""

    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    duration_minutes: int | None = None
    description: str | None = None
    genres: list[str] = []
    cover: str | None = Field(None, description="the address of a cover")
    confidence: Confidence = Field(description="how sure it is that this is the book that was asked for")
    providers: list[str] = Field(description="the providers that list this edition")


class EditionsFound(Model):
    """The editions, best first. `failures` names the providers that failed or took too long, and why."""

    editions: list[FoundEdition]
    failures: dict[str, str] = {}


class FindEditions(Request[EditionsFound]):
    """Search all providers for a book. Editions that are surely another work are left out."""

    subject: ClassVar[str] = "rpc.metadata.find_editions"
    timeout_seconds: ClassVar[float] = 9.0
    title: Words
    author: PossiblyEmpty = Field("", description="empty: unknown")
    isbn: PossiblyEmpty = Field("", description="empty: unknown; an invalid one is ignored")


class EditionChapter(Model):
    """A chapter of an edition: its title, and its start in milliseconds from the beginning."""

    title: str
    start_ms: int = Field(ge=0)


class ChapterList(Model):
    """The chapters of an edition as one provider lists them."""

    provider: str
    seconds: float = Field(description="the whole length of the chapters")
    chapters: list[EditionChapter]


class FoundChapters(Model):
    """The chapters of an edition, once for each provider that lists them."""

    lists: list[ChapterList] = []


class FindChapters(Request[FoundChapters]):
    """Get the chapters of the edition with an ASIN from the providers. A provider that fails is left out."""

    subject: ClassVar[str] = "rpc.metadata.find_chapters"
    timeout_seconds: ClassVar[float] = 60.0
    asin: Words
    language: Words | None = Field(None, description="the marketplaces of this language are asked first")


class FoundCover(Model):
    """A cover of a book, or null."""

    provider: str | None = None
    media_type: str | None = Field(None, examples=["image/jpeg"])
    content: str | None = Field(None, description="the picture in base64")


class FindCover(Request[FoundCover]):
    """Fetch the cover that would be chosen for a book without a cover. Null: there is none, or covers are off."""

    subject: ClassVar[str] = "rpc.metadata.find_cover"
    timeout_seconds: ClassVar[float] = 60.0
    title: Words
    authors: list[Words] = Field([], max_length=20)
    narrators: list[Words] = Field([], max_length=20)
    asin: Words | None = None
    isbn: Words | None = None
    language: Words | None = None
    duration_minutes: int | None = Field(None, ge=1)
