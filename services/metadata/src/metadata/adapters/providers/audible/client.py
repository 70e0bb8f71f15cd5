"""Audible's catalogues of several marketplaces.

A book that is sold in one marketplace only is unknown in the others. So the marketplaces of the book's language are
asked first, and another one if they do not know it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability
from shared.translatable import translatable

from metadata.adapters.providers.audible.market import NAME, AudibleMarket
from metadata.adapters.providers.marketplaces import in_order
from metadata.domain.catalogue import Found, SeriesWanted


class Audible:
    """The catalogues of the marketplaces, the home marketplace first.

    An ASIN is looked up in at most `most_markets` of them, until one knows it. A search and a list of works are asked
    for in the first one and, if it finds nothing, at home. Every method raises the `RemoteError` family.
    """

    name = NAME
    identifiers = frozenset({Ability.ASIN})

    def __init__(self, markets: Mapping[str, AudibleMarket], most_markets: int, first: str | None = None) -> None:
        self._markets = markets
        self._most_markets = most_markets
        self._home = next(iter(markets))
        self._first = first or self._home

    def market_for(self, language: str | None) -> str:
        """The marketplace that is asked first about a book in this language."""
        return in_order(list(self._markets), language)[0]

    def in_market(self, market: str) -> "Audible":
        """The same catalogues, with this marketplace first."""
        return Audible(self._markets, self._most_markets, market)

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search as `AudibleMarket.search` does."""
        return await self._first_found(lambda market: market.search(title, authors, sure_author=sure_author))

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> dict[str, list[CataloguedWork]]:
        """Look up ASINs. The catalogue has no lookup by ISBN."""
        found: dict[str, list[CataloguedWork]] = {each: [] for each in asins}
        for market in self._order():
            missing = [asin for asin, entries in found.items() if not entries]
            if not missing:
                break
            found |= await self._markets[market].by_asins(missing)
        return found

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """Every book of the series, in the first marketplace that lists it."""
        return await self._first_found(lambda market: market.series_works(wanted))

    async def author_works(self, name: str) -> Found:
        """Every book by this author, in the first marketplace that lists any."""
        return await self._first_found(lambda market: market.author_works(name))

    async def check(self) -> str:
        """Send a small request to the home marketplace, even while requests are paused."""
        await self._markets[self._home].check()
        return translatable("systems.answers", "the catalogue answers")

    async def _first_found(self, ask: Callable[[AudibleMarket], Awaitable[Found]]) -> Found:
        found = Found()
        for market in dict.fromkeys((self._first, self._home)):
            found = await ask(self._markets[market])
            if found.works:
                break
        return found

    def _order(self) -> list[str]:
        """The first marketplace and the others as listed, at most `most_markets`."""
        return list(dict.fromkeys((self._first, *self._markets)))[: self._most_markets]
