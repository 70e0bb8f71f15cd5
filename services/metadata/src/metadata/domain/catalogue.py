"""A provider's catalogue, and the abilities that it may have.

A catalogue implements `Catalogue` and the protocol of each ability that it has. `abilities_of` reads them from the
methods, so nothing else has to list them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability


@dataclass(frozen=True, slots=True)
class SeriesWanted:
    """A series whose works are requested, with what is known about it."""

    name: str
    authors: Sequence[str] = ()
    known_asins: Sequence[str] = ()
    known_titles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of one edition, in milliseconds from its beginning."""

    title: str
    start_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class AuthorName:
    """An author's name, and the author's own ASIN if it is known."""

    name: str
    asin: str | None = None


@dataclass(frozen=True, slots=True)
class ListedAuthor:
    """An author as a catalogue lists them, with similar authors in its order."""

    name: str
    asin: str
    similar: list[AuthorName] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A provider's answer. `cut` says what was left out of a list that is too long. The answer is valid until
    `believed_until`, which is None if no request was made."""

    works: list[CataloguedWork] = field(default_factory=list)
    cut: str | None = None
    believed_until: datetime | None = None
    chapters: list[Chapter] = field(default_factory=list)
    author: ListedAuthor | None = None


class Catalogue(Protocol):
    """What every catalogue has. Every method raises the `RemoteError` family. An empty answer means "none known"."""

    @property
    def name(self) -> str:
        """Its name in the setting `PROVIDERS`. In capitals, it is the source of entries and corrections."""
        ...

    async def check(self) -> str:
        """Send a small request, even while requests are paused after failures. Return a text for a person."""
        ...


@runtime_checkable
class SearchesTitles(Protocol):
    """Can be searched by title and authors. Raises the `RemoteError` family."""

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Entries whose title has these words, by one of these authors. Without authors, words of any field.

        If that finds nothing, the title may be searched without the author, whose name may have another spelling there.
        With `sure_author`, it is not.
        """
        ...


@runtime_checkable
class LooksUpIdentifiers(Protocol):
    """Can be queried by identifiers: `identifiers` says by which, `Ability.ASIN`, `Ability.ISBN` or both.

    Raises the `RemoteError` family.
    """

    @property
    def identifiers(self) -> frozenset[Ability]:
        """The kinds of identifiers by which it can be queried."""
        ...

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> Mapping[str, list[CataloguedWork]]:
        """The entries with each of these identifiers (at most 50), and other entries of the same book."""
        ...


@runtime_checkable
class HasMarketplaces(Protocol):
    """Has a catalogue for each marketplace. The language of a book decides which one is asked first."""

    def market_for(self, language: str | None) -> str:
        """The marketplace that is asked first about a book in this language."""
        ...

    def in_market(self, market: str) -> "Catalogue":
        """The same catalogue, with this marketplace first."""
        ...


@runtime_checkable
class CopiesAnother(Protocol):
    """Has a copy of another catalogue's data, so it adds nothing to what that one answers."""

    @property
    def origin(self) -> str:
        """The name of the catalogue that it copies."""
        ...


@runtime_checkable
class LimitsLookups(Protocol):
    """Answers fewer identifiers in a request than others: the answers to some are not lost if a later one fails."""

    @property
    def identifiers_at_a_time(self) -> int:
        """The most identifiers of one call of `by_identifiers`."""
        ...


@runtime_checkable
class ListsSeries(Protocol):
    """Knows which works a series has. Raises the `RemoteError` family."""

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """The works of the series. Empty if it is not known."""
        ...


@runtime_checkable
class ListsAuthors(Protocol):
    """Knows which works an author wrote. Raises the `RemoteError` family."""

    async def author_works(self, name: str) -> Found:
        """The works by this author. Empty if none is known."""
        ...


@runtime_checkable
class ListsChapters(Protocol):
    """Knows the chapters of an edition. Raises the `RemoteError` family."""

    async def chapters(self, asin: str, language: str | None = None) -> Found:
        """The chapters in `Found.chapters`. The marketplaces of the language are asked first."""
        ...


@runtime_checkable
class ListsSimilarAuthors(Protocol):
    """Knows which authors are similar to an author. Raises the `RemoteError` family."""

    async def similar_authors(self, name: str) -> Found:
        """The author in `Found.author`; None if the author is not known."""
        ...


_PROTOCOLS: Mapping[Ability, type] = {
    Ability.TITLE: SearchesTitles,
    Ability.SERIES: ListsSeries,
    Ability.AUTHOR: ListsAuthors,
    Ability.CHAPTERS: ListsChapters,
    Ability.SIMILAR_AUTHORS: ListsSimilarAuthors,
}


def abilities_of(catalogue: Catalogue) -> frozenset[Ability]:
    """What the catalogue can be queried for."""
    found = {ability for ability, protocol in _PROTOCOLS.items() if isinstance(catalogue, protocol)}
    return frozenset(found) | (catalogue.identifiers if isinstance(catalogue, LooksUpIdentifiers) else frozenset())
