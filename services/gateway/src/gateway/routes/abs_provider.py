"""/api/abs-provider: Gapless as a custom metadata provider of Audiobookshelf

Audiobookshelf 2.36 sends `GET <url>/search?mediaType=book&query=&author=&isbn=` with the header `Authorization` as it
was typed, and waits ten seconds. So its URL is that of Gapless with `/api/abs-provider`, and its authorization value is
an API key.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from shared.contracts.metadata.editions import FindEditions, FoundEdition
from shared.contracts.values import PossiblyEmpty, Words

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/abs-provider", tags=["metadata"], responses=problems())


class ProviderSearch(BaseModel):
    """What Audiobookshelf sends. Parameters that later versions may add are ignored."""

    model_config = ConfigDict(populate_by_name=True)

    query: Words = Field(description="the title")
    author: PossiblyEmpty = ""
    isbn: PossiblyEmpty = ""
    media_type: Literal["book", "podcast"] = Field("book", alias="mediaType")


class MatchedSeries(BaseModel):
    """A series and the position in it."""

    series: str
    sequence: str | None = None


class AbsMatch(BaseModel):
    """One edition, with the field names of Audiobookshelf."""

    title: str
    subtitle: str | None = None
    author: str | None = Field(None, description="separated by commas")
    narrator: str | None = Field(None, description="separated by commas")
    publisher: str | None = None
    published_year: str | None = Field(None, serialization_alias="publishedYear")
    description: str | None = None
    cover: str | None = Field(None, description="the address of a picture")
    isbn: str | None = None
    asin: str | None = None
    genres: list[str] = []
    series: list[MatchedSeries] = []
    language: str | None = None
    duration: int | None = Field(None, description="in minutes")


class AbsMatches(BaseModel):
    """The answer of a custom metadata provider."""

    matches: list[AbsMatch]


@router.get("/search", summary="Search editions for Audiobookshelf")
async def search_for_audiobookshelf(bus: BusDep, search: Annotated[ProviderSearch, Query()]) -> AbsMatches:
    """The editions of a book, merged from all providers, best first. Audiobookshelf calls this for its *Match*.

    Add it there as a custom metadata provider, with this address without `/search`, and an API key with the scope
    `read` as its authorization value. Editions that are not surely the book are left out. Podcasts have no matches.
    """
    if search.media_type != "book":
        return AbsMatches(matches=[])
    found = await bus.ask(FindEditions(title=search.query, author=search.author, isbn=search.isbn))
    return AbsMatches(matches=[_match(each) for each in found.editions])


def _match(edition: FoundEdition) -> AbsMatch:
    return AbsMatch(
        title=edition.title,
        subtitle=edition.subtitle,
        author=", ".join(edition.authors) or None,
        narrator=", ".join(edition.narrators) or None,
        publisher=edition.publisher,
        published_year=edition.published_year,
        description=edition.description,
        cover=edition.cover,
        isbn=edition.isbn,
        asin=edition.asin,
        genres=edition.genres,
        series=[MatchedSeries(series=each.name, sequence=each.sequence) for each in edition.series],
        language=edition.language,
        duration=edition.duration_minutes,
    )
