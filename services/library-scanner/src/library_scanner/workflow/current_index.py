"""The index of the owned books that comparisons share."""

import asyncio
from uuid import UUID

from shared.contracts.library.books import BookStatus

from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.ports import BookChanges, OwnedBook
from library_scanner.domain.transaction import Transactions

INDEX_LIFETIME_SECONDS = 40.0
"""How long the index of the owned books stays in memory after the last comparison."""
BOOKS_READ_AT_ONCE = 250
"""Reading this many blocks the event loop for about 10 ms."""
BOOKS_INDEXED_AT_ONCE = 8
"""Indexing this many blocks the event loop for about 3 ms. A thread would be worse: it would compete
for the interpreter lock with every call of the loop during the whole time."""
MAX_CHANGED_SHARE = 0.25
"""If a larger share of the books has changed, the whole index is built again."""


class CurrentIndex:
    """Builds the index when it is needed, replaces the books that change, and drops it some time after its last use."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction
        self._index: LibraryIndex | None = None
        self._index_timer: asyncio.TimerHandle | None = None
        self._index_lock = asyncio.Lock()

    async def get(self) -> LibraryIndex:
        """Return the index of the owned books. Only books that changed since the last call are read and indexed.

        The returned index does not change, so that a comparison may use it while others get a newer one.
        """
        async with self._index_lock:
            if self._index_timer is not None:
                self._index_timer.cancel()
            index, self._index = self._index, None  # an error leaves none
            async with self._transaction() as tx:
                changes = await tx.books.changes(None if index is None else index.version)
            if index is None or len(changes.changed) > changes.books * MAX_CHANGED_SHARE or index.has_many_leftovers:
                index = None  # free its memory first
                index = await self._build_index(changes.version)
            else:
                index = await self._update_index(index, changes)
            self._index = index
            self._index_timer = asyncio.get_running_loop().call_later(INDEX_LIFETIME_SECONDS, self._drop_index)
            return index

    async def _build_index(self, version: str) -> LibraryIndex:
        """Read the books page by page: reading a whole library at once would block the event loop for seconds.

        A book that changes meanwhile is read again by the next comparison.
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

    async def _update_index(self, index: LibraryIndex, changes: BookChanges) -> LibraryIndex:
        """Replace the books that changed, and remove those that were deleted."""
        if changes.changed:
            index = index.replaced(changes.version, changes.changed)
        changed = sorted(changes.changed)
        for start in range(0, len(changed), BOOKS_INDEXED_AT_ONCE):
            async with self._transaction() as tx:
                books = await tx.books.described(changed[start : start + BOOKS_INDEXED_AT_ONCE])
            active, archived = (books.get(status, ()) for status in (BookStatus.ACTIVE, BookStatus.ARCHIVED))
            index = index.replaced(changes.version, (), active, archived)
        if index.book_count != changes.books:
            async with self._transaction() as tx:
                index = index.replaced(changes.version, index.ids - await tx.books.indexed_ids())
        return index.replaced(changes.version, ()) if index.version != changes.version else index

    async def _page(self, status: BookStatus, after: UUID | None) -> list[OwnedBook]:
        async with self._transaction() as tx:
            return await tx.books.descriptions(status, after, BOOKS_READ_AT_ONCE)

    def _drop_index(self) -> None:
        self._index = self._index_timer = None
