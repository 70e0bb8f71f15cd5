"""Works of a list outside are compared with the library, and the absent ones become missing books."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from gap_scene import TITLES, Scene
from gap_scene import in_oz as catalogued
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.listed_works import ListedWorksHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.workflow.current_index import CurrentIndex
from shared.chassis.database import Database
from shared.contracts.library.listed_works import (
    AddListedWorks,
    ListedWork,
    LookUpWorks,
    WantWork,
    WithdrawListedWorks,
    WorkState,
)
from shared.contracts.library.missing_books import MissingBookUpdate, UpdateMissingBook
from shared.contracts.values import MissingReason, MissingStatus, SeriesPlace
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
    missing = await scene.missing(reason=[MissingReason.TOP10])
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


MY_LIST = "the list “To read”"


def wanted(*works: ListedWork, **fields: Any) -> AddListedWorks:
    values = {"source": MY_LIST, "reason": MissingReason.LIST, "priority": 50}
    return AddListedWorks.model_validate({"works": list(works)} | values | fields)


async def test_a_persons_list_makes_missing_books_of_its_own_reason_and_priority(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await handlers.add(wanted(in_oz(3), max_automatic=5))
    (missing,) = await scene.missing(reason=[MissingReason.LIST])
    assert (missing.priority, missing.auto_download, missing.source) == (50, True, MY_LIST)
    assert missing.evidence[0].rule == "import list"


async def test_a_persons_list_takes_a_book_from_a_top_list(scene: Scene, handlers: ListedWorksHandlers) -> None:
    await handlers.add(AddListedWorks(works=[in_oz(3)], source=LIST))
    await handlers.add(wanted(in_oz(3)))
    (missing,) = await scene.missing()
    assert (missing.reason, missing.priority, missing.auto_download) == (MissingReason.LIST, 50, False)


async def test_a_list_takes_a_gap_of_a_series_only_if_it_downloads(scene: Scene, handlers: ListedWorksHandlers) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(*(catalogued(place) for place in (1, 2, 3)))
    await handlers.add(wanted(in_oz(3)))
    (missing,) = await scene.missing()
    assert missing.reason is MissingReason.SERIES_GAP
    await handlers.add(wanted(in_oz(3), max_automatic=1))
    (taken,) = await scene.missing()
    assert (taken.reason, taken.auto_download, taken.series_id) == (MissingReason.LIST, True, missing.series_id)
    assert taken.priority == missing.priority
    await scene.compare_series(*(catalogued(place) for place in (1, 2, 3)))
    (kept,) = await scene.missing()
    assert (kept.reason, kept.source, kept.auto_download) == (MissingReason.LIST, MY_LIST, True)


async def test_a_list_that_no_longer_downloads_gives_the_book_back_to_its_series(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await scene.owns(1, 2)
    await handlers.add(wanted(in_oz(3), max_automatic=1))
    await handlers.add(wanted(in_oz(3)))
    (missing,) = await scene.missing()
    assert (missing.reason, missing.auto_download) == (MissingReason.LIST, False)
    await scene.compare_series(*(catalogued(place) for place in (1, 2, 3)))
    (missing,) = await scene.missing()
    assert (missing.reason, missing.auto_download) == (MissingReason.SERIES_GAP, True)


async def test_of_two_lists_one_that_downloads_is_enough(scene: Scene, handlers: ListedWorksHandlers) -> None:
    await handlers.add(wanted(in_oz(3), max_automatic=1))
    await handlers.add(wanted(in_oz(3), source="the list “Someday”"))
    (missing,) = await scene.missing()
    assert missing.auto_download


async def test_a_work_that_a_person_wants_is_added_even_if_it_would_be_left_out(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    box = listed("The Oz Collection, Books 1-14 (Box Set)")
    (found,) = await handlers.add(wanted(box))
    assert (found.state, found.added) == (WorkState.LEFT_OUT, False)
    sure = box.model_copy(update={"sure": True})
    (found,) = await handlers.add(wanted(sure))
    assert found.added
    (again,) = await handlers.add(wanted(sure))
    assert (again.state, again.added, again.missing_book_id) == (WorkState.WANTED, False, found.missing_book_id)


async def test_a_book_that_is_not_published_yet_is_left_out_until_its_day(
    handlers: ListedWorksHandlers, clock: ManualClock
) -> None:
    later = in_oz(3, published=(clock.now() + timedelta(days=3)).date())
    (found,) = await handlers.look_up(LookUpWorks(works=[later]))
    assert found.state is WorkState.LEFT_OUT
    clock.forward(seconds=3 * 86_400)
    (found,) = await handlers.look_up(LookUpWorks(works=[later]))
    assert found.state is WorkState.ABSENT


async def test_only_missing_books_of_lists_are_withdrawn_and_they_open_again(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await handlers.add(AddListedWorks(works=[in_oz(1)], source=LIST))
    (mine,) = await handlers.add(wanted(in_oz(3)))
    ids = [each.id for each in await scene.missing()]
    dry = WithdrawListedWorks(missing_book_ids=ids, source=MY_LIST, dry_run=True)
    assert await handlers.withdraw(dry) == [mine.missing_book_id]
    withdraw = WithdrawListedWorks(missing_book_ids=[*ids, uuid4()], source=MY_LIST)
    assert await handlers.withdraw(withdraw) == [mine.missing_book_id]
    assert await handlers.withdraw(withdraw) == []
    assert [each.title for each in await scene.missing(status=[MissingStatus.IDENTIFIED])] == [TITLES[0]]
    (again,) = await handlers.add(wanted(in_oz(3)))
    assert (again.added, again.missing_book_id) == (True, mine.missing_book_id)


async def test_a_work_that_a_person_wants_is_added_once_and_needs_no_approval(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await scene.owns(1, 2)
    request = WantWork(title=TITLES[2], authors=["L. Frank Baum"], found_in=LIST)
    first = await handlers.want(request)
    assert (first.added, first.state) == (True, WorkState.WANTED)
    again = await handlers.want(request)
    assert (again.added, again.state, again.missing_book_id) == (False, WorkState.WANTED, first.missing_book_id)
    [missing] = await scene.missing(reason=[MissingReason.LIST])
    assert (missing.source, missing.auto_download) == (LIST, True)


async def test_a_person_wants_even_what_a_list_would_leave_out_but_not_what_is_owned(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await scene.owns(1)
    polish = await handlers.want(WantWork(title="Ozma z Oz", authors=["L. Frank Baum"], language="POL"))
    assert polish.added
    owned = await handlers.want(WantWork(title=TITLES[0], authors=["L. Frank Baum"]))
    assert (owned.added, owned.state) == (False, WorkState.OWNED)


async def test_a_person_takes_a_book_from_a_top_list_that_waits_for_approval(
    scene: Scene, handlers: ListedWorksHandlers
) -> None:
    await scene.owns(1)
    await handlers.add(AddListedWorks(works=[in_oz(3)], source=LIST))
    wanted = await handlers.want(WantWork(title=TITLES[2], authors=["L. Frank Baum"]))
    assert not wanted.added
    [missing] = await scene.missing(reason=[MissingReason.LIST])
    assert (missing.id, missing.auto_download) == (wanted.missing_book_id, True)
