"""A book shows what a person decided about its match, and books are listed by it."""

from typing import Any

import pytest
from library_builders import an_item
from library_scanner.domain.item import Item
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.record_match import MatchDecidedHandler
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from library_scanner.workflow.sync_items import sync_items
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.metadata.matches import MatchDecided
from shared.contracts.metadata.refreshes import BookRefreshed
from shared.contracts.values import Confidence, MatchDecision
from shared.testing.clocks import ManualClock

ITEM, OTHER = an_item(abs_id="oz-1"), an_item(abs_id="oz-3", title="Ozma of Oz", path="Oz/3")


class Shelf:
    """Two scanned books."""

    def __init__(self, transaction: Transactions, clock: ManualClock) -> None:
        self.transaction, self.clock = transaction, clock
        self.lists = ListLibraryHandlers(transaction, transaction)

    async def scan(self, *items: Item) -> None:
        async with self.transaction() as tx:
            await sync_items(tx, items, self.clock, read_at=self.clock.now())

    async def found(self, **filters: Any) -> list[Book]:
        return (await self.lists.list_books(ListBooks(sort="title", **filters))).items


@pytest.fixture
async def shelf(transaction: Transactions, clock: ManualClock) -> Shelf:
    made = Shelf(transaction, clock)
    await made.scan(ITEM, OTHER)
    return made


async def test_a_decision_is_shown_on_the_book_until_it_is_deleted(shelf: Shelf) -> None:
    ozma, wizard = await shelf.found()
    record = MatchDecidedHandler(shelf.transaction).record
    await record(MatchDecided(book_id=ozma.id, decision=MatchDecision.UNMATCHED))
    assert [each.match_decision for each in await shelf.found()] == [MatchDecision.UNMATCHED, None]
    assert [each.id for each in await shelf.found(match_decision="unmatched")] == [ozma.id]
    await record(MatchDecided(book_id=ozma.id))
    assert [each.match_decision for each in await shelf.found()] == [None, None]
    assert wizard.match_confidence is None


async def test_a_scan_keeps_the_match_of_a_book(shelf: Shelf) -> None:
    ozma, _ = await shelf.found()
    await MatchDecidedHandler(shelf.transaction).record(MatchDecided(book_id=ozma.id, decision=MatchDecision.CHOSEN))
    await BookRefreshedHandler(shelf.transaction, shelf.clock).record(
        BookRefreshed(book_id=ozma.id, confidence=Confidence.HIGH, corrections=0)
    )
    await shelf.scan(ITEM, an_item(abs_id="oz-3", title="Ozma of Oz", path="Oz/3", language="German"))
    (after,) = await shelf.found(match_confidence="HIGH")
    assert (after.language, after.match_decision, after.match_confidence) == ("German", "chosen", "HIGH")
