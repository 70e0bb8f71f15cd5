"""Selections of books and missing books, and changes of all selected ones."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from gap_scene import Scene, in_oz
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.lock_fields import LockFieldsHandlers
from library_scanner.handlers.select_items import SelectItemsHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from shared.chassis.bulk import SelectionChanged
from shared.chassis.database import Database
from shared.contracts.library.books import BookFilter, BookSelection, ListBooks, SelectBooks
from shared.contracts.library.locks import ChangeLocks, GetLocks, LocksToChange
from shared.contracts.library.missing_books import (
    MissingBookFilter,
    MissingBookSelection,
    MissingBookUpdate,
    SelectMissingBooks,
    UpdateMissingBooks,
)
from shared.contracts.values import MissingReason, MissingStatus
from shared.testing.clocks import ManualClock


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    """A library with two books of Oz that lacks two."""
    scene = Scene(database, transaction, clock)
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    return scene


def all_missing(expected: int, **filters: Any) -> MissingBookSelection:
    return MissingBookSelection(filter=MissingBookFilter.model_validate(filters), expected=expected)


async def test_a_filter_selects_what_the_list_with_it_contains(scene: Scene) -> None:
    select = SelectItemsHandlers(scene.transaction)

    ids = await select.select_missing_books(SelectMissingBooks(selection=all_missing(2, reason=["series_gap"])))
    books = await select.select_books(SelectBooks(selection=BookSelection(filter=BookFilter(), expected=2)))

    assert sorted(ids) == sorted(book.id for book in await scene.missing(reason=[MissingReason.SERIES_GAP]))
    assert sorted(books) == sorted(book.id for book in (await scene.lists.list_books(ListBooks())).items)


async def test_a_filter_that_matches_another_number_than_was_seen_selects_nothing(scene: Scene) -> None:
    select = SelectItemsHandlers(scene.transaction)
    for expected in (1, 3):
        with pytest.raises(SelectionChanged, match=f"2 items match now, not {expected}"):
            await select.select_missing_books(SelectMissingBooks(selection=all_missing(expected)))
        with pytest.raises(SelectionChanged):
            await select.select_books(SelectBooks(selection=BookSelection(filter=BookFilter(), expected=expected)))


async def test_ids_select_themselves(scene: Scene) -> None:
    ids = [uuid4(), uuid4()]
    selection = MissingBookSelection(ids=ids)
    assert (
        await SelectItemsHandlers(scene.transaction).select_missing_books(SelectMissingBooks(selection=selection))
        == ids
    )


async def test_all_that_match_are_ignored_and_the_ids_in_the_answer_undo_it(scene: Scene) -> None:
    handler, unknown = UpdateMissingBookHandler(scene.transaction, scene.clock), uuid4()

    ignored = await handler.update_many(
        UpdateMissingBooks(selection=all_missing(2), update=MissingBookUpdate(status="ignored"))
    )
    after = {book.status for book in await scene.missing()}
    selection = MissingBookSelection(ids=[*ignored.done, unknown])
    wanted = await handler.update_many(
        UpdateMissingBooks(selection=selection, update=MissingBookUpdate(status="identified"))
    )

    assert (len(ignored.done), after) == (2, {MissingStatus.IGNORED})
    assert (wanted.done, [each.id for each in wanted.problems]) == (ignored.done, [unknown])
    assert {book.status for book in await scene.missing()} == {MissingStatus.IDENTIFIED}


async def locked(handlers: LockFieldsHandlers, book_id: UUID) -> set[str]:
    return {each.field for each in (await handlers.get(GetLocks(book_id=book_id))).locked}


async def test_fields_of_many_books_are_locked_and_unlocked_and_other_locks_stay(scene: Scene) -> None:
    handlers = LockFieldsHandlers(scene.transaction, scene.clock)
    first, second = [book.id for book in (await scene.lists.list_books(ListBooks())).items]
    await handlers.change(ChangeLocks(selection=LocksToChange(ids=[first], fields=["isbn"]), locked=True))

    both = LocksToChange(filter=BookFilter(), expected=2, fields=["title", "series"])
    await handlers.change(ChangeLocks(selection=both, locked=True))
    after_lock = [await locked(handlers, each) for each in (first, second)]
    await handlers.change(ChangeLocks(selection=both, locked=False))

    assert after_lock == [{"isbn", "title", "series"}, {"title", "series"}]
    assert [await locked(handlers, each) for each in (first, second)] == [{"isbn"}, set()]


async def test_without_fields_every_field_is_locked(scene: Scene) -> None:
    handlers = LockFieldsHandlers(scene.transaction, scene.clock)
    [first, _] = [book.id for book in (await scene.lists.list_books(ListBooks())).items]

    await handlers.change(ChangeLocks(selection=LocksToChange(ids=[first]), locked=True))

    assert {"title", "authors", "cover", "series"} <= await locked(handlers, first)
