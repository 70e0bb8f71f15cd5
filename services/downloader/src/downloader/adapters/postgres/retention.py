"""What is deleted when it is old, and the figures of it all."""

from datetime import datetime

from shared.chassis.retention import prune, prune_chassis
from shared.contracts.downloads.downloads import DownloadStatus
from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import CHASSIS, METADATA, BlockedRow, DownloadRow, FailedAttemptRow, OfferRow

_FINISHED = (DownloadStatus.IMPORTED.value, DownloadStatus.CANCELLED.value)


class Housekeeping:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def clean_up(
        self, now: datetime, *, finished_before: datetime, shown_before: datetime, dry_run: bool
    ) -> dict[str, int]:
        """Delete finished downloads and releases that were only shown; rows by table. With `dry_run` only count.

        An abandoned download stays: it keeps its book from being searched again and again.
        """
        old = and_(DownloadRow.status.in_(_FINISHED), DownloadRow.updated_at < finished_before)
        shown = OfferRow.seen_at < shown_before
        downloads, offers = METADATA.tables["downloads.downloads"], METADATA.tables["downloads.offers"]
        return {
            "downloads": await prune(self._session, downloads, old, dry_run=dry_run),
            "offers": await prune(self._session, offers, shown, dry_run=dry_run),
        } | await prune_chassis(self._session, CHASSIS, now=now, dry_run=dry_run)

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]:
        """Counts by status and by source, bytes of what was imported, failures."""
        statuses = await self._session.execute(select(DownloadRow.status, func.count()).group_by(DownloadRow.status))
        sources = await self._session.execute(
            select(DownloadRow.source, func.count()).where(DownloadRow.source.is_not(None)).group_by(DownloadRow.source)
        )
        imported = DownloadRow.status == DownloadStatus.IMPORTED.value
        downloads = (
            await self._session.execute(
                select(
                    func.count(),
                    func.count().filter(DownloadRow.waiting_for.is_not(None)),
                    func.coalesce(func.sum(DownloadRow.size_bytes).filter(imported), 0),
                )
            )
        ).one()
        failures = await self._session.execute(
            select(FailedAttemptRow.error_type, func.sum(FailedAttemptRow.count)).group_by(FailedAttemptRow.error_type)
        )
        blocked = await self._session.scalar(select(func.count()).select_from(BlockedRow))
        return {
            "downloads": int(downloads[0] or 0),
            "downloads_by_status": {row[0]: int(row[1] or 0) for row in statuses},
            "downloads_by_source": {str(row[0]): int(row[1] or 0) for row in sources},
            "downloads_waiting_for_a_person_or_place": int(downloads[1] or 0),
            "imported_bytes": int(downloads[2] or 0),
            "failures_by_kind": {row[0]: int(row[1] or 0) for row in failures},
            "blocked_releases": int(blocked or 0),
        }
