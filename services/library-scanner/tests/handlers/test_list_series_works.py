"""The works of several series at once."""

from uuid import uuid4

import pytest
from gap_scene import Scene, in_oz
from library_builders import an_item
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.list_series_works import ListSeriesWorksHandler
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.library.series import ListSeries
from shared.contracts.library.work_lists import EntryState, ListSeriesWorks
from shared.contracts.values import SeriesPlace
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


async def test_each_series_gets_the_works_of_its_own_list(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    oz = await scene.series()
    five = an_item(abs_id="five", title="Five Weeks in a Balloon", series=(SeriesPlace(name="Voyages", sequence="1"),))
    async with scene.transaction() as tx:
        await sync_items(tx, [five], scene.clock, read_at=scene.clock.now())
        await tx.counts.update()
    voyages = next(each for each in (await scene.lists.list_series(ListSeries())).items if each.id != oz.id)

    request = ListSeriesWorks(id=[voyages.id, uuid4(), oz.id])
    found = await ListSeriesWorksHandler(scene.transaction).list_works(request)

    assert [each.id for each in found] == [voyages.id, oz.id]
    assert [work.title for work in found[0].items] == ["Five Weeks in a Balloon"]
    assert found[0].compared_at is None
    alone = await scene.listed()
    short = [entry.model_copy(update={"evidence": [], "editions": []}) for entry in alone.items]
    assert (found[1].items, found[1].counts, found[1].total) == (short, alone.counts, alone.total)
    assert found[1].compared_at == alone.compared_at
    assert found[1].counts[EntryState.MISSING] == 1


async def test_a_long_list_is_cut_and_says_its_length(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    request = ListSeriesWorks(id=[(await scene.series()).id], works=3)
    [found] = await ListSeriesWorksHandler(scene.transaction).list_works(request)
    assert ([work.place for work in found.items], found.total) == (["1", "2", "3"], 4)
