"""What a scan makes of an item."""

from datetime import UTC, datetime
from uuid import uuid4

from library_builders import an_item
from library_scanner.domain.catalogue import StoredBook, SyncedBook, sync_book, with_pending_writes
from library_scanner.domain.item import Item

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def taken(item: Item, known: StoredBook | None = None) -> SyncedBook:
    return sync_book(known, item, now=NOW, new_id=uuid4())


def test_the_first_values_of_a_book_come_from_audiobookshelf_and_are_no_persons() -> None:
    assert taken(an_item(language="English")).stored.book.metadata_source == {
        "title": "ABS", "authors": "ABS", "language": "ABS",
    }  # fmt: skip


def test_an_item_that_is_the_same_is_the_same_book() -> None:
    first = taken(an_item()).stored
    assert taken(an_item(), first) == SyncedBook(first, appeared=False, changed=())


def test_a_value_we_were_about_to_write_is_ours_when_it_is_found() -> None:
    noted = with_pending_writes(taken(an_item()).stored, {"asin": "B0OZ000001"}, {"asin": "MAM"})
    found = taken(an_item(asin="B0OZ000001", updated_ms=2), noted)
    assert (found.changed, found.stored.book.metadata_source["asin"], found.stored.pending) == ((), "MAM", {})


def test_another_value_than_the_one_we_were_about_to_write_is_a_persons() -> None:
    noted = with_pending_writes(taken(an_item()).stored, {"asin": "B0OZ000001"}, {"asin": "MAM"})
    found = taken(an_item(asin="B0OZ000009", updated_ms=2), noted)
    assert (found.changed, found.stored.book.metadata_source["asin"]) == (("asin",), "MANUAL")
