"""How an item becomes a stored book."""

from datetime import UTC, datetime
from uuid import uuid4

from library_builders import an_item
from library_scanner.domain.catalogue import StoredBook, SyncedBook, sync_book, with_pending_writes
from library_scanner.domain.item import Item

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def synced(item: Item, known: StoredBook | None = None) -> SyncedBook:
    return sync_book(known, item, now=NOW, new_id=uuid4())


def test_the_initial_values_of_a_book_are_attributed_to_audiobookshelf() -> None:
    assert synced(an_item(language="English")).stored.book.metadata_source == {
        "title": "ABS", "authors": "ABS", "language": "ABS",
    }  # fmt: skip


def test_an_unchanged_item_leaves_the_book_unchanged() -> None:
    first = synced(an_item()).stored
    assert synced(an_item(), first) == SyncedBook(first, appeared=False, changed=())


def test_a_pending_value_found_in_audiobookshelf_is_ours() -> None:
    noted = with_pending_writes(synced(an_item()).stored, {"asin": "B0OZ000001"}, {"asin": "MAM"})
    found = synced(an_item(asin="B0OZ000001", updated_ms=2), noted)
    assert (found.changed, found.stored.book.metadata_source["asin"], found.stored.pending) == ((), "MAM", {})


def test_a_value_that_differs_from_the_pending_one_is_manual() -> None:
    noted = with_pending_writes(synced(an_item()).stored, {"asin": "B0OZ000001"}, {"asin": "MAM"})
    found = synced(an_item(asin="B0OZ000009", updated_ms=2), noted)
    assert (found.changed, found.stored.book.metadata_source["asin"]) == (("asin",), "MANUAL")
