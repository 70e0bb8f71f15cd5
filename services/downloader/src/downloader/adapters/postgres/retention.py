"""Deletes old rows."""

from datetime import datetime

from shared.chassis.retention import prune, prune_chassis
from shared.contracts.downloads.downloads import DownloadStatus
from sqlalchemy import and_
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import CHASSIS, METADATA, DownloadRow, OfferRow, SeedingRow

_FINISHED = (DownloadStatus.IMPORTED.value, DownloadStatus.CANCELLED.value)


class Retention:
    """The cleanup of downloads, search results and the chassis tables."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def clean_up(
        self, now: datetime, *, finished_before: datetime, shown_before: datetime, dry_run: bool
    ) -> dict[str, int]:
        """Delete finished downloads, ended seeding and old search results; returns the rows by table.

        A dry run only counts. An abandoned download is kept, so that its book is not searched again and again.
        """
        old = and_(DownloadRow.status.in_(_FINISHED), DownloadRow.updated_at < finished_before)
        shown = OfferRow.seen_at < shown_before
        downloads, offers = METADATA.tables["downloads.downloads"], METADATA.tables["downloads.offers"]
        seeding = METADATA.tables["downloads.seeding"]
        return {
            "seeding": await prune(self._session, seeding, SeedingRow.ended_at < finished_before, dry_run=dry_run),
            "downloads": await prune(self._session, downloads, old, dry_run=dry_run),
            "offers": await prune(self._session, offers, shown, dry_run=dry_run),
        } | await prune_chassis(self._session, CHASSIS, now=now, dry_run=dry_run)
