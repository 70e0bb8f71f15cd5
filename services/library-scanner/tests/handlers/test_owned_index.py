"""The index of owned books that comparisons use."""

import random
import weakref
from collections.abc import Sequence
from uuid import UUID

import pytest
from gap_scene import Scene, in_oz
from library_builders import an_item
from library_scanner.adapters.postgres.tables import BOOKS
from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.ports import OwnedBook
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow import current_index
from library_scanner.workflow.current_index import CurrentIndex
from library_scanner.workflow.sync_items import sync_items
from shared.books.description import BookDescription
from shared.books.gaps.owned_index import Shelf
from shared.chassis.database import Database
from shared.contracts.library.books import BookStatus
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until
from sqlalchemy import text, update

WORDS = "Tower River Crown Garden Winter Harbour Lantern Orchard Mirror Bridge".split()
SURNAMES = ("Ashgrove", "van Dell", "van Marsh", "Dell", "Marsh Ashgrove")


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


async def test_all_pages_of_a_library_are_compared(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_index, "BOOKS_READ_AT_ONCE", 1)
    await scene.owns(1, 2, 4)
    await scene.compare_series(*(in_oz(place) for place in range(1, 5)))
    assert [one.title for one in await scene.missing()] == ["Ozma of Oz"]


async def test_the_index_of_owned_books_is_dropped_if_no_comparison_follows(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_index, "INDEX_LIFETIME_SECONDS", 0.05)
    await scene.owns(1)
    built = []

    class RecordedIndex(LibraryIndex):
        def __init__(self, version: str) -> None:
            super().__init__(version)
            built.append(weakref.ref(self))

    monkeypatch.setattr(current_index, "LibraryIndex", RecordedIndex)
    await scene.compare_series(in_oz(1), in_oz(2))
    await until(lambda: [each() for each in built] == [None])
    await scene.compare_series(in_oz(1), in_oz(2))
    assert [one.title for one in await scene.missing()] == ["The Marvelous Land of Oz"]


class Library:
    """A library of invented books that changes at random."""

    def __init__(self, transaction: Transactions, clock: ManualClock, seed: int) -> None:
        self._transaction = transaction
        self._clock = clock
        self._random = random.Random(seed)
        self._added = 0
        self.ids: list[UUID] = []

    async def add(self, tx: Transaction, count: int) -> None:
        """Add books."""
        first = self._added
        self._added += count
        items = [
            an_item(
                abs_id=f"item-{number}",
                path=f"{self._author()}/{self._title()} {number}",
                title=self._title(),
                authors=(self._author(),),
            )
            for number in range(first, first + count)
        ]
        await sync_items(tx, items, self._clock, read_at=self._clock.now())
        stored = await tx.books.by_abs_ids([item.abs_id for item in items])
        self.ids += sorted(each.book.id for each in stored.values())

    async def change(self, tx: Transaction) -> None:
        """Change the library in one of the ways in which a book can change."""
        kind = self._random.choice(("add", "archive", "delete", "rename", "rename", "rename", "duplicate", "restore"))
        if kind == "add":
            await self.add(tx, self._random.randint(1, 3))
            return
        chosen = self._random.sample(self.ids, min(len(self.ids), self._random.randint(1, 3)))
        if kind == "archive":
            await tx.books.archive(chosen, self._clock.now())
        elif kind == "delete":
            await tx.books.delete(chosen[0])
            self.ids.remove(chosen[0])
        elif kind == "rename":
            await self._save(tx, chosen)
        else:
            await self._save(tx, chosen, BookStatus.DUPLICATE if kind == "duplicate" else BookStatus.ACTIVE)

    async def _save(self, tx: Transaction, ids: Sequence[UUID], status: BookStatus | None = None) -> None:
        for stored in await tx.books.by_ids(ids):
            contents = [f"{self._title()}/" for _ in range(self._random.choice((0, 0, 2)))]
            renamed = {"title": self._title(), "authors": [self._author()], "contents": contents}
            book = stored.book.model_copy(update={"status": status} if status else renamed)
            await tx.books.save([StoredBook(book, stored.library_id, stored.updated_ms)])

    def _title(self) -> str:
        return " of ".join(self._random.sample(WORDS, 2))

    def _author(self) -> str:
        return f"Ada {self._random.choice(SURNAMES)}"


