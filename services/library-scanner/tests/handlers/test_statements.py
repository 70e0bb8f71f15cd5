"""Lists and searches take at most two statements, whatever the page."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from library_builders import an_item
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.workflow.sync_items import sync_items
from shared.contracts.library.authors import ListAuthorLetters, ListAuthors, SearchAuthors
from shared.contracts.library.books import ListBookLetters, ListBooks, SearchBooks
from shared.contracts.library.missing_books import ListMissingBooks
from shared.contracts.library.series import ListSeries, ListSeriesLetters, SearchSeries
from shared.testing.clocks import ManualClock
from shared.testing.statements import statements

Query = Callable[[ListLibraryHandlers], Coroutine[Any, Any, Any]]
QUERIES: dict[str, Query] = {
    "books": lambda lists: lists.list_books(ListBooks(author="baum", series="oz", language="English")),
    "found books": lambda lists: lists.search_books(SearchBooks(query="wizard of oz")),
    "letters of books": lambda lists: lists.list_book_letters(ListBookLetters(author="baum", series="oz")),
    "letters of authors": lambda lists: lists.list_author_letters(ListAuthorLetters()),
    "letters of series": lambda lists: lists.list_series_letters(ListSeriesLetters(author="baum")),
    "authors": lambda lists: lists.list_authors(ListAuthors()),
    "found authors": lambda lists: lists.search_authors(SearchAuthors(query="baum")),
    "series": lambda lists: lists.list_series(ListSeries(author="baum")),
    "found series": lambda lists: lists.search_series(SearchSeries(query="oz")),
    "missing books": lambda lists: lists.list_missing_books(ListMissingBooks()),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
async def test_a_page_takes_at_most_two_statements(query: Query, transaction: Transactions, clock: ManualClock) -> None:
    async with transaction() as tx:
        items = [an_item(abs_id=f"oz-{n}", title=f"Wizard {n}", path=f"Oz/{n}", language="English") for n in range(9)]
        await sync_items(tx, items, clock, read_at=clock.now())
    with statements() as sent:
        await query(ListLibraryHandlers(transaction, transaction))
    assert 1 <= len(sent) <= 2
