"""The gauges of the gateway for `/metrics`."""

from datetime import UTC, datetime

from gateway.postgres.metrics import GAUGES
from gateway.postgres.tables import WatchedPartRow
from shared.chassis.database import Database
from shared.testing.gauges import read_gauges
from sqlalchemy import insert

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_only_what_was_reported_is_a_health_issue(database: Database) -> None:
    async with database.engine.begin() as connection:
        for name, reported_at in (("prowlarr", NOON), ("audiobookshelf", None)):
            row = {"name": name, "bad_since": NOON, "seen_at": NOON, "told_at": reported_at}
            await connection.execute(insert(WatchedPartRow).values(row))

    figures = await read_gauges(database, GAUGES)

    assert figures["gapless_system_health_issues"] == {("prowlarr", "error"): 1.0}
    since = figures["gapless_system_health_issue_since_timestamp_seconds"]
    assert since == {("prowlarr",): NOON.timestamp()}
