"""A server that speaks Audiobookshelf's protocol of custom metadata providers: one search, by title and author."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from shared.translatable import translatable

from metadata.adapters.providers.custom.parsing import works
from metadata.adapters.providers.custom.presets import Preset
from metadata.adapters.providers.custom.schema import Answer, Match
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import is_by, readable
from metadata.domain.catalogue import Found

PATH = "/search"
MAX_BYTES = 4 * 2**20
_ANSWER = TypeAdapter(Answer)


class CustomCatalogue:
    """The catalogue of one server, under the name that the settings give it.

    The request is the one that Audiobookshelf sends. Results are not ordered by quality, and some servers ignore the
    author, so results by other authors are left out.
    """

    def __init__(self, name: str, preset: Preset, client: ProviderClient) -> None:
        self.name = name
        self._preset = preset
        self._client = client

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search by title and the first author. Without authors, the title may be words of any field."""
        matches = await self._matches(title, authors[0] if authors else None)
        found = works(self.name.upper(), self._preset, matches)
        return Found([each for each in found if is_by(each.authors, authors)])

    async def check(self) -> str:
        """Send a small search, even while requests are paused."""
        await self._matches("a", None, probe=True)
        return translatable("systems.answers", "the catalogue answers")

    async def _matches(self, title: str, author: str | None, *, probe: bool = False) -> list[Match]:
        params = {"mediaType": "book", "query": title} | ({"author": author} if author else {})
        answer = await self._client.read(
            "GET", PATH, _ANSWER, probe=probe, params=params, max_bytes=MAX_BYTES, shown_as=PATH
        )
        return readable(self.name, answer.matches, lambda match: match.title)
