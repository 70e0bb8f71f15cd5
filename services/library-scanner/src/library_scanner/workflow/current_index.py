"""The index of the owned books that comparisons share."""

import asyncio
from datetime import datetime
from uuid import UUID

from shared.contracts.library.books import BookStatus

from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.ports import OwnedBook
from library_scanner.domain.transaction import Transactions

INDEX_LIFETIME_SECONDS = 40.0
"""How long the index of the owned books stays in memory after the last comparison."""
BOOKS_READ_AT_ONCE = 250
"""Reading this many blocks the event loop for about 10 ms."""
BOOKS_INDEXED_AT_ONCE = 8
"""Indexing this many blocks the event loop for about 3 ms. A thread would be worse: it would compete
for the interpreter lock with every call of the loop during the whole time."""


class CurrentIndex:
    """Builds the index when it is needed, and drops it some time after its last use."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction
        self._index: LibraryIndex | None = None
        self._index_timer: asyncio.TimerHandle | None = None
        self._index_lock = asyncio.Lock()

    async def get(self) -> LibraryIndex:
        """Return the index of the owned books, from memory if no book has changed since it was built."""
        async with self._index_lock:
            if self._index_timer is not None:
                self._index_timer.cancel()
            async with self._transaction() as tx:
                version = await tx.books.version()
            if self._index is None or self._index.version != version:
                self._index = None
                self._index = await self._build_index(version)
            self._index_timer = asyncio.get_running_loop().call_later(INDEX_LIFETIME_SECONDS, self._drop_index)
            return self._index

    async def _build_index(self, version: tuple[datetime | None, int]) -> LibraryIndex:
        """Read the books page by page: reading a whole library at once would block the event loop for seconds.

        A book that changes meanwhile changes the version too, so the next comparison builds the index again.
        """
        index = LibraryIndex(version)
        for status, add in ((BookStatus.ACTIVE, index.add), (BookStatus.ARCHIVED, index.add_archived)):
            last: UUID | None = None
            while page := await self._page(status, last):
                for place in range(0, len(page), BOOKS_INDEXED_AT_ONCE):
                    add(page[place : place + BOOKS_INDEXED_AT_ONCE])
                    await asyncio.sleep(0)
                last = page[-1].id
        return index

    async def _page(self, status: BookStatus, after: UUID | None) -> list[OwnedBook]:
        async with self._transaction() as tx:
            return await tx.books.descriptions(status, after, BOOKS_READ_AT_ONCE)

    def _drop_index(self) -> None:
        self._index = self._index_timer = None
