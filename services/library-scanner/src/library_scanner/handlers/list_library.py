"""Lists and single views."""

from collections.abc import Awaitable
from typing import ClassVar, TypeVar

from shared.chassis.errors import NotFound, Refused
from shared.contracts.library.authors import Author, GetAuthor, ListAuthors, SearchAuthors
from shared.contracts.library.books import (
    Book,
    GetBook,
    GetBooks,
    ListBookFolders,
    ListBooks,
    SampleBookPaths,
    SearchBooks,
)
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBook
from shared.contracts.library.series import GetSeries, ListSeries, SearchSeries, Series
from shared.contracts.page import Page

from library_scanner.domain.ports import Transactions
from library_scanner.domain.refusals import UnknownSort

Shown = TypeVar("Shown")


MOST_PATHS_SAMPLED = 500


class SortRefused(Refused):
    """The list cannot be sorted so."""

    code: ClassVar[str] = UnknownSort.code
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Unknown sort"


class Reading:
    """Answers what the library holds and lacks; a search needs a transaction, for what it sets within one."""

    def __init__(self, reading: Transactions, transaction: Transactions) -> None:
        self._reading = reading
        self._transaction = transaction

    async def list_books(self, asked: ListBooks) -> Page[Book]:
        async with self._reading() as tx:
            return await _sorted(tx.lists.books(asked))

    async def get_book(self, asked: GetBook) -> Book:
        async with self._reading() as tx:
            return _there(await tx.lists.book(asked.id), f"book {asked.id}")

    async def get_books(self, asked: GetBooks) -> list[Book]:
        async with self._reading() as tx:
            return await tx.lists.books_by_id(asked.ids)

    async def list_book_folders(self, asked: ListBookFolders) -> list[str]:
        async with self._reading() as tx:
            return await tx.lists.book_folders(asked.paths)

    async def sample_book_paths(self, _asked: SampleBookPaths) -> list[str]:
        async with self._reading() as tx:
            return await tx.lists.sample_of_paths(MOST_PATHS_SAMPLED)

    async def search_books(self, asked: SearchBooks) -> Page[Book]:
        async with self._transaction() as tx:
            return await tx.searching.books(asked)

    async def search_authors(self, asked: SearchAuthors) -> Page[Author]:
        async with self._transaction() as tx:
            return await tx.searching.authors(asked)

    async def search_series(self, asked: SearchSeries) -> Page[Series]:
        async with self._transaction() as tx:
            return await tx.searching.series(asked)

    async def list_authors(self, asked: ListAuthors) -> Page[Author]:
        async with self._reading() as tx:
            return await _sorted(tx.lists.authors(asked))

    async def get_author(self, asked: GetAuthor) -> Author:
        async with self._reading() as tx:
            return _there(await tx.lists.author(asked.id), f"author {asked.id}")

    async def list_series(self, asked: ListSeries) -> Page[Series]:
        async with self._reading() as tx:
            return await _sorted(tx.lists.series(asked))

    async def get_series(self, asked: GetSeries) -> Series:
        async with self._reading() as tx:
            return _there(await tx.lists.one_series(asked.id), f"series {asked.id}")

    async def list_missing_books(self, asked: ListMissingBooks) -> Page[MissingBook]:
        async with self._reading() as tx:
            return await _sorted(tx.lists.missing_books(asked))

    async def get_missing_book(self, asked: GetMissingBook) -> MissingBook:
        async with self._reading() as tx:
            return _there(await tx.lists.missing_book(asked.id), f"missing book {asked.id}")


async def _sorted(page: Awaitable[Page[Shown]]) -> Page[Shown]:
    try:
        return await page
    except UnknownSort as unknown:
        raise SortRefused(unknown.detail) from unknown


def _there(found: Shown | None, what: str) -> Shown:
    if found is None:
        raise NotFound(f"the library knows no {what}")
    return found
