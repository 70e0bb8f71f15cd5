"""The library's books, requested over the bus."""

from collections.abc import Sequence

from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound
from shared.contracts.library.books import Book, GetBook, GetBooks, ListBooks, SearchBooks
from shared.contracts.page import Page
from shared.contracts.values import BookId


class LibraryClient:
    """Every method raises `ServiceUnavailable` while the library service does not answer."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def book(self, book_id: BookId) -> Book | None:
        """One book; None if it does not exist."""
        try:
            return await self._bus.ask(GetBook(id=book_id))
        except NotFound:
            return None

    async def books_by_id(self, book_ids: Sequence[BookId]) -> list[Book]:
        """The books that exist, in any order."""
        return await self._bus.ask(GetBooks(ids=list(book_ids)))

    async def books(self, request: ListBooks) -> Page[Book]:
        """One page of books."""
        return await self._bus.ask(request)

    async def search(self, query: str, at_most: int) -> list[Book]:
        """The books that match words of any field, best first."""
        return (await self._bus.ask(SearchBooks(query=query, limit=at_most))).items
