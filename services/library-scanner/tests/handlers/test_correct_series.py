"""A person's corrections of the list of a series hold when its works are collected again, and can be undone."""

from uuid import uuid4

import pytest
from gap_scene import Scene, in_oz
from library_builders import a_bibliography, a_work, an_item, sent_messages
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.correct_series import WrongMerge
from library_scanner.workflow.refusals import AlreadyExists
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.chassis.errors import NotFound
from shared.contracts.library.books import ListBooks
from shared.contracts.library.series import ListSeries, Series
from shared.contracts.library.series_corrections import ListSeriesCorrections
from shared.contracts.library.work_lists import EntryKind, EntryState
from shared.contracts.metadata.bibliographies import CollectBibliography
from shared.contracts.values import MissingStatus, SeriesPlace
from shared.testing.clocks import ManualClock


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    scene = Scene(database, transaction, clock)
    await scene.owns(1, 2)
    return scene


async def open_gaps(scene: Scene) -> dict[str, str | None]:
    """The titles and places of the open missing books."""
    return {each.title: each.sequence for each in await scene.missing(status=[MissingStatus.IDENTIFIED])}


async def series_named(scene: Scene, name: str) -> Series:
    found = (await scene.lists.list_series(ListSeries(limit=100))).items
    return next(each for each in found if each.name == name)


