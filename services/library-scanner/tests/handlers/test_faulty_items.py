"""Items of Audiobookshelf without files, and two items for one folder."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from library_builders import LibraryAtStandIn, a_book, sent_messages, the_writer
from library_scanner.domain.item import Item, ItemMark
from library_scanner.domain.transaction import Transactions
from scanned_library import ChangedLibrary, Scene
from shared.chassis.database import Database
from shared.contracts.library.books import BookAppeared, BookStatus, BookVanished, ListBooks
from shared.contracts.library.metadata_writes import FieldChange, MetadataWritten, WriteMetadata
from shared.contracts.library.series import ListSeries
from shared.contracts.runs import RunOutcome
from shared.testing.clocks import ManualClock

DAY_SECONDS = 24 * 3600


class WithoutFiles(ChangedLibrary):
    """The disk with these folders is not mounted."""

    def __init__(self, library: LibraryAtStandIn, *folders: str) -> None:
        super().__init__(library)
        self.folders = folders

    async def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        async for page in super().marks(library_id):
            yield [replace(mark, missing=mark.path.endswith(self.folders)) for mark in page]

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        found = await super().items(abs_ids)
        return [replace(item, missing=item.path.endswith(self.folders)) for item in found]


class ShownTwice(ChangedLibrary):
    """Each folder has a second item; with `first_is_missing` a scan has marked the first one as missing."""

    first_is_missing = False

    async def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        async for page in super().marks(library_id):
            duplicates = [replace(mark, abs_id=f"second-{mark.abs_id}") for mark in page]
            yield [*(replace(mark, missing=self.first_is_missing) for mark in page), *duplicates]

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        found = {item.abs_id: item for item in await super().items([each.removeprefix("second-") for each in abs_ids])}
        return [self._item(each, found[each.removeprefix("second-")]) for each in abs_ids]

    async def item(self, abs_id: str) -> Item | None:
        return (await self.items([abs_id]))[0]

    def _item(self, abs_id: str, item: Item) -> Item:
        return replace(item, abs_id=abs_id, missing=self.first_is_missing and not abs_id.startswith("second-"))


class FirstRemoved(ShownTwice):
    async def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        async for page in super().marks(library_id):
            yield [mark for mark in page if mark.abs_id.startswith("second-")]

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        return await super().items([each for each in abs_ids if each.startswith("second-")])


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    return Scene(database, transaction, clock, library_folder)


async def test_books_with_missing_files_stay_owned_and_each_scan_reports_one_problem(scene: Scene) -> None:
    scene.owns(*(a_book(number) for number in range(1, 21)))
    await scene.scan()
    whole = scene.library
    scene.library = WithoutFiles(whole, *(f"Oz Story {number}" for number in range(1, 9)))
    for _ in range(2):
        finished = await scene.scan()
        assert (finished.outcome, finished.details["without_files"]) == (RunOutcome.COMPLETED, 8)
        assert [problem.startswith("8 of 20 books have no files") for problem in finished.problems] == [True]
    books = await scene.lists.list_books(ListBooks(files_missing=True))
    assert (books.total, books.items[0].files_missing_since) == (8, scene.clock.now())
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [20]
    assert await sent_messages(scene.database, BookVanished) == []

    scene.library = whole
    finished = await scene.scan()
    assert finished.problems == []
    assert (await scene.lists.list_books(ListBooks(files_missing=True))).total == 0


async def test_a_book_with_missing_files_at_the_first_scan_counts_as_owned(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2))
    scene.library = WithoutFiles(scene.library, "Oz Story 2")
    assert (await scene.scan()).details["without_files"] == 1
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [2]


async def test_a_book_is_archived_if_its_files_are_missing_too_long_and_restored_with_them(
    scene: Scene,
) -> None:
    scene.owns(a_book(1), a_book(2))
    await scene.scan()
    (second,) = (await scene.lists.list_books(ListBooks(sort="-title", limit=1))).items
    whole = scene.library
    scene.library = WithoutFiles(whole, "Oz Story 2")
    await scene.scan()
    scene.clock.forward(days=13)
    assert (await scene.scan()).details["vanished"] == 0
    scene.clock.forward(days=1)
    finished = await scene.scan()
    assert (finished.details["vanished"], finished.problems) == (1, [])
    for full in (False, True):
        assert (await scene.scan(full=full)).details["added"] == 0, "it stays archived as long as its files are missing"
    archived = await scene.lists.list_books(ListBooks(status=BookStatus.ARCHIVED))
    assert [book.id for book in archived.items] == [second.id]

    scene.library = whole
    assert (await scene.scan()).details["added"] == 1
    back = (await scene.lists.list_books(ListBooks(sort="-title", limit=1))).items[0]
    assert (back.id, back.files_missing_since) == (second.id, None)


async def test_two_items_for_one_folder_are_one_book_and_the_second_is_not_written(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2))
    scene.library = twice = ShownTwice(scene.library)
    for _ in range(2):
        await scene.scan(full=True)
    books = (await scene.lists.list_books(ListBooks(sort="title"))).items
    assert [book.title for book in books] == ["Oz Story 1", "Oz Story 2"]
    assert not any((book.abs_id or "").startswith("second-") for book in books)
    assert len(await sent_messages(scene.database, BookAppeared)) == 2
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [2]

    duplicate = (await scene.lists.list_books(ListBooks(status=BookStatus.DUPLICATE))).items[0]
    change = FieldChange(correction_id=uuid4(), field="publisher", old=None, new="Old Mill Press", source="AUDIBLE")
    write_metadata = the_writer(scene.transaction, twice, scene.clock)
    await write_metadata.write(WriteMetadata(book_id=duplicate.id, changes=[change]))
    (written,) = await sent_messages(scene.database, MetadataWritten)
    assert (written.written, scene.calls("PATCH", "*")) == ([], 0)

    twice.first_is_missing = True
    finished = await scene.scan()
    assert (finished.details["without_files"], finished.problems) == (0, [])
    after = (await scene.lists.list_books(ListBooks(sort="title"))).items
    assert [(book.title, (book.abs_id or "").startswith("second-")) for book in after] == [
        ("Oz Story 1", True), ("Oz Story 2", True),
    ]  # fmt: skip
    assert {one.book_id for one in await sent_messages(scene.database, BookVanished)} == {book.id for book in books}


async def test_the_second_item_becomes_the_book_when_the_first_is_removed(scene: Scene) -> None:
    scene.owns(a_book(1))
    scene.library = ShownTwice(scene.library)
    await scene.scan()
    scene.library = FirstRemoved(scene.library)
    await scene.scan()
    assert [(book.abs_id or "")[:7] for book in (await scene.lists.list_books(ListBooks())).items] == ["second-"]
