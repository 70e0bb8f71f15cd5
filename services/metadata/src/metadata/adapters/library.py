"""The library's books, requested over the bus."""

from collections.abc import Sequence
from uuid import UUID

from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound
from shared.contracts.library.authors import KnownAuthor, LookUpAuthors
from shared.contracts.library.books import Book, GetBook, GetBooks, ListBooks, SearchBooks
from shared.contracts.library.listed_works import (
    AddedWork,
    AddListedWorks,
    KnownWork,
    ListedWork,
    LookUpWorks,
    WithdrawListedWorks,
)
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

    async def authors_by_name(self, names: Sequence[str]) -> list[KnownAuthor]:
        """What the library has of the author with each name, in their order."""
        return await self._bus.ask(LookUpAuthors(names=list(names)))

    async def look_up(self, works: Sequence[ListedWork]) -> list[KnownWork]:
        """What the library knows of each work, in their order."""
        return await self._bus.ask(LookUpWorks(works=list(works)))

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        """Make missing books of the works that the library lacks."""
        return await self._bus.ask(request)

    async def withdraw(self, request: WithdrawListedWorks) -> list[UUID]:
        """Close missing books that a list no longer names, and return the ids of the closed ones."""
        return await self._bus.ask(request)
