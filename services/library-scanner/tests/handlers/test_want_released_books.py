"""Announced works: they are kept with their release date and become wanted on it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from gap_scene import Scene, in_oz
from library_builders import a_work, an_item, sent_messages
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.library.missing_books import (
    GetMissingBook,
    MissingBookIdentified,
    MissingBookUpdate,
    UpdateMissingBook,
    WantReleasedBooks,
)
from shared.contracts.metadata.bibliographies import CataloguedWork, CollectBibliography
from shared.contracts.runs import Plan, RunFinished
from shared.contracts.values import MissingReason, MissingStatus
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


def announced(scene: Scene, days: int = 30, **changes: object) -> CataloguedWork:
    """The third book of Oz, whose audiobook is released in some days."""
    day = scene.clock.now().date() + timedelta(days=days)
    work: CataloguedWork = in_oz(3, published=day, published_year=day.year, **changes)
    return work


async def statuses(scene: Scene) -> list[tuple[str, MissingStatus]]:
    upcoming = await scene.missing(status=[MissingStatus.UPCOMING])
    return [(each.title, each.status) for each in (*upcoming, *await scene.missing())]


async def test_an_announced_work_becomes_wanted_on_its_release_date(scene: Scene) -> None:
    await scene.owns(1, 2)
    work = announced(scene)
    await scene.compare_series(in_oz(1), in_oz(2), work)
    series = await scene.series()
    assert (series.missing, series.upcoming, series.total) == (0, 1, 2)
    assert await scene.missing() == []
    (upcoming,) = await scene.missing(status=[MissingStatus.UPCOMING])
    assert upcoming.release_date == work.published
    assert await sent_messages(scene.database, MissingBookIdentified) == []

    scene.clock.forward(seconds=29 * 86_400)
    await scene.want_released.want_released(WantReleasedBooks(run_id=uuid4()))
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.UPCOMING)]

    scene.clock.forward(seconds=86_400)
    run_id = uuid4()
    await scene.want_released.want_released(WantReleasedBooks(run_id=run_id, dry_run=True))
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.UPCOMING)]
    await scene.want_released.want_released(WantReleasedBooks(run_id=uuid4()))
    await scene.want_released.want_released(WantReleasedBooks(run_id=uuid4()))

    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.IDENTIFIED)]
    (identified,) = await sent_messages(scene.database, MissingBookIdentified)
    assert identified.missing_book.id == upcoming.id
    series = await scene.series()
    assert (series.missing, series.upcoming, series.total) == (1, 0, 3)
    planned = next(each for each in await sent_messages(scene.database, RunFinished) if each.run_id == run_id)
    plan = Plan.model_validate(planned.details["plan"])
    assert [(each.kind, each.what) for each in plan.actions] == [("identify_gap", "Ozma of Oz by L. Frank Baum")]


async def test_a_book_that_is_owned_on_its_release_date_is_not_wanted(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene))
    item = an_item(abs_id="early", title="Ozma of Oz", path="L. Frank Baum/Ozma of Oz", series=())
    async with scene.transaction() as tx:
        await sync_items(tx, [item], scene.clock, read_at=scene.clock.now())
    (closed,) = await scene.missing()
    assert (closed.status, closed.book_id is not None) == (MissingStatus.COMPLETED, True)


async def test_an_announced_work_that_a_person_ignores_is_never_wanted(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene))
    (upcoming,) = await scene.missing(status=[MissingStatus.UPCOMING])
    change = UpdateMissingBook(id=upcoming.id, update=MissingBookUpdate(status="ignored"))
    await UpdateMissingBookHandler(scene.transaction, scene.clock).update(change)
    again = UpdateMissingBook(id=upcoming.id, update=MissingBookUpdate(status="identified"))
    handler = UpdateMissingBookHandler(scene.transaction, scene.clock)
    assert (await handler.update(again)).status is MissingStatus.UPCOMING
    await handler.update(change)
    scene.clock.forward(seconds=31 * 86_400)
    await scene.want_released.want_released(WantReleasedBooks(run_id=uuid4()))
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert (await scene.lists.get_missing_book(GetMissingBook(id=upcoming.id))).status is MissingStatus.IGNORED
    assert (await scene.series()).missing == 0


async def test_a_release_that_is_postponed_is_upcoming_again(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene, days=60))
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.UPCOMING)]
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene, days=-1))
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.IDENTIFIED)]
    (missing,) = await scene.missing()
    assert missing.release_date == scene.clock.now().date() - timedelta(days=1)


async def test_a_printed_book_with_an_announced_audiobook_is_upcoming(scene: Scene) -> None:
    await scene.owns(1, 2)
    printed = in_oz(3, id="HARDCOVER:3", provider="HARDCOVER", is_audio=False, published=date(1907, 7, 30))
    await scene.compare_series(in_oz(1), in_oz(2), printed, announced(scene))
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.UPCOMING)]


async def test_a_release_of_which_only_the_year_is_known_is_upcoming_without_a_date(scene: Scene) -> None:
    await scene.owns(1, 2)
    year = scene.clock.now().year
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3, published_year=year + 1))
    (upcoming,) = await scene.missing(status=[MissingStatus.UPCOMING])
    assert upcoming.release_date is None
    assert upcoming.release_year == year + 1
    assert any(f"in {year + 1}" in reason.words for reason in upcoming.evidence)


async def test_a_release_of_which_only_the_year_is_known_is_wanted_from_the_first_day_of_the_year(scene: Scene) -> None:
    await scene.owns(1, 2)
    today = scene.clock.now().date()
    work = in_oz(3, published_year=today.year + 1)
    await scene.compare_series(in_oz(1), in_oz(2), work)
    new_year = date(today.year + 1, 1, 1)
    scene.clock.forward(seconds=86_400 * ((new_year - today).days - 1))
    await scene.want_released.want_released(WantReleasedBooks())
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.UPCOMING)]
    scene.clock.forward(seconds=86_400)
    await scene.want_released.want_released(WantReleasedBooks())
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.IDENTIFIED)]
    await scene.compare_series(in_oz(1), in_oz(2), work)
    assert await statuses(scene) == [("Ozma of Oz", MissingStatus.IDENTIFIED)]


async def test_a_release_that_loses_its_day_waits_for_its_new_year(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene, days=10))
    year = scene.clock.now().year + 2
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3, published_year=year))
    scene.clock.forward(seconds=86_400 * 20)
    await scene.want_released.want_released(WantReleasedBooks())
    (upcoming,) = await scene.missing(status=[MissingStatus.UPCOMING])
    assert (upcoming.release_date, upcoming.release_year) == (None, year)


async def test_lists_that_announce_a_release_soon_are_updated_when_they_are_a_week_old(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene, days=40))
    await scene.want_released.want_released(WantReleasedBooks())
    assert await sent_messages(scene.database, CollectBibliography) == []
    scene.clock.forward(seconds=8 * 86_400)
    await scene.want_released.want_released(WantReleasedBooks())
    (request,) = await sent_messages(scene.database, CollectBibliography)
    assert (request.name, request.max_age_days) == ("Oz", 7)


async def test_only_works_released_after_the_day_of_following_are_wanted(scene: Scene) -> None:
    await scene.owns(1, 2)
    old = in_oz(3)
    await scene.compare_series(in_oz(1), in_oz(2), old)
    series = await scene.follow_series("from_now_on")
    assert (series.missing, series.follow, series.monitored) == (0, "from_now_on", True)
    assert series.follow_from == scene.clock.now().date()

    coming = scene.clock.now().date() + timedelta(days=3)
    new = in_oz(4, published=coming)
    await scene.compare_series(in_oz(1), in_oz(2), old, new)
    series = await scene.series()
    assert (series.missing, series.upcoming) == (0, 1)
    scene.clock.forward(seconds=10 * 86_400)
    await scene.compare_series(in_oz(1), in_oz(2), old, new)
    await scene.compare_author(in_oz(1), in_oz(2), old, new)
    gaps = {each.title: each.status for each in await scene.missing()}
    assert gaps == {"Ozma of Oz": MissingStatus.IGNORED, "Dorothy and the Wizard in Oz": MissingStatus.IDENTIFIED}
    assert (await scene.series()).missing == 1

    await scene.follow_series("all")
    (again,) = (await sent_messages(scene.database, CollectBibliography))[-1:]
    assert again.max_age_days is not None
    await scene.compare_series(in_oz(1), in_oz(2), old, new)
    assert (await scene.series()).missing == 2


async def test_an_announced_work_by_a_followed_author_is_upcoming(scene: Scene) -> None:
    await scene.owns(1, 2)
    day = scene.clock.now().date() + timedelta(days=5)
    await scene.compare_author(in_oz(1), in_oz(2), a_work("Queen Zixi of Ix", published=day))
    author = await scene.author()
    assert (author.missing, author.upcoming) == (0, 1)


async def test_a_translation_announced_for_later_is_not_upcoming(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene, language="German"))
    assert await statuses(scene) == []


async def test_an_announced_new_recording_of_an_owned_work_is_not_upcoming(scene: Scene) -> None:
    await scene.owns(1, 2, 3)
    await scene.compare_series(in_oz(1), in_oz(2), announced(scene))
    assert await statuses(scene) == []
    await scene.compare_author(in_oz(1), in_oz(2), announced(scene))
    assert await statuses(scene) == []


async def test_missing_books_with_one_of_several_values_are_listed(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(4), announced(scene))

    async def listed(*status: MissingStatus, reason: MissingReason = MissingReason.SERIES_GAP) -> int:
        return len(await scene.missing(status=list(status), reason=[reason, MissingReason.TOP10]))

    assert await listed() == 1
    assert await listed(MissingStatus.IDENTIFIED, MissingStatus.UPCOMING) == 2
    assert await listed(MissingStatus.QUEUED, MissingStatus.UPCOMING) == 1
    assert await listed(MissingStatus.IDENTIFIED, MissingStatus.UPCOMING, reason=MissingReason.LIST) == 0
