"""The chassis tables are pruned: handled messages after a month, failed messages after three."""

from datetime import UTC, datetime, timedelta

from shared.chassis.database import Database, Transaction, Transactions
from shared.chassis.failed_messages import FailedMessages, Failure
from shared.chassis.retention import FAILED_MESSAGES_MAX_AGE, MAX_AGE, prune_chassis
from shared.contracts.system import ListFailedMessages
from shared.testing.tiny import CHASSIS, TINY
from sqlalchemy import insert, update


async def test_old_failed_messages_are_pruned(database: Database, transaction: Transactions[Transaction]) -> None:
    failures, table = FailedMessages(database, TINY.name), CHASSIS.failed_messages
    now = datetime.now(UTC)
    for message_id, age in (
        ("old", FAILED_MESSAGES_MAX_AGE + timedelta(hours=1)),
        ("young", FAILED_MESSAGES_MAX_AGE - timedelta(hours=1)),
    ):
        await failures.record(Failure("shelf", message_id, "cmd.library.shelve", b"{}", "away"), attempts_allowed=1)
        async with transaction() as tx:
            aged = update(table).where(table.c.message_id == message_id).values(last_failed_at=now - age)
            await tx.session.execute(aged)
    async with transaction() as tx:
        planned = await prune_chassis(tx.session, CHASSIS, now=now, dry_run=True)
        deleted = await prune_chassis(tx.session, CHASSIS, now=now)
    assert planned["failed_messages"] == deleted["failed_messages"] == 1
    assert [each.id for each in (await failures.list(ListFailedMessages())).items] == ["shelf/young"]


async def test_old_records_of_crashed_deliveries_are_pruned(transaction: Transactions[Transaction]) -> None:
    now = datetime.now(UTC)
    async with transaction() as tx:
        for message_id, age in (("old", MAX_AGE + timedelta(hours=1)), ("young", timedelta())):
            values = {"consumer": "shelf", "message_id": message_id, "last_begun_at": now - age}
            await tx.session.execute(insert(CHASSIS.begun_deliveries).values(values))
        assert (await prune_chassis(tx.session, CHASSIS, now=now))["begun_deliveries"] == 1


async def test_failed_messages_are_listed_in_pages(database: Database) -> None:
    failures = FailedMessages(database, TINY.name)
    for number in range(5):
        await failures.record(Failure("shelf", str(number), "cmd.library.shelve", b"{}", "away"), attempts_allowed=1)
    pages = [await failures.list(ListFailedMessages(limit=2, offset=offset)) for offset in (0, 2, 4)]
    assert [page.total for page in pages] == [5, 5, 5]
    assert [each.id for page in pages for each in page.items] == [f"shelf/{number}" for number in (4, 3, 2, 1, 0)]
