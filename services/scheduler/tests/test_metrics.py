"""The gauges of tasks for `/metrics`."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from scheduler.postgres.metrics import GAUGES
from scheduler.postgres.tables import CHASSIS, RunRow
from scheduler.ticker import Ticker
from shared.chassis.database import Database
from shared.testing.gauges import read_gauges
from sqlalchemy import insert

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_the_due_time_of_each_task_that_is_on_is_shown(ticker: Ticker, database_url: str) -> None:
    await ticker.add_missing_schedules()
    database = Database(database_url, CHASSIS)
    figures = await read_gauges(database, GAUGES)
    await database.aclose()

    enabled = {labels for labels, value in figures["gapless_task_enabled"].items() if value == 1.0}
    assert ("library_scan",) in enabled
    assert enabled >= set(figures["gapless_task_next_due_timestamp_seconds"]) > {("library_scan",)}
    assert figures["gapless_task_last_success_timestamp_seconds"] == {}


async def test_the_end_of_the_newest_run_of_each_outcome_is_shown(ticker: Ticker, database_url: str) -> None:
    await ticker.add_missing_schedules()
    database = Database(database_url, CHASSIS)
    async with database.engine.begin() as connection:
        for hour, status in enumerate(["completed", "completed", "failed", "running"]):
            at = NOON + timedelta(hours=hour)
            row = {"id": uuid4(), "task": "library_scan", "status": status, "by": "schedule", "due_at": at}
            ended_at = None if status == "running" else at + timedelta(minutes=1)
            await connection.execute(insert(RunRow).values(**row, ended_at=ended_at))
    figures = await read_gauges(database, GAUGES)
    await database.aclose()

    success, failure = NOON + timedelta(hours=1, minutes=1), NOON + timedelta(hours=2, minutes=1)
    assert figures["gapless_task_last_success_timestamp_seconds"] == {("library_scan",): success.timestamp()}
    assert figures["gapless_task_last_failure_timestamp_seconds"] == {("library_scan",): failure.timestamp()}
    assert figures["gapless_runs_active"] == {("library_scan",): 1.0}
