"""The list of all books, which programs for Readarr request every few seconds whatever its size."""

import asyncio
import time
import zlib
from collections.abc import AsyncIterator, Callable

LARGE = 500
"""Books that are read anew each time. A longer list is kept."""
KEPT_SECONDS = 300.0


class BookList:
    """All books as the pieces of a JSON array. It is read once for all that request it at the same time.

    A long list is read at most once in `KEPT_SECONDS`, and is compressed while it is kept: 50,000 books take about
    three MiB.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._reading: asyncio.Task[list[bytes]] | None = None
        self._kept_until = 0.0

    async def pieces(self, pages: Callable[[], AsyncIterator[list[str]]]) -> AsyncIterator[bytes]:
        """Read the books from `pages`, each the JSON objects of some books, or take what is kept.

        Raises what reading them raises. It goes on if the caller goes away, for the next one.
        """
        if self._reading is None or (self._reading.done() and self._monotonic() >= self._kept_until):
            self._reading = asyncio.create_task(self._read(pages()))
        return _decompressed(await asyncio.shield(self._reading))

    async def _read(self, pages: AsyncIterator[list[str]]) -> list[bytes]:
        self._kept_until = 0.0
        pieces: list[bytes] = []
        books = 0
        async for page in pages:
            if page:
                pieces.append(zlib.compress((("," if books else "[") + ",".join(page)).encode()))
                books += len(page)
        pieces.append(zlib.compress(b"]" if books else b"[]"))
        if books > LARGE:
            self._kept_until = self._monotonic() + KEPT_SECONDS
        return pieces


async def _decompressed(pieces: list[bytes]) -> AsyncIterator[bytes]:
    for each in pieces:
        yield zlib.decompress(each)
