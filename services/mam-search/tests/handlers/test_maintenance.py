"""Old searches and releases are deleted, and the statistics count what is stored."""

from datetime import timedelta
from typing import Any

from mam_search.adapters.postgres.retention import Retention
from mam_search.handlers.maintenance import MaintenanceHandlers
from shared.chassis.database import Database, Transaction
from shared.contracts.mam.search import FoundPage, MamSearch
from shared.contracts.system import CleanUp, TellStatistics
from shared.testing.clocks import ManualClock


async def test_of_the_standings_of_an_old_day_the_last_one_is_kept(
    tracker: Any, history: Any, database: Database
) -> None:
    clock = ManualClock()
    maintenance = MaintenanceHandlers(Retention(database.transactions(Transaction)), timedelta(days=30), clock)
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    plain = await tracker.replica().standing(midnight)
    hours = [1, 12, 23, 24, 47.5]
    for hour in hours:
        await history.add(plain.model_copy(update={"read_at": midnight + timedelta(hours=hour)}))

    clock.at = midnight + timedelta(days=91)
    assert (await maintenance.clean_up(CleanUp(dry_run=True))).deleted["account_snapshots"] == 2
    assert (await maintenance.clean_up(CleanUp())).deleted["account_snapshots"] == 2
    clock.forward(days=1)
    assert (await maintenance.clean_up(CleanUp())).deleted["account_snapshots"] == 1
    kept = await history.points(midnight, timedelta(minutes=1))
    assert [(each.at - midnight) / timedelta(hours=1) for each in kept] == [23, 47.5]


async def test_old_searches_are_counted_in_a_dry_run_and_then_deleted(cache: Any, database: Database) -> None:
    clock = ManualClock()
    maintenance = MaintenanceHandlers(Retention(database.transactions(Transaction)), timedelta(days=30), clock)
    await cache.store(MamSearch(text="ozma oz"), FoundPage(), clock.now())
    assert (await maintenance.clean_up(CleanUp())).deleted["searches"] == 0
    clock.forward(days=31)
    assert (await maintenance.clean_up(CleanUp(dry_run=True))).deleted["searches"] == 1
    assert (await maintenance.tell_statistics(TellStatistics())).figures["remembered_searches"] == 1
    assert (await maintenance.clean_up(CleanUp())).deleted["searches"] == 1
    assert (await maintenance.tell_statistics(TellStatistics())).figures["remembered_searches"] == 0


async def test_the_statistics_count_guides_by_kind(stored_guides: Database) -> None:
    maintenance = MaintenanceHandlers(
        Retention(stored_guides.transactions(Transaction)), timedelta(days=30), ManualClock()
    )
    counted = (await maintenance.tell_statistics(TellStatistics())).figures["guides_by_kind"]
    assert isinstance(counted, dict)
    assert set(counted) == {"guide", "topic"}
    assert min(counted.values()) > 0
