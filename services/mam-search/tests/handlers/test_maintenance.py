"""Old searches and releases are deleted, and the statistics count what is stored."""

from datetime import timedelta
from typing import Any

from mam_search.adapters.postgres.retention import Retention
from mam_search.handlers.maintenance import MaintenanceHandlers
from shared.chassis.database import Database, Transaction
from shared.contracts.mam.search import FoundPage, MamSearch
from shared.contracts.system import CleanUp, TellStatistics
from shared.testing.clocks import ManualClock


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
