"""Import lists are added, changed and deleted, and take files."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from import_list_scene import PLAIN, Scene
from metadata.adapters.postgres.retention import Retention, RetentionPeriods
from metadata.domain.refusals import ImportListConflict, InvalidImportList, UnknownImportList
from metadata.domain.transactions import Transactions
from pydantic import ValidationError
from sandbox.testing import a_world
from shared.chassis.database import Database, Transaction
from shared.contracts.metadata.import_lists import (
    MOST_LISTS,
    DeleteImportList,
    ListImportListKinds,
    ListImportLists,
    RemovedEntries,
)
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock, catalogues: Callable[..., Any]) -> Scene:
    return Scene(database, transaction, clock, catalogues(a_world()).registry)


async def test_a_list_has_careful_settings_unless_a_person_changes_them(scene: Scene) -> None:
    made = await scene.create()
    assert (made.enabled, made.auto_download, made.removed_entries) == (True, False, RemovedEntries.KEEP)
    changed = await scene.update(made.id, name="  Wanted\n soon ", auto_download=True, priority=90)
    assert (changed.name, changed.auto_download, changed.priority) == ("Wanted soon", True, 90)
    assert await scene.edit.list_all(ListImportLists()) == [changed]
    assert await scene.update(made.id) == changed
    await scene.edit.delete(DeleteImportList(id=made.id))
    assert await scene.edit.list_all(ListImportLists()) == []


async def test_a_name_is_used_once_and_the_number_of_lists_is_limited(scene: Scene) -> None:
    first = await scene.create(name="One")
    with pytest.raises(ImportListConflict, match="“ONE”"):
        await scene.create(name="ONE")
    second = await scene.create(name="Two")
    with pytest.raises(ImportListConflict, match="“one”"):
        await scene.update(second.id, name="one")
    assert (await scene.shown(first.id)).name == "One"
    for number in range(MOST_LISTS - 2):
        await scene.create(name=f"List {number}")
    with pytest.raises(ImportListConflict, match="delete one first"):
        await scene.create(name="One too many")


async def test_what_does_not_exist_or_fit_is_refused(scene: Scene) -> None:
    with pytest.raises(InvalidImportList, match="no kind 'rss'"):
        await scene.create(kind="rss")
    with pytest.raises(InvalidImportList, match="has no address"):
        await scene.create(address="https://example.net/list")
    with pytest.raises(InvalidImportList, match="name is empty"):
        await scene.create(name="\u200b\n")
    for call in (scene.shown(uuid4()), scene.update(uuid4(), priority=1), scene.upload(uuid4(), "A - B")):
        with pytest.raises(UnknownImportList):
            await call
    with pytest.raises(UnknownImportList):
        await scene.edit.delete(DeleteImportList(id=uuid4()))


async def test_an_invalid_file_changes_nothing_and_a_valid_one_replaces_the_entries(
    scene: Scene, clock: ManualClock
) -> None:
    made = await scene.create()
    reading = await scene.upload(made.id, "A - One", "B - Two", "!!!")
    assert (reading.entries, reading.added, reading.removed) == (2, 2, 0)
    assert reading.unreadable == ["line 3: it has neither a title nor an identifier"]
    with pytest.raises(InvalidImportList, match="nothing was changed"):
        await scene.upload(made.id, "# only a comment")
    assert len(await scene.entries(made.id)) == 2
    reading = await scene.upload(made.id, "B - Two", "C - Three")
    assert (reading.entries, reading.added, reading.removed) == (2, 1, 1)
    shown = await scene.shown(made.id)
    assert (shown.read_at, shown.removed) == (clock.now(), 1)


async def test_an_entry_that_was_not_listed_for_a_year_is_forgotten(
    scene: Scene, database: Database, clock: ManualClock
) -> None:
    made = await scene.create()
    await scene.upload(made.id, "A - One", "B - Two")
    await scene.upload(made.id, "B - Two")
    periods = RetentionPeriods(timedelta(days=30), timedelta(days=90), timedelta(days=7))
    retention = Retention(database.transactions(Transaction), periods)
    for days, kept in ((364, 2), (2, 1)):
        clock.forward(seconds=days * 86_400)
        await retention.clean_up(clock.now(), [], dry_run=False)
        assert len(await scene.entries(made.id, removed=None)) == kept


async def test_the_longest_name_is_a_source_of_missing_books(scene: Scene) -> None:
    with pytest.raises(ValidationError):
        await scene.create(name="x" * 201)
    made = await scene.create(name="x" * 200)
    await scene.upload(made.id, "A - One")
    assert (await scene.run()).outcome == "completed"


async def test_every_kind_says_what_it_reads(scene: Scene) -> None:
    kinds = {each.name: each for each in await scene.edit.list_kinds(ListImportListKinds())}
    assert kinds[PLAIN].reads == "file"
    assert all(each.title and each.description and each.example for each in kinds.values())
