"""The gauges of the library for `/metrics`."""

from datetime import UTC, datetime
from uuid import uuid4

from library_scanner.adapters.postgres.metrics import GAUGES
from library_scanner.adapters.postgres.tables import MISSING_BOOKS
from shared.chassis.database import Database
from shared.contracts.values import MissingReason, MissingStatus
from shared.testing.gauges import read_gauges
from sqlalchemy import insert

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_missing_books_are_counted_by_reason_and_status(database: Database) -> None:
    row = {
        "author_key": "baum",
        "title": "Ozma of Oz",
        "authors": ["L. Frank Baum"],
        "reason": MissingReason.SERIES_GAP.value,
        "source": "hardcover",
        "priority": 0,
        "identified_at": NOON,
        "updated_at": NOON,
    }
    async with database.engine.begin() as connection:
        for number, status in enumerate((MissingStatus.FAILED, MissingStatus.QUEUED, MissingStatus.QUEUED)):
            own = {"id": uuid4(), "natural_key": str(number), "status": status.value}
            await connection.execute(insert(MISSING_BOOKS).values(row | own))

    figures = await read_gauges(database, GAUGES)

    assert figures["gapless_missing_total"] == {("series_gap", "queued"): 2.0, ("series_gap", "failed"): 1.0}
    assert figures["gapless_books_size_bytes"] == {(): 0.0}
