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
