"""The gauges of metadata for `/metrics`."""

from datetime import UTC, datetime
from uuid import uuid4

from metadata.adapters.postgres.metrics import GAUGES
from metadata.adapters.postgres.tables import RATE_LIMITS, DeferredRow
from shared.chassis.database import Database
from shared.testing.gauges import read_gauges
from sqlalchemy import insert

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_each_provider_has_its_health_and_its_waiting_books(database: Database) -> None:
    async with database.engine.begin() as connection:
        for name, health in (("audible", "ok"), ("google", "throttled")):
            await connection.execute(insert(RATE_LIMITS.accounts).values(name=name, fingerprint="", health=health))
        waiting = {"book_id": uuid4(), "providers": ["google"], "fill_only": False, "times": 1, "again_at": NOON}
        await connection.execute(insert(DeferredRow).values(waiting))

    figures = await read_gauges(database, GAUGES)

    assert figures["gapless_provider_ok"] == {("audible",): 1.0, ("google",): 0.0}
    assert figures["gapless_provider_waiting_books"] == {("google",): 1.0}
