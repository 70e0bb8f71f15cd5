"""The library's books, asked over the bus."""

from collections.abc import Sequence

from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound
from shared.contracts.library.books import Book, GetBook, GetBooks, ListBooks
from shared.contracts.page import Page
from shared.contracts.values import BookId


class LibraryOverBus:
    """Raises `ServiceAway` while the library's service does not answer."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def book(self, book_id: BookId) -> Book | None:
        """One book, None when there is none of this id."""
        try:
            return await self._bus.ask(GetBook(id=book_id))
        except NotFound:
            return None

    async def books_by_id(self, book_ids: Sequence[BookId]) -> list[Book]:
        """Those of these books that the library knows."""
        return await self._bus.ask(GetBooks(ids=list(book_ids)))

    async def books(self, asked: ListBooks) -> Page[Book]:
        return await self._bus.ask(asked)
