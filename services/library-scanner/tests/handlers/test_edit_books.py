"""Books entered by hand, in a real Postgres."""

from typing import Any

import pytest
from library_builders import an_item, sent_messages
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.edit_books import EditBooksHandlers, ManagedByAudiobookshelf
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.workflow.refusals import AlreadyExists
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.chassis.errors import NotFound
from shared.contracts.library.authors import ListAuthors
from shared.contracts.library.books import (
    Book,
    BookAppeared,
    BookEntry,
    BookStatus,
    BookUpdate,
    CreateBook,
    DeleteBook,
    GetBook,
    ListBooks,
    UpdateBook,
)
from shared.contracts.library.bulk_import import ImportBooks
from shared.contracts.library.entered_values import GivenPlace
from shared.contracts.library.series import ListSeries
from shared.testing.clocks import ManualClock

OZMA = BookEntry(
    title="Ozma of Oz",
    authors=["L. Frank Baum"],
    series=[GivenPlace(name="Oz", sequence="3")],
    isbn="978-0-06-029323-9",
)


class Shelf:
    def __init__(self, transaction: Transactions, clock: ManualClock) -> None:
        self.transaction, self.clock = transaction, clock
        self.edit_books, self.lists = (
            EditBooksHandlers(transaction, clock),
            ListLibraryHandlers(transaction, transaction),
        )

    async def shows(self, **changes: Any) -> None:
        async with self.transaction() as tx:
            await sync_items(tx, [an_item(**changes)], self.clock, read_at=self.clock.now())

    async def books(self) -> list[Book]:
        return (await self.lists.list_books(ListBooks(status=None))).items

    async def updates(self, book: Book, **fields: Any) -> Book:
        return await self.edit_books.update(UpdateBook(id=book.id, update=BookUpdate(**fields), given=sorted(fields)))


@pytest.fixture
def shelf(transaction: Transactions, clock: ManualClock) -> Shelf:
    return Shelf(transaction, clock)


async def test_a_book_entered_by_hand_is_owned_with_its_series_and_author(shelf: Shelf, database: Database) -> None:
    book = await shelf.edit_books.create(CreateBook(entry=OZMA))
    [series] = (await shelf.lists.list_series(ListSeries())).items
    [author] = (await shelf.lists.list_authors(ListAuthors())).items
    assert (book.abs_id, book.isbn, series.name, series.owned, author.owned) == (None, "9780060293239", "Oz", 1, 1)
    assert [event.book.id for event in await sent_messages(database, BookAppeared)] == [book.id]


@pytest.mark.parametrize(
    "entry",
    [
        BookEntry(title="Something else", isbn="0-06-029323-3"),
        BookEntry(title="ozma of oz", authors=["Baum, L. Frank"]),
    ],
)
async def test_a_book_that_exists_is_not_added_again(shelf: Shelf, entry: BookEntry) -> None:
    book = await shelf.edit_books.create(CreateBook(entry=OZMA))
    with pytest.raises(AlreadyExists, match=str(book.id)):
        await shelf.edit_books.create(CreateBook(entry=entry))
    assert len(await shelf.books()) == 1


async def test_each_item_of_a_bulk_import_has_its_result(shelf: Shelf) -> None:
    items: list[Any] = [OZMA, {"title": "Tarzan of the Apes"}, {"title": "a\x00b"}, {"authors": ["X"]}, OZMA]
    answers = await shelf.edit_books.import_many(ImportBooks(items=items))
    assert [(one.index, one.status) for one in answers] == [
        (0, "created"),
        (1, "created"),
        (2, "refused"),
        (3, "refused"),
        (4, "exists"),
    ]
    assert "U+0000" in (answers[2].why or "")
    assert "title" in (answers[3].why or "")
    assert {book.title for book in await shelf.books()} == {"Ozma of Oz", "Tarzan of the Apes"}


async def test_a_book_entered_by_hand_keeps_its_id_when_audiobookshelf_shows_it(shelf: Shelf) -> None:
    entered = await shelf.edit_books.create(CreateBook(entry=OZMA))
    await shelf.shows(abs_id="oz-3", title="Ozma of Oz", isbn="9780060293239")
    [book] = await shelf.books()
    assert (book.id, book.abs_id, book.metadata_source["title"]) == (entered.id, "oz-3", "ABS")


async def test_every_field_of_a_book_entered_by_hand_can_be_set_and_cleared(shelf: Shelf) -> None:
    book = await shelf.edit_books.create(CreateBook(entry=OZMA))
    changed = await shelf.updates(book, title="Ozma", isbn=None, series=[], language="English")
    stored = await shelf.lists.get_book(GetBook(id=book.id))
    assert (stored.title, stored.isbn, stored.series, stored.language, stored.authors) == (
        "Ozma",
        None,
        [],
        "English",
        ["L. Frank Baum"],
    )
    assert changed == stored


async def test_only_the_status_of_an_audiobookshelf_book_can_be_set_and_a_scan_keeps_it(shelf: Shelf) -> None:
    await shelf.shows()
    [book] = await shelf.books()
    with pytest.raises(ManagedByAudiobookshelf, match="/metadata"):
        await shelf.updates(book, title="Another")
    await shelf.updates(book, status="duplicate")
    await shelf.shows(updated_ms=2, subtitle="A story")
    [stored] = await shelf.books()
    assert (stored.title, stored.subtitle, stored.status) == (book.title, "A story", BookStatus.DUPLICATE)


async def test_only_a_book_entered_by_hand_can_be_deleted(shelf: Shelf) -> None:
    await shelf.shows()
    [shown] = await shelf.books()
    entered = await shelf.edit_books.create(CreateBook(entry=OZMA))
    await shelf.edit_books.delete(DeleteBook(id=entered.id))
    with pytest.raises(ManagedByAudiobookshelf, match="Audiobookshelf"):
        await shelf.edit_books.delete(DeleteBook(id=shown.id))
    with pytest.raises(NotFound):
        await shelf.edit_books.delete(DeleteBook(id=entered.id))
    assert await shelf.books() == [shown]
    assert (await shelf.lists.list_series(ListSeries())).items[0].owned == 1
