"""Goodreads' suggestions: the only search of the site that answers programs without a challenge.

The site has no API for new programs and protects its pages by challenges. No other page is read. At the first challenge
requests stop for hours (`block_pages.py`).
"""

from collections.abc import Sequence

from pydantic import TypeAdapter
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.translatable import translatable

from metadata.adapters.providers.goodreads.parsing import names_book, works
from metadata.adapters.providers.goodreads.schema import Suggestion
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import is_by, readable, surname
from metadata.domain.catalogue import Found

NAME = "goodreads"
SUGGESTIONS = "/book/auto_complete"
MAX_BYTES = 2 * 2**20
MAX_SUGGESTIONS = 20
_MANY = TypeAdapter(list[Suggestion])


class Goodreads:
    """The works that the search field suggests. About five are listed for a query."""

    name = NAME

    def __init__(self, client: ProviderClient) -> None:
        self._client = client

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search by title; with the first author's surname if other authors have all the books of that title."""
        found = [each for each in await self._suggested(title) if is_by(each.authors, authors)]
        if not found and authors:
            found = [
                each for each in await self._suggested(f"{title} {surname(authors[0])}") if is_by(each.authors, authors)
            ]
        return Found(found)

    async def check(self) -> str:
        """Send a small request. While Goodreads sends challenges, none is sent."""
        await self._suggested("a", probe=True)
        return translatable("systems.answers", "the suggestions answer")

    async def _suggested(self, query: str, *, probe: bool = False) -> list[CataloguedWork]:
        params = {"format": "json", "q": query}
        suggestions = await self._client.read(
            "GET", SUGGESTIONS, _MANY, probe=probe, params=params, max_bytes=MAX_BYTES
        )
        return works(readable(NAME, suggestions[:MAX_SUGGESTIONS], names_book))