async def test_a_removed_work_is_no_gap_however_often_it_is_collected(scene: Scene) -> None:
    works = (in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    await scene.compare_series(*works)
    entry = await scene.entry("Ozma of Oz")
    removed = await scene.correct(kind="remove", entry_ids=[str(entry.id)], note="a different book")
    assert set(await open_gaps(scene)) == {"Dorothy and the Wizard in Oz"}
    (request,) = await sent_messages(scene.database, CollectBibliography)
    assert request.max_age_days is not None

    await scene.compare_series(*works)
    await scene.compare_author(*works)
    renamed = in_oz(3, id="HARDCOVER:99", provider="HARDCOVER")
    await scene.compare_series(in_oz(1), in_oz(2), renamed, in_oz(4))
    assert set(await open_gaps(scene)) == {"Dorothy and the Wizard in Oz"}
    entry = await scene.entry("Ozma of Oz")
    assert entry.state is EntryState.NOT_COUNTED
    assert "a person removed it" in entry.why
    assert "a different book" in entry.why
    assert (await scene.series()).missing == 1

    await scene.undo(removed)
    await scene.undo(removed)
    await scene.compare_series(*works)
    assert set(await open_gaps(scene)) == {"Ozma of Oz", "Dorothy and the Wizard in Oz"}
    page = await scene.corrections.list(ListSeriesCorrections(id=(await scene.series()).id))
    assert [(each.kind, each.undone_at is not None) for each in page.items] == [("remove", True)]


async def test_a_correction_names_the_keys_that_made_and_undid_it(scene: Scene) -> None:
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    made = await scene.correct(kind="renumber", entry_id=str((await scene.entry("Ozma of Oz")).id), place="9")
    assert (made.made_by, made.undone_by) == ("kitchen tablet", None)
    await scene.undo(made)
    [listed] = (await scene.corrections.list(ListSeriesCorrections(id=made.series_id))).items
    assert (listed.made_by, listed.undone_by) == ("kitchen tablet", "study tablet")


async def test_an_owned_book_that_is_removed_does_not_belong_to_the_series(scene: Scene) -> None:
    await scene.compare_series(in_oz(1), in_oz(2))
    series = await scene.series()
    entry = await scene.entry("The Marvelous Land of Oz")
    removed = await scene.correct(kind="remove", entry_ids=[str(entry.id)])
    await scene.owns(1, 2)
    books = await scene.lists.list_books(ListBooks(series_id=series.id))
    assert ([book.title for book in books.items], (await scene.series()).owned) == (["The Wonderful Wizard of Oz"], 1)
    await scene.undo(removed)
    assert (await scene.series()).owned == 2


async def test_removing_another_form_of_a_work_does_not_remove_the_work(scene: Scene) -> None:
    third = [SeriesPlace(name="Oz", sequence="3")]
    works = (
        in_oz(1),
        in_oz(2),
        in_oz(3, id="AUDIBLE:3"),
        a_work("Ozma of Oz", id="AUDIBLE:de", language="German", series=third),
        a_work("Ozma of Oz: A Sampler", id="AUDIBLE:sampler", series=third),
    )
    await scene.compare_series(*works)
    others = [entry for entry in (await scene.listed()).items if entry.kind is not EntryKind.PRIMARY]
    assert {entry.kind for entry in others} == {EntryKind.TRANSLATION, EntryKind.EXCERPT}
    await scene.correct(kind="remove", entry_ids=[str(entry.id) for entry in others])
    await scene.compare_series(*works, in_oz(3, id="HARDCOVER:3", provider="HARDCOVER"))
    assert await open_gaps(scene) == {"Ozma of Oz": "3"}


async def test_removing_a_work_in_an_omnibus_leaves_the_omnibus_in_the_series(scene: Scene) -> None:
    omnibus = an_item(
        abs_id="box", title="Oz, Books 3-4", path="Oz/Oz, Books 3-4", series=(SeriesPlace(name="Oz", sequence="3-4"),)
    )
    async with scene.transaction() as tx:
        await sync_items(tx, [omnibus], scene.clock, read_at=scene.clock.now())
        await tx.counts.update()
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    entry = await scene.entry("Ozma of Oz")
    assert entry.state is EntryState.IN_OMNIBUS
    await scene.correct(kind="remove", entry_ids=[str(entry.id)])
    assert (await scene.series()).owned == 3


async def test_a_renumbered_work_has_its_place_for_good(scene: Scene) -> None:
    works = (in_oz(1), in_oz(2), in_oz(3))
    await scene.compare_series(*works)
    entry = await scene.entry("Ozma of Oz")
    renumbered = await scene.correct(kind="renumber", entry_id=str(entry.id), place="7")
    await scene.compare_series(*works)
    assert (await scene.entry("Ozma of Oz")).place == "7"
    assert await open_gaps(scene) == {"Ozma of Oz": "7"}
    assert (await scene.series()).missing == 1

    without = await scene.correct(kind="renumber", entry_id=str(entry.id), place=None)
    await scene.compare_series(*works)
    assert (await scene.entry("Ozma of Oz")).state is EntryState.NOT_COUNTED
    assert await open_gaps(scene) == {}
    await scene.undo(without)
    await scene.undo(renumbered)
    await scene.compare_series(*works)
    assert (await scene.entry("Ozma of Oz")).place == "3"


async def test_an_added_work_is_a_gap_until_the_library_has_it(scene: Scene) -> None:
    works = (in_oz(1), in_oz(2))
    await scene.compare_series(*works)
    added = await scene.correct(kind="add", title="Ozma of Oz", place="3", asin="B0OZ000003")
    await scene.compare_series(*works)
    await scene.compare_series(*works)
    assert await open_gaps(scene) == {"Ozma of Oz": "3"}
    entry = await scene.entry("Ozma of Oz")
    assert (entry.state, entry.authors, entry.providers) == (EntryState.MISSING, ["L. Frank Baum"], [])

    await scene.compare_series(*works, in_oz(3))
    assert [each.title for each in (await scene.listed()).items].count("Ozma of Oz") == 1
    await scene.owns(3)
    await scene.compare_series(*works)
    assert (await scene.entry("Ozma of Oz")).state is EntryState.OWNED
    await scene.undo(added)


async def test_undoing_an_addition_closes_its_gap(scene: Scene) -> None:
    await scene.compare_series(in_oz(1), in_oz(2))
    added = await scene.correct(kind="add", title="Ozma of Oz", place="3")
    await scene.compare_series(in_oz(1), in_oz(2))
    await scene.undo(added)
    await scene.compare_series(in_oz(1), in_oz(2))
    assert await open_gaps(scene) == {}
    assert (await scene.series()).missing == 0


async def owns_in_other_series(scene: Scene) -> None:
    """The library has the third book under another name of the series."""
    other = SeriesPlace(name="The Famous Oz Books", sequence="3")
    item = an_item(abs_id="item-3", title="Ozma of Oz", path="Ozma", series=(other,))
    scene.clock.forward(seconds=1)
    async with scene.transaction() as tx:
        await sync_items(tx, [item], scene.clock, read_at=scene.clock.now())
        await tx.counts.update()


async def test_a_merged_series_counts_as_one_and_its_works_are_collected_by_both_names(scene: Scene) -> None:
    await owns_in_other_series(scene)
    other = await series_named(scene, "The Famous Oz Books")
    fourth = a_work("Dorothy and the Wizard in Oz", series=[SeriesPlace(name=other.name, sequence="4")])
    await scene.compare_bibliography.compare(a_bibliography(other.id, fourth))
    assert (await series_named(scene, other.name)).missing == 1

    oz = await series_named(scene, "Oz")
    request = {"kind": "merge", "series_id": str(other.id)}
    merged = await scene.correct_series(oz.id, **request)
    found = (await scene.lists.list_series(ListSeries())).items
    assert [(each.name, each.owned, each.missing) for each in found] == [("Oz", 3, 1)]
    collect = (await sent_messages(scene.database, CollectBibliography))[-1]
    assert (collect.name, collect.other_names) == ("Oz", [other.name])

    await scene.compare_series(in_oz(1), in_oz(2), fourth)
    await owns_in_other_series(scene)
    assert await open_gaps(scene) == {"Dorothy and the Wizard in Oz": "4"}
    found = (await scene.lists.list_series(ListSeries())).items
    assert [(each.name, each.owned, each.missing) for each in found] == [("Oz", 3, 1)]
    with pytest.raises(WrongMerge, match="already merged"):
        await scene.correct_series(other.id, kind="merge", series_id=str(oz.id))
    with pytest.raises(WrongMerge, match="already merged"):
        await scene.correct_series(other.id, kind="add", title="Ozma of Oz", place="3")
    with pytest.raises(WrongMerge, match="already merged"):
        await scene.correct_series(oz.id, kind="merge", series_id=str(other.id))

    await scene.undo(merged)
    found = (await scene.lists.list_series(ListSeries())).items
    assert {each.name: (each.owned, each.missing) for each in found} == {"Oz": (2, 0), other.name: (1, 1)}


async def test_a_split_series_keeps_its_works_apart(scene: Scene) -> None:
    works = (in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    await scene.compare_series(*works)
    ids = [str((await scene.entry(title)).id) for title in ("The Marvelous Land of Oz", "Ozma of Oz")]
    with pytest.raises(AlreadyExists):
        await scene.correct(kind="split", name="oz", entry_ids=ids)
    split = await scene.correct(kind="split", name="Oz Sequels", entry_ids=ids)
    sequels = await series_named(scene, "Oz Sequels")
    assert (sequels.owned, sequels.missing, (await series_named(scene, "Oz")).owned) == (1, 1, 1)

    oz = await series_named(scene, "Oz")
    await scene.compare_bibliography.compare(a_bibliography(oz.id, *works))
    await scene.compare_bibliography.compare(a_bibliography(sequels.id, *works))
    await scene.owns(1, 2)
    counts = {each.name: (each.owned, each.missing) for each in (await scene.lists.list_series(ListSeries())).items}
    assert counts == {"Oz": (1, 1), "Oz Sequels": (1, 1)}
    request = {each.name: each.other_names for each in await sent_messages(scene.database, CollectBibliography)}
    assert request["Oz Sequels"] == ["Oz"]

    await scene.undo(split)
    await scene.compare_bibliography.compare(a_bibliography(oz.id, *works))
    counts = {each.name: (each.owned, each.missing) for each in (await scene.lists.list_series(ListSeries())).items}
    assert counts == {"Oz": (2, 2)}


async def test_a_work_or_a_correction_of_another_series_is_not_found(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await scene.correct(kind="remove", entry_ids=[str(uuid4())])
    with pytest.raises(WrongMerge):
        await scene.correct(kind="merge", series_id=str((await scene.series()).id))
