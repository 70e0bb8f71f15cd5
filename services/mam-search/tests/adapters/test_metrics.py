"""The gauges of the account for `/metrics`."""

from datetime import UTC, datetime, timedelta

from mam_search.adapters.postgres.metrics import GAUGES
from mam_search.adapters.postgres.standing_history import StandingHistory
from shared.chassis.database import Database, Transaction
from shared.contracts.mam.account import Standing
from shared.testing.gauges import read_gauges

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_the_newest_standing_is_shown(database: Database) -> None:
    history = StandingHistory(database.transactions(Transaction))
    for hours, unsatisfied in ((0, 3), (1, 5)):
        standing = Standing(
            username="reader", classname="VIP", ratio=None, bonus_points=1200.5, wedges=2, unsatisfied=unsatisfied,
            unsatisfied_limit=100, read_at=NOON + timedelta(hours=hours),
        )  # fmt: skip
        await history.add(standing)

    figures = await read_gauges(database, GAUGES)

    assert figures["gapless_mam_unsatisfied"] == {(): 5.0}
    assert figures["gapless_mam_bonus_points"] == {(): 1200.5}
    assert figures["gapless_mam_ratio"] == figures["gapless_indexer_vip_expires_in_seconds"] == {}
    assert figures["gapless_mam_standing_timestamp_seconds"] == {(): (NOON + timedelta(hours=1)).timestamp()}


async def test_without_a_standing_there_are_no_figures_of_it(database: Database) -> None:
    figures = await read_gauges(database, GAUGES)
    assert figures["gapless_mam_unsatisfied"] == {}
    assert figures["gapless_mam_reserved"] == {(): 0.0}
