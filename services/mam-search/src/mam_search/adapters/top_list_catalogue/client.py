"""An external catalogue of top lists, which speaks the protocol in docs/top-lists.md."""

from collections.abc import Sequence

from pydantic import BaseModel, Field, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.chassis.http import Remote
from shared.contracts.mam.top_lists import Genre, TopListEntry
from shared.contracts.values import SeriesPlace

from mam_search.adapters.mam.values import shown_text

SYSTEM = "top list catalogue"
MAX_BYTES = 2**20
MOST_GENRES, MOST_BOOKS, MOST_NAMES = 1_000, 100, 100


class _Genre(BaseModel):
    id: str = Field(max_length=100)
    name: str = Field(max_length=200)


class _Genres(BaseModel):
    genres: list[_Genre]


class _Place(BaseModel):
    name: str
    sequence: str | None = None


class _Book(BaseModel):
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[_Place] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None


class _Books(BaseModel):
    books: list[_Book]


_GENRES, _BOOKS = TypeAdapter(_Genres), TypeAdapter(_Books)


class TopListCatalogue:
    """Reads its genres and its list of each genre for one time span, such as `week`."""

    def __init__(self, remote: Remote, span: str) -> None:
        self._remote = remote
        self._span = span

    async def top(self, genre: Genre) -> list[TopListEntry] | None:
        """Its top list of the genre with this name, in any case; None if it has no such genre.

        Raises the `RemoteError` family.
        """
        known = (await self._remote.json("GET", "/genres", _GENRES)).genres[:MOST_GENRES]
        found = next((each.id for each in known if each.name.strip().casefold() == genre.name.casefold()), None)
        if found is None:
            return None
        query = {"genre": found, "span": self._span, "limit": str(genre.top10_count)}
        answer = await self._remote.json("GET", "/top", _BOOKS, params=query)
        entries = [_entry(book) for book in answer.books[:MOST_BOOKS] if book.title.strip()]
        if answer.books and not entries:
            raise RemoteAnsweredNonsense(SYSTEM, "none of its books has a title")
        return entries


def _entry(book: _Book) -> TopListEntry:
    places = [(shown_text(each.name, 200), shown_text(each.sequence, 60)) for each in book.series[:30]]
    return TopListEntry(
        rank=0,
        title=shown_text(book.title),
        authors=_names(book.authors),
        narrators=_names(book.narrators),
        series=[SeriesPlace(name=name, sequence=sequence or None) for name, sequence in places if name],
        isbn=shown_text(book.isbn, 20) or None,
        asin=shown_text(book.asin, 20) or None,
        language=shown_text(book.language, 60) or None,
    )


def _names(names: Sequence[str]) -> list[str]:
    return [name for each in names[:MOST_NAMES] if (name := shown_text(each, 200))]
