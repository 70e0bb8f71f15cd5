"""Finds what a person decided about a book, also after its item was removed and imported again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from shared.contracts.library.books import Book, BookStatus
from shared.contracts.metadata.matches import Match, MatchDecided
from shared.contracts.metadata.refreshes import RefreshBook
from shared.contracts.values import MatchDecision

from metadata.domain.matches import StoredMatch
from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions, Work


class DecidedMatches:
    """Reads the decisions. A book whose item replaces an earlier one takes over the decision about that item.

    The same folder shows that it does, or the same ASIN if the earlier book is no longer in the library.
    """

    def __init__(self, transaction: Transactions, library: Library) -> None:
        self._transaction = transaction
        self._library = library

    async def of_books(self, books: Sequence[Book]) -> Mapping[UUID, Match]:
        """The decisions by book. Raises `ServiceUnavailable` if the library is needed and does not answer."""
        if not books:
            return {}
        async with self._transaction() as tx:
            near = await tx.matches.near(books)
        found = {book.id: each for book in books for each in near if each.is_about(book)}
        returned: dict[UUID, StoredMatch] = {}
        for book in books:
            earlier = None if book.id in found else await self._earlier(book, near)
            if earlier is not None:
                returned[book.id] = earlier
        moved = {book.id: each for book in books if (each := found.get(book.id)) and each.path != book.path}
        if returned or moved:
            async with self._transaction() as tx:
                by_id = {book.id: book for book in books}
                for book_id, each in moved.items():
                    await tx.matches.move(each.match, by_id[book_id])
                for book_id, each in returned.items():
                    await self._take_over(tx, each.match, by_id[book_id])
        return {
            book_id: each.match.model_copy(update={"book_id": book_id}) for book_id, each in (found | returned).items()
        }

    async def _earlier(self, book: Book, near: Sequence[StoredMatch]) -> StoredMatch | None:
        """The decision about the item that the book replaces. Of the items of one folder, only one book is active."""
        if book.status is not BookStatus.ACTIVE:
            return None
        same_folder = next((each for each in near if each.has_folder_of(book)), None)
        if same_folder is not None:
            return same_folder
        for each in near:
            if each.has_asin_of(book) and await self._is_gone(each.match.book_id):
                return each
        return None

    async def _is_gone(self, book_id: UUID) -> bool:
        earlier = await self._library.book(book_id)
        return earlier is None or earlier.status is BookStatus.ARCHIVED

    async def _take_over(self, tx: Work, match: Match, book: Book) -> None:
        """The new item has its own tags, so the values of a decided edition are written to it again."""
        if not await tx.matches.move(match, book):
            return
        tx.announce(MatchDecided(book_id=book.id, decision=match.decision))
        if match.decision is not MatchDecision.UNMATCHED:
            tx.send(RefreshBook(book_id=book.id))
