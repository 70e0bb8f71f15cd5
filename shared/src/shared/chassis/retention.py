"""Prunes the chassis tables of a service: handled messages, failed messages and finished runs."""

from datetime import datetime, timedelta

from sqlalchemy import Table, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from shared.chassis.tables import ChassisTables

FAILED_MESSAGES_MAX_AGE = timedelta(days=90)
"""How long a failed message can be inspected and resent."""
MAX_AGE = timedelta(days=30)
"""Longer than any stream stores a message, so that a pruned message cannot be redelivered."""


async def prune_chassis(
    session: AsyncSession, tables: ChassisTables, *, now: datetime, max_age: timedelta = MAX_AGE, dry_run: bool = False
) -> dict[str, int]:
    """Delete rows older than `max_age`, and failed messages older than `FAILED_MESSAGES_MAX_AGE`. Repeatable.

    The ledger of an unfinished run is kept, whatever its age. Returns the number of rows by table that were deleted, or
    in a dry run would be.
    """
    before = now - max_age
    ledgers, items = tables.run_ledgers, tables.run_items
    failed, begun = tables.failed_messages, tables.begun_deliveries
    over = select(ledgers.c.run_id).where(ledgers.c.finished_at < before)
    return {
        "inbox": await prune(session, tables.inbox, tables.inbox.c.handled_at < before, dry_run=dry_run),
        "failed_messages": await prune(
            session, failed, failed.c.last_failed_at < now - FAILED_MESSAGES_MAX_AGE, dry_run=dry_run
        ),
        "begun_deliveries": await prune(session, begun, begun.c.last_begun_at < before, dry_run=dry_run),
        "run_items": await prune(session, items, items.c.run_id.in_(over), dry_run=dry_run),
        "run_ledgers": await prune(session, ledgers, ledgers.c.finished_at < before, dry_run=dry_run),
    }


async def prune(session: AsyncSession, table: Table, condition: ColumnElement[bool], *, dry_run: bool) -> int:
    """Delete the rows that match a condition, or in a dry run only count them. Returns their number."""
    if dry_run:
        counted = await session.scalar(select(func.count()).select_from(table).where(condition))
        return counted or 0
    deleted = delete(table).where(condition).returning(text("1")).cte("deleted")
    return await session.scalar(select(func.count()).select_from(deleted)) or 0
