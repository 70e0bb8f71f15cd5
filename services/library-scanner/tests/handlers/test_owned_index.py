"""The index of owned books that comparisons use."""

import weakref
from datetime import datetime

import pytest
from gap_scene import Scene, in_oz
from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.transaction import Transactions
from library_scanner.workflow import current_index
from shared.chassis.database import Database
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until


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
        def __init__(self, version: tuple[datetime | None, int]) -> None:
            super().__init__(version)
            built.append(weakref.ref(self))

    monkeypatch.setattr(current_index, "LibraryIndex", RecordedIndex)
    await scene.compare_series(in_oz(1), in_oz(2))
    await until(lambda: [each() for each in built] == [None])
    await scene.compare_series(in_oz(1), in_oz(2))
    assert [one.title for one in await scene.missing()] == ["The Marvelous Land of Oz"]
