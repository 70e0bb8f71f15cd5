"""Fetches scaled covers from Audiobookshelf, one at a time, and keeps the last used ones in memory.

Audiobookshelf stores each size on its own disk, so a cover that is not in memory costs little. The key of a cover
changes with its item, so no replica keeps an outdated one.
"""

import asyncio
from collections import OrderedDict

from shared.chassis.errors import RemoteUnavailable

from library_scanner.domain.cover_images import CoverScaler, ItemCover
from library_scanner.domain.item import CoverFile

CACHE_BYTES = 16 * 2**20
"""About 2,000 covers of 192 pixels."""
FETCH_SECONDS = 8.0
"""For one cover, including the wait for those before it. The caller waits a little longer."""


class CoverImages:
    """The covers of items, each in a few widths."""

    def __init__(
        self, library: CoverScaler, *, cache_bytes: int = CACHE_BYTES, fetch_seconds: float = FETCH_SECONDS
    ) -> None:
        self._library = library
        self._cache_bytes = cache_bytes
        self._fetch_seconds = fetch_seconds
        self._cached: OrderedDict[str, CoverFile] = OrderedDict()
        self._bytes = 0
        self._one_at_a_time = asyncio.Lock()

    async def get(self, cover: ItemCover, width: int) -> CoverFile | None:
        """Return a cover that is scaled to a width in pixels, or None if Audiobookshelf has none.

        Raises `RemoteUnavailable` if it is not here in time, and other subclasses of `RemoteError`.
        """
        version = cover.version(width)
        if (cached := self._used(version)) is not None:
            return cached
        try:
            async with asyncio.timeout(self._fetch_seconds), self._one_at_a_time:
                if (cached := self._used(version)) is not None:  # fetched while this one waited
                    return cached
                fetched = await self._library.scaled_cover(cover.abs_id, width)
        except TimeoutError as error:
            raise RemoteUnavailable("Audiobookshelf", "the cover was not sent in time") from error
        if fetched is not None:
            self._keep(version, fetched)
        return fetched

    def _used(self, version: str) -> CoverFile | None:
        if version in self._cached:
            self._cached.move_to_end(version)
        return self._cached.get(version)

    def _keep(self, version: str, fetched: CoverFile) -> None:
        self._cached[version] = fetched
        self._bytes += len(fetched.content)
        while self._bytes > self._cache_bytes:
            _, dropped = self._cached.popitem(last=False)
            self._bytes -= len(dropped.content)
