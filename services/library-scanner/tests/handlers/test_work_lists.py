"""The list of a series or an author: each work with its kind, its state and the reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from gap_scene import Scene, in_oz
from library_builders import a_work, an_item
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.handlers.work_lists import WrongPeriod
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.chassis.errors import NotFound
from shared.contracts.library.authors import AuthorUpdate, UpdateAuthor
from shared.contracts.library.calendar import GetCalendar
from shared.contracts.library.missing_books import MissingBookUpdate, UpdateMissingBook, WantReleasedBooks
from shared.contracts.library.series_narrators import GetSeriesNarrators
from shared.contracts.library.work_lists import EntryKind, EntryState, GetWorkList
from shared.contracts.metadata.bibliographies import BibliographyOf, ListSource
from shared.contracts.values import SeriesPlace
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


def placed(title: str, place: str | None, **changes: object) -> object:
    return a_work(title, series=[SeriesPlace(name="Oz", sequence=place)], **changes)


async def test_each_work_of_a_series_is_listed_with_its_kind_state_and_reason(scene: Scene) -> None:
    await scene.owns(1, 2)
    soon = scene.clock.now().date() + timedelta(days=20)
    source = ListSource(provider="audible", works=9, collected_at=scene.clock.now())
    await scene.compare_series(
        in_oz(1),
        in_oz(2),
        in_oz(3, narrators=["Ann Lee"], asin="B0OZ000003"),
        in_oz(3, id="HARDCOVER:3", provider="HARDCOVER", is_audio=None),
        in_oz(4, published=soon),
        placed("The Complete Oz", "1-14", compilation=True),
        placed("Little Wizard Stories", "2.5"),
        placed("Der Zauberer von Oz", "1", language="German"),
        placed("The Oz Companion", None),
        placed("Ozma of Oz (Dramatized Adaptation)", "3"),
        a_work("Queen Zixi of Ix"),
        sources=[source],
    )
    found = await scene.listed()
    assert {entry.title: (entry.place, entry.kind, entry.state) for entry in found.items} == {
        "The Wonderful Wizard of Oz": ("1", EntryKind.PRIMARY, EntryState.OWNED),
        "The Marvelous Land of Oz": ("2", EntryKind.PRIMARY, EntryState.OWNED),
        "Ozma of Oz": ("3", EntryKind.PRIMARY, EntryState.MISSING),
        "Dorothy and the Wizard in Oz": ("4", EntryKind.PRIMARY, EntryState.UPCOMING),
        "The Complete Oz": ("1-14", EntryKind.BOX_SET, EntryState.NOT_COUNTED),
        "Little Wizard Stories": ("2.5", EntryKind.NOVELLA, EntryState.NOT_COUNTED),
        "Der Zauberer von Oz": ("1", EntryKind.TRANSLATION, EntryState.NOT_COUNTED),
        "The Oz Companion": (None, EntryKind.COMPANION, EntryState.NOT_COUNTED),
        "Ozma of Oz (Dramatized Adaptation)": ("3", EntryKind.DRAMATIZATION, EntryState.NOT_COUNTED),
    }
    assert [entry.title for entry in found.items if entry.kind is EntryKind.PRIMARY] == [
        "The Wonderful Wizard of Oz", "The Marvelous Land of Oz", "Ozma of Oz", "Dorothy and the Wizard in Oz",
    ]  # fmt: skip
    third = await scene.entry("Ozma of Oz")
    assert third.providers == ["AUDIBLE", "HARDCOVER"]
    assert [edition.narrators for edition in third.editions] == [["Ann Lee"]]
    assert any(reason.rule == "audio edition" for reason in third.evidence)
    [missing] = await scene.missing()
    assert (third.missing_book_id, third.missing_status, third.absence) == (missing.id, missing.status, "not_searched")
    assert (await scene.entry("Dorothy and the Wizard in Oz")).release_date == soon
    assert "German" in (await scene.entry("Der Zauberer von Oz")).why
    assert all(entry.why for entry in found.items)
    assert (found.sources, found.compared_at) == ([source], scene.clock.now())
    assert found.counts[EntryState.MISSING] == (await scene.series()).missing == 1
    owned = await scene.listed(state=EntryState.OWNED, limit=1, offset=1)
    assert (owned.total, [entry.title for entry in owned.items]) == (2, ["The Marvelous Land of Oz"])


async def test_the_state_of_a_listed_work_follows_what_happened_since(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    fourth = await scene.entry("Dorothy and the Wizard in Oz")
    assert fourth.missing_book_id is not None
    change = UpdateMissingBook(id=fourth.missing_book_id, update=MissingBookUpdate(status="ignored"))
    await UpdateMissingBookHandler(scene.transaction, scene.clock).update(change)
    await scene.owns(3)
    assert (await scene.entry("Dorothy and the Wizard in Oz")).state is EntryState.IGNORED
    third = await scene.entry("Ozma of Oz")
    assert (third.state, third.book_id is not None) == (EntryState.OWNED, True)
    assert len((await scene.listed()).items) == 4

    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    assert (await scene.entry("Dorothy and the Wizard in Oz")).state is EntryState.IGNORED


async def test_a_work_in_an_owned_omnibus_is_covered_by_it(scene: Scene) -> None:
    await scene.owns(1)
    omnibus = an_item(abs_id="box", title="Oz, Books 2-3", path="Oz/Oz, Books 2-3", series=())
    async with scene.transaction() as tx:
        await sync_items(tx, [omnibus], scene.clock, read_at=scene.clock.now())
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    third = await scene.entry("Ozma of Oz")
    assert (third.state, third.book_id is not None) == (EntryState.IN_OMNIBUS, True)
    assert "Books 2-3" in third.why


async def test_owned_books_that_no_provider_lists_are_listed(scene: Scene) -> None:
    await scene.owns(1, 2)
    assert {entry.state for entry in (await scene.listed()).items} == {EntryState.OWNED}
    assert (await scene.listed()).compared_at is None
    await scene.compare_series(in_oz(1), in_oz(3))
    second = await scene.entry("The Marvelous Land of Oz")
    assert (second.place, second.state, second.providers) == ("2", EntryState.OWNED, [])


async def test_a_missing_book_that_the_lists_no_longer_name_is_listed_while_it_is_searched(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3))
    await scene.compare_series(in_oz(1), in_oz(4))
    found = await scene.listed()
    assert found.counts[EntryState.MISSING] == (await scene.series()).missing == 2
    assert "do not name it" in (await scene.entry("Ozma of Oz")).why


async def test_works_by_others_are_not_listed_as_works_of_an_author(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_author(in_oz(1), a_work("The Enchanted Castle", authors=["E. Nesbit"]))
    assert "The Enchanted Castle" not in {entry.title for entry in (await scene.listed(BibliographyOf.AUTHOR)).items}


async def test_a_list_is_kept_while_a_provider_of_it_fails(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3))
    other = in_oz(1, id="HARDCOVER:1", provider="HARDCOVER")
    await scene.compare_series(other, answered=["hardcover"], failures={"audible": "no answer in time"})
    assert (await scene.entry("Ozma of Oz")).state is EntryState.MISSING
    assert "no answer in time" in ((await scene.listed()).problem or "")


async def test_the_works_of_an_author_are_listed_by_year(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_author(
        in_oz(1, published_year=1900),
        a_work("Queen Zixi of Ix", published_year=1905, published=date(1905, 10, 1)),
        in_oz(3, published_year=1907),
    )
    found = await scene.listed(BibliographyOf.AUTHOR)
    assert [(entry.title, entry.state) for entry in found.items] == [
        ("The Wonderful Wizard of Oz", EntryState.OWNED),
        ("Queen Zixi of Ix", EntryState.MISSING),
        ("Ozma of Oz", EntryState.MISSING),
    ]
    assert found.counts[EntryState.MISSING] == (await scene.author()).missing


async def test_the_list_of_an_unknown_series_is_not_found(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await scene.work_lists.get(GetWorkList(of=BibliographyOf.SERIES, id=uuid4()))


async def test_the_main_narrator_of_a_series_is_compared_with_the_editions_of_its_missing_volumes(
    scene: Scene,
) -> None:
    await scene.owns(1, 2, narrators=("Tom Reed",))
    await scene.compare_series(
        in_oz(1),
        in_oz(2),
        in_oz(3, narrators=["Reed, Tom"], asin="B0OZ000003"),
        in_oz(3, id="AUDIBLE:other", narrators=["Ann Lee"]),
        in_oz(4, narrators=["Ann Lee"]),
    )
    series = await scene.series()
    found = await scene.work_lists.narrators(GetSeriesNarrators(id=series.id))
    assert (found.main_narrator, [(each.name, each.places) for each in found.narrators]) == (
        "Tom Reed", [("Tom Reed", ["1", "2"])],
    )  # fmt: skip
    volumes = {each.title: each for each in found.unowned}
    third, fourth = volumes["Ozma of Oz"], volumes["Dorothy and the Wizard in Oz"]
    assert (third.same_narrator, fourth.same_narrator) == (True, False)
    assert [edition.asin for edition in third.by_main_narrator] == ["B0OZ000003"]
    assert [edition.narrators for edition in third.by_others] == [["Ann Lee"]]


async def test_the_calendar_lists_each_release_of_followed_series_and_authors_once(scene: Scene) -> None:
    await scene.owns(1, 2)
    today = scene.clock.now().date()
    works = (
        in_oz(1, published=today - timedelta(days=10)),
        in_oz(2, published=today - timedelta(days=400)),
        in_oz(3, published=today + timedelta(days=5)),
        placed("The Complete Oz", "1-14", compilation=True, published=today + timedelta(days=6)),
    )
    await scene.compare_series(*works)
    await scene.compare_author(*works, a_work("Queen Zixi of Ix", published=today + timedelta(days=7)))

    found = await scene.work_lists.calendar(GetCalendar())
    assert [(entry.title, entry.state, entry.series) for entry in found] == [
        ("The Wonderful Wizard of Oz", EntryState.OWNED, "Oz"),
        ("Ozma of Oz", EntryState.UPCOMING, "Oz"),
    ]
    author = await scene.author()
    follow = AuthorUpdate.model_validate({"follow": "all"})
    await scene.watchlist.update_author(UpdateAuthor(id=author.id, update=follow))
    upcoming = await scene.work_lists.calendar(GetCalendar(first=today, state=EntryState.UPCOMING))
    assert [(entry.title, entry.author_id) for entry in upcoming] == [
        ("Ozma of Oz", author.id), ("Queen Zixi of Ix", author.id),
    ]  # fmt: skip
    assert upcoming[0].series_id == (await scene.series()).id

    scene.clock.forward(seconds=6 * 86_400)
    await scene.want_released.want_released(WantReleasedBooks())
    states = {entry.title: entry.state for entry in await scene.work_lists.calendar(GetCalendar(first=today))}
    assert states == {"Ozma of Oz": EntryState.MISSING, "Queen Zixi of Ix": EntryState.UPCOMING}
    await scene.follow_series("none")
    titles = [entry.title for entry in await scene.work_lists.calendar(GetCalendar(first=today))]
    assert "The Wonderful Wizard of Oz" not in titles
    with pytest.raises(WrongPeriod):
        await scene.work_lists.calendar(GetCalendar(first=today, last=today - timedelta(days=1)))
    assert await scene.work_lists.calendar(GetCalendar(last=date.min)) == []
    assert await scene.work_lists.calendar(GetCalendar(first=date.max)) == []


async def test_a_release_that_the_author_announces_before_the_series_names_both(scene: Scene) -> None:
    await scene.owns(1, 2)
    today = scene.clock.now().date()
    await scene.compare_series(in_oz(1), in_oz(3, published=today + timedelta(days=5)))
    await scene.compare_author(in_oz(1), in_oz(3, published=today + timedelta(days=4)))
    author, series = await scene.author(), await scene.series()
    await scene.watchlist.update_author(
        UpdateAuthor(id=author.id, update=AuthorUpdate.model_validate({"follow": "all"}))
    )
    (entry,) = await scene.work_lists.calendar(GetCalendar(first=today))
    assert (entry.date, entry.series, entry.place) == (today + timedelta(days=4), "Oz", "3")
    assert (entry.series_id, entry.author_id) == (series.id, author.id)
