"""Deletes old rows, and counts the rows for the statistics."""

from datetime import datetime, timedelta

from shared.chassis.database import Transaction, Transactions
from shared.chassis.retention import prune, prune_chassis
from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import aliased

from mam_search.adapters.postgres.account_tables import GrabReservationRow
from mam_search.adapters.postgres.guide_tables import GuideRow
from mam_search.adapters.postgres.page_tables import TorrentPageRow, UnreadablePageRow
from mam_search.adapters.postgres.tables import CHASSIS, METADATA, ReleaseRow, SearchRow, SnapshotRow, TopListRow

Figures = dict[str, float | int | str | dict[str, int]]

KEEP_RESERVATIONS = timedelta(days=60)
"""Twice as long as a reservation counts at most."""
KEEP_EVERY_STANDING = timedelta(days=90)
"""Of older standings, only the last one of each day (UTC) is kept."""


class Retention:
    """Cleanup and statistics of the service's tables."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def clean_up(self, now: datetime, *, before: datetime, dry_run: bool) -> dict[str, int]:
        """Delete searches, top lists, releases and pages last read or seen before `before`, and old reservations.

        Old standings are thinned to one a day. Return the number of rows by table. With `dry_run` only count them.
        """
        old = {
            "searches": SearchRow.asked_at < before,
            "releases": ReleaseRow.seen_at < before,
            "top_lists": TopListRow.read_at < before,
            "torrent_pages": TorrentPageRow.read_at < before,
            "unreadable_pages": UnreadablePageRow.read_at < before,
            "account_snapshots": _superseded(now - KEEP_EVERY_STANDING),
            "grab_reservations": GrabReservationRow.reserved_at < now - KEEP_RESERVATIONS,
        }
        async with self._transaction() as tx:
            return {
                name: await prune(tx.session, METADATA.tables[f"mam.{name}"], condition, dry_run=dry_run)
                for name, condition in old.items()
            } | await prune_chassis(tx.session, CHASSIS, now=now, dry_run=dry_run)

    async def figures(self) -> Figures:
        """The number of stored searches, releases, standings, pages and guides."""
        rows = {
            "remembered_searches": SearchRow,
            "remembered_releases": ReleaseRow,
            "standings": SnapshotRow,
            "torrent_pages": TorrentPageRow,
            "unreadable_pages": UnreadablePageRow,
        }
        kinds = select(GuideRow.kind, func.count()).group_by(GuideRow.kind).order_by(GuideRow.kind)
        async with self._transaction() as tx:
            counts: Figures = {
                name: await tx.session.scalar(select(func.count()).select_from(row)) or 0 for name, row in rows.items()
            }
            counts["guides_by_kind"] = {kind: number for kind, number in await tx.session.execute(kinds)}
            return counts


def _superseded(before: datetime) -> ColumnElement[bool]:
    """Standings read before then that are not the last one of their day."""
    later = aliased(SnapshotRow)
    day = func.date_trunc("day", SnapshotRow.read_at, "UTC")
    same_day = and_(later.read_at >= SnapshotRow.read_at, later.read_at < day + timedelta(days=1))
    is_later = tuple_(later.read_at, later.id) > tuple_(SnapshotRow.read_at, SnapshotRow.id)
    exists = select(later.id).where(same_day, is_later).correlate(SnapshotRow).exists()
    return and_(SnapshotRow.read_at < before, exists)
