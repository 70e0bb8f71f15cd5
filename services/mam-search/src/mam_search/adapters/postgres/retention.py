"""Deletes old rows, and counts the rows for the statistics."""

from datetime import datetime, timedelta

from shared.chassis.database import Transaction, Transactions
from shared.chassis.retention import prune, prune_chassis
from sqlalchemy import func, select

from mam_search.adapters.postgres.account_tables import GrabReservationRow
from mam_search.adapters.postgres.tables import CHASSIS, METADATA, ReleaseRow, SearchRow, SnapshotRow, TopListRow

KEEP_RESERVATIONS = timedelta(days=60)
"""Twice as long as a reservation counts at most."""


class Retention:
    """Cleanup and statistics of the service's tables."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def clean_up(self, now: datetime, *, before: datetime, dry_run: bool) -> dict[str, int]:
        """Delete searches, top lists and releases last read or seen before `before`, and old reservations.

        Return the number of rows by table. With `dry_run` only count them.
        """
        searches, releases = METADATA.tables["mam.searches"], METADATA.tables["mam.releases"]
        top_lists = METADATA.tables["mam.top_lists"]
        reservations = METADATA.tables["mam.grab_reservations"]
        async with self._transaction() as tx:
            return {
                "searches": await prune(tx.session, searches, SearchRow.asked_at < before, dry_run=dry_run),
                "releases": await prune(tx.session, releases, ReleaseRow.seen_at < before, dry_run=dry_run),
                "top_lists": await prune(tx.session, top_lists, TopListRow.read_at < before, dry_run=dry_run),
                "grab_reservations": await prune(
                    tx.session, reservations, GrabReservationRow.reserved_at < now - KEEP_RESERVATIONS, dry_run=dry_run
                ),
            } | await prune_chassis(tx.session, CHASSIS, now=now, dry_run=dry_run)

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]:
        """The number of stored searches, releases and standings."""
        rows = {"remembered_searches": SearchRow, "remembered_releases": ReleaseRow, "standings": SnapshotRow}
        async with self._transaction() as tx:
            return {
                name: await tx.session.scalar(select(func.count()).select_from(row)) or 0 for name, row in rows.items()
            }
