"""Answers lists, lookups and searches of books, series, authors and missing books."""

from collections.abc import Awaitable
from typing import ClassVar, TypeVar

from shared.chassis.errors import Refused
from shared.contracts.library.authors import (
    Author,
    GetAuthor,
    KnownAuthor,
    ListAuthorLetters,
    ListAuthors,
    LookUpAuthors,
    SearchAuthors,
)
from shared.contracts.library.books import (
    Book,
    GetBook,
    GetBooks,
    ListBookFolders,
    ListBookLetters,
    ListBooks,
    SampleBookPaths,
    SearchBooks,
)
from shared.contracts.library.letters import Letters
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBook
from shared.contracts.library.series import GetSeries, ListSeries, ListSeriesLetters, SearchSeries, Series
from shared.contracts.page import Page

from library_scanner.domain.refusals import UnknownSort
from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.lookups import require

ItemT = TypeVar("ItemT")

MAX_PATHS_SAMPLED = 500


class SortRefused(Refused):
    """The list cannot be sorted by this field."""

    code: ClassVar[str] = UnknownSort.code
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Unknown sort"


class ListLibraryHandlers:
    """Reads in read-only transactions. A search needs a writable one because it changes settings of the transaction.

    Lists raise `SortRefused` for a field that they cannot be sorted by; lookups raise `NotFound`.
    """

    def __init__(self, read_only: Transactions, transaction: Transactions) -> None:
        self._read_only = read_only
        self._transaction = transaction

    async def list_books(self, request: ListBooks) -> Page[Book]:
        """Return a page of books that match the filters."""
        async with self._read_only() as tx:
            return await _sorted(tx.lists.books(request))

    async def list_book_letters(self, request: ListBookLetters) -> Letters:
        """Return where each first letter begins among the books that match the filters, sorted by title."""
        async with self._read_only() as tx:
            return await tx.lists.book_letters(request)

    async def get_book(self, request: GetBook) -> Book:
        """Return one book."""
        async with self._read_only() as tx:
            return require(await tx.lists.book(request.id), f"book {request.id}")

    async def get_books(self, request: GetBooks) -> list[Book]:
        """Return the books with these ids; unknown ids are skipped."""
        async with self._read_only() as tx:
            return await tx.lists.books_by_id(request.ids)

    async def list_book_folders(self, request: ListBookFolders) -> list[str]:
        """Return those of the paths that are the folder of a book."""
        async with self._read_only() as tx:
            return await tx.lists.book_folders(request.paths)

    async def sample_book_paths(self, _request: SampleBookPaths) -> list[str]:
        """Return up to `MAX_PATHS_SAMPLED` paths of books, in random but stable order."""
        async with self._read_only() as tx:
            return await tx.lists.sample_paths(MAX_PATHS_SAMPLED)

    async def search_books(self, request: SearchBooks) -> Page[Book]:
        """Return a page of books, the best match first."""
        async with self._transaction() as tx:
            return await tx.search.books(request)

    async def search_authors(self, request: SearchAuthors) -> Page[Author]:
        """Return a page of authors, the best match first."""
        async with self._transaction() as tx:
            return await tx.search.authors(request)

    async def search_series(self, request: SearchSeries) -> Page[Series]:
        """Return a page of series, the best match first."""
        async with self._transaction() as tx:
            return await tx.search.series(request)

    async def list_authors(self, request: ListAuthors) -> Page[Author]:
        """Return a page of authors."""
        async with self._read_only() as tx:
            return await _sorted(tx.lists.authors(request))

    async def list_author_letters(self, request: ListAuthorLetters) -> Letters:
        """Return where each first letter begins among the authors that match the filters, sorted by name."""
        async with self._read_only() as tx:
            return await tx.lists.author_letters(request)

    async def get_author(self, request: GetAuthor) -> Author:
        """Return one author."""
        async with self._read_only() as tx:
            return require(await tx.lists.author(request.id), f"author {request.id}")

    async def look_up_authors(self, request: LookUpAuthors) -> list[KnownAuthor]:
        """Return what the library has of the author with each name."""
        async with self._read_only() as tx:
            return await tx.lists.authors_by_name(request.names)

    async def list_series(self, request: ListSeries) -> Page[Series]:
        """Return a page of series."""
        async with self._read_only() as tx:
            return await _sorted(tx.lists.series(request))

    async def list_series_letters(self, request: ListSeriesLetters) -> Letters:
        """Return where each first letter begins among the series that match the filters, sorted by name."""
        async with self._read_only() as tx:
            return await tx.lists.series_letters(request)

    async def get_series(self, request: GetSeries) -> Series:
        """Return one series."""
        async with self._read_only() as tx:
            return require(await tx.lists.one_series(request.id), f"series {request.id}")

    async def list_missing_books(self, request: ListMissingBooks) -> Page[MissingBook]:
        """Return a page of missing books that match the filters."""
        async with self._read_only() as tx:
            return await _sorted(tx.lists.missing_books(request))

    async def get_missing_book(self, request: GetMissingBook) -> MissingBook:
        """Return one missing book."""
        async with self._read_only() as tx:
            return require(await tx.lists.missing_book(request.id), f"missing book {request.id}")


async def _sorted(page: Awaitable[Page[ItemT]]) -> Page[ItemT]:
    try:
        return await page
    except UnknownSort as unknown:
        raise SortRefused(unknown.detail) from unknown
