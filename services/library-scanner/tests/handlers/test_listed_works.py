"""Works of a list outside are compared with the library, and the absent ones become missing books."""

from typing import Any

import pytest
from gap_scene import TITLES, Scene
from gap_scene import in_oz as catalogued
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.listed_works import ListedWorksHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.workflow.current_index import CurrentIndex
from shared.chassis.database import Database
from shared.contracts.library.listed_works import AddListedWorks, ListedWork, LookUpWorks, WorkState
from shared.contracts.library.missing_books import MissingBookUpdate, UpdateMissingBook
from shared.contracts.values import MissingReason, SeriesPlace
from shared.testing.clocks import ManualClock

LIST = "the top list of Fantasy"


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


@pytest.fixture
def handlers(transaction: Transactions, clock: ManualClock) -> ListedWorksHandlers:
    return ListedWorksHandlers(transaction, clock, CurrentIndex(transaction), languages=("en",))


def listed(title: str, **fields: Any) -> ListedWork:
    return ListedWork.model_validate({"title": title, "authors": ["L. Frank Baum"], "language": "ENG"} | fields)


def in_oz(place: int, **fields: Any) -> ListedWork:
    return listed(TITLES[place - 1], series=[SeriesPlace(name="Oz", sequence=str(place))], **fields)


async def test_owned_and_absent_works_are_told_apart_and_nothing_changes(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await scene.owns(1, 2)
    works = [
        in_oz(1),
        listed("Marvelous Land of Oz"),
        in_oz(3),
        listed("Ozma z Oz", language="POL"),
        listed("The Oz Collection, Books 1-14 (Box Set)"),
        listed("Test upload", authors=[]),
    ]
    found = await handlers.look_up(LookUpWorks(works=works))
    states = [each.state for each in found]
    assert states[:3] == [WorkState.OWNED, WorkState.OWNED, WorkState.ABSENT]
    assert states[3:] == [WorkState.LEFT_OUT] * 3
    assert found[0].book_id is not None
    assert all(each.words for each in found[3:])
    assert await scene.missing() == []


async def test_only_absent_works_become_missing_books_of_the_top_list(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await scene.owns(1, 2)
    request = AddListedWorks(works=[in_oz(1), in_oz(3), in_oz(4)], source=LIST)
    assert [each.added for each in await handlers.add(request)] == [False, True, True]
    missing = await scene.missing(reason=MissingReason.TOP10)
    assert {(each.title, each.source, each.auto_download) for each in missing} == {
        (TITLES[2], LIST, False),
        (TITLES[3], LIST, False),
    }
    again = await handlers.add(request)
    assert [(each.state, each.added) for each in again[1:]] == [(WorkState.WANTED, False)] * 2
    assert len(await scene.missing()) == 2


async def test_only_the_first_with_enough_seeders_may_be_downloaded_without_approval(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    works = [in_oz(1, seeders=10), in_oz(2, seeders=90), in_oz(3, seeders=80), in_oz(4, seeders=70)]
    await handlers.add(AddListedWorks(works=works, source=LIST, max_automatic=2, min_seeders=50))
    automatic = {each.title for each in await scene.missing() if each.auto_download}
    assert automatic == {TITLES[1], TITLES[2]}


async def test_a_dry_run_says_what_it_would_add_and_adds_nothing(scene: Scene, handlers: ListedWorksHandlers) -> None:
    (found,) = await handlers.add(AddListedWorks(works=[in_oz(1)], source=LIST, dry_run=True))
    assert found.added
    assert await scene.missing() == []


async def test_a_book_that_a_person_ignored_stays_ignored(
    scene: Scene, handlers: ListedWorksHandlers, transaction: Transactions, clock: ManualClock
) -> None:
    await handlers.add(AddListedWorks(works=[in_oz(1)], source=LIST))
    (missing,) = await scene.missing()
    update = UpdateMissingBookHandler(transaction, clock)
    await update.update(UpdateMissingBook(id=missing.id, update=MissingBookUpdate(status="ignored")))
    (found,) = await handlers.add(AddListedWorks(works=[in_oz(1)], source=LIST))
    assert (found.state, found.added, found.missing_book_id) == (WorkState.IGNORED, False, missing.id)


async def test_a_gap_of_a_series_takes_precedence_over_a_top_list(scene: Scene, handlers: ListedWorksHandlers) -> None:
    await scene.owns(1, 2)
    await handlers.add(AddListedWorks(works=[in_oz(3)], source=LIST))
    await scene.compare_series(*(catalogued(place) for place in (1, 2, 3)))
    (missing,) = await scene.missing()
    assert (missing.reason, missing.auto_download) == (MissingReason.SERIES_GAP, True)