def found_in(shelf: Shelf | None) -> list[list[BookDescription]]:
    """What comparisons find on a shelf, in their order."""
    if shelf is None:
        return []
    found = [shelf.by_people([f"Ada {name}"]) for name in SURNAMES]
    return [[shelf.books[place][0] for place in shelf.in_order(each)] for each in found]


def all_in(index: LibraryIndex) -> tuple[object, ...]:
    """What comparisons can find in an index."""
    owners = [index.owner(BookDescription(f"{word} of Tower", authors=("Ada Dell",))) for word in WORDS]
    return index.ids, found_in(index.owned), found_in(index.archived), owners


@pytest.mark.parametrize("seed", range(4))
async def test_an_index_that_was_updated_finds_what_a_new_one_finds(
    transaction: Transactions, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("library_scanner.domain.owned_index.MAX_LEFTOVERS", 40)
    library, random_ = Library(transaction, clock, seed), random.Random(seed)
    replicas = [CurrentIndex(transaction), CurrentIndex(transaction)]
    async with transaction() as tx:
        await library.add(tx, 30)
    for _ in range(40):
        async with transaction() as tx:
            for _ in range(random_.randint(1, 3)):
                await library.change(tx)
        updated = await random_.choice(replicas).get()
        assert all_in(updated) == all_in(await CurrentIndex(transaction).get())
    assert all_in(await replicas[0].get()) == all_in(await replicas[1].get())


async def test_a_comparison_keeps_its_index_while_books_change(transaction: Transactions, clock: ManualClock) -> None:
    library, index = Library(transaction, clock, 1), CurrentIndex(transaction)
    async with transaction() as tx:
        await library.add(tx, 20)
    before = await index.get()
    found = all_in(before)
    async with transaction() as tx:
        await library.add(tx, 1)
        await tx.books.archive(library.ids[:2], clock.now())
    after = await index.get()
    assert all_in(before) == found
    assert all_in(after) != found


async def test_only_books_that_changed_are_indexed_again(
    transaction: Transactions, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed: list[UUID] = []

    class RecordedBook(OwnedBook):
        def __init__(self, id: UUID, description: BookDescription) -> None:
            super().__init__(id, description)
            indexed.append(id)

    library, index = Library(transaction, clock, 1), CurrentIndex(transaction)
    async with transaction() as tx:
        await library.add(tx, 20)
    await index.get()
    monkeypatch.setattr("library_scanner.adapters.postgres.books.OwnedBook", RecordedBook)
    unchanged = await index.get()
    assert unchanged is await index.get()
    async with transaction() as tx:
        [stored] = await tx.books.by_ids(library.ids[:1])
        await tx.books.save([stored])
    await index.get()
    assert set(indexed) == {library.ids[0]}


async def test_a_change_is_indexed_although_its_transaction_began_before_that_of_an_indexed_one(
    transaction: Transactions, clock: ManualClock
) -> None:
    library, index = Library(transaction, clock, 1), CurrentIndex(transaction)
    async with transaction() as tx:
        await library.add(tx, 20)
    first, second = library.ids[:2]
    await index.get()
    async with transaction() as slow:
        await slow.books.archive([first], clock.now())
        async with transaction() as fast:
            await fast.books.archive([second], clock.now())
        assert all_in(await index.get()) == all_in(await CurrentIndex(transaction).get())
    assert all_in(await index.get()) == all_in(await CurrentIndex(transaction).get())


async def test_books_of_a_restored_backup_are_indexed_once(
    transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    library, index = Library(transaction, clock, 1), CurrentIndex(transaction)
    async with transaction() as tx:
        await library.add(tx, 20)
    async with database.engine.begin() as connection:
        await connection.execute(update(BOOKS).values(changed_in=text("txid_current() + 1000000")))
    await index.get()
    async with transaction() as tx:
        assert not (await tx.books.changes((await index.get()).version)).changed
        await tx.books.archive(library.ids[:2], clock.now())
    assert all_in(await index.get()) == all_in(await CurrentIndex(transaction).get())
