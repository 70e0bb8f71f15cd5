"""The library returns the books that the benchmark seeds."""

from collections.abc import AsyncIterator, Callable

import pytest
from bench.gap_seeding import seed_gaps
from bench.invented_library import invented_books
from bench.seeding import seed
from harness.plugin import FreshDatabase
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.adapters.postgres.transaction import LibraryTransaction
from library_scanner.app import SPEC
from library_scanner.handlers.list_library import ListLibraryHandlers
from shared.chassis.database import Database
from shared.chassis.migrations import upgrade
from shared.contracts.library.authors import ListAuthors
from shared.contracts.library.books import GetBook, ListBooks, SearchBooks
from shared.contracts.library.missing_books import ListMissingBooks
from shared.contracts.library.series import ListSeries

BOOKS = list(invented_books(60))


@pytest.fixture
def url(fresh_database: Callable[..., FreshDatabase]) -> str:
    address = fresh_database().url("library_scanner")
    upgrade(SPEC.migrations, address)
    seed(address, BOOKS)
    return address


@pytest.fixture
async def lists(url: str) -> AsyncIterator[ListLibraryHandlers]:
    database = Database(url, CHASSIS)
    yield ListLibraryHandlers(database.read_only(LibraryTransaction), database.transactions(LibraryTransaction))
    await database.aclose()


async def test_seeded_books_are_listed_found_and_linked(lists: ListLibraryHandlers) -> None:
    listed = await lists.list_books(ListBooks(sort="added_at", limit=10))
    assert (listed.items, listed.total) == (BOOKS[:10], len(BOOKS))
    assert await lists.get_book(GetBook(id=BOOKS[7].id)) == BOOKS[7]
    assert (await lists.search_books(SearchBooks(query=BOOKS[7].title))).items[0] == BOOKS[7]
    by_author = await lists.list_books(ListBooks(author=BOOKS[7].authors[0], limit=100))
    assert [book.id for book in by_author.items if book.authors != BOOKS[7].authors] == []
    authors = await lists.list_authors(ListAuthors(limit=100))
    assert sum(author.owned for author in authors.items) == len(BOOKS)


async def test_the_first_series_get_missing_books(lists: ListLibraryHandlers, url: str) -> None:
    seed_gaps(url, series=4)
    missing = await lists.list_missing_books(ListMissingBooks(limit=100))
    assert missing.total == 10
    compared = [each for each in (await lists.list_series(ListSeries(limit=100))).items if each.last_checked_at]
    assert [(each.total, each.missing) for each in compared] == [
        (each.owned + each.missing, each.missing) for each in compared
    ]
    assert sum(each.missing for each in compared) == 10
