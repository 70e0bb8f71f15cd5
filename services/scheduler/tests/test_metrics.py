"""The gauges of tasks for `/metrics`."""

from scheduler.postgres.metrics import GAUGES
from scheduler.postgres.tables import CHASSIS
from scheduler.ticker import Ticker
from shared.chassis.database import Database
from shared.testing.gauges import read_gauges


async def test_the_due_time_of_each_task_that_is_on_is_shown(ticker: Ticker, database_url: str) -> None:
    await ticker.add_missing_schedules()
    database = Database(database_url, CHASSIS)
    figures = await read_gauges(database, GAUGES)
    await database.aclose()

    enabled = {labels for labels, value in figures["gapless_task_enabled"].items() if value == 1.0}
    assert ("library_scan",) in enabled
    assert enabled >= set(figures["gapless_task_next_due_timestamp_seconds"]) > {("library_scan",)}
    assert figures["gapless_task_last_success_timestamp_seconds"] == {}
