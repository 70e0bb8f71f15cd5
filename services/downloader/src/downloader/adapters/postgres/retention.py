"""Deletes old rows."""

from datetime import datetime

from shared.chassis.retention import prune, prune_chassis
from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus
from sqlalchemy import and_, exists
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import CHASSIS, METADATA, DownloadRow, GivenTorrentRow, OfferRow, SeedingRow

_FINISHED = (DownloadStatus.IMPORTED.value, DownloadStatus.CANCELLED.value)


class Retention:
    """The cleanup of downloads, search results and the chassis tables."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def clean_up(
        self, now: datetime, *, finished_before: datetime, shown_before: datetime, dry_run: bool
    ) -> dict[str, int]:
        """Delete finished downloads, ended seeding, old search results, and torrent files whose download has ended.

        Returns the rows by table. A dry run only counts. An abandoned download is kept, so that its book is not
        searched again and again.
        """
        old = and_(DownloadRow.status.in_(_FINISHED), DownloadRow.updated_at < finished_before)
        shown = OfferRow.seen_at < shown_before
        downloads, offers = METADATA.tables["downloads.downloads"], METADATA.tables["downloads.offers"]
        given = METADATA.tables["downloads.given_torrents"]
        in_use = exists().where(
            DownloadRow.source == DownloadSource.MANUAL.value,
            DownloadRow.release_id == GivenTorrentRow.info_hash,
            DownloadRow.status.not_in(_FINISHED),
        )
        unused = and_(GivenTorrentRow.given_at < shown_before, ~in_use)
        seeding = METADATA.tables["downloads.seeding"]
        return {
            "seeding": await prune(self._session, seeding, SeedingRow.ended_at < finished_before, dry_run=dry_run),
            "downloads": await prune(self._session, downloads, old, dry_run=dry_run),
            "given_torrents": await prune(self._session, given, unused, dry_run=dry_run),
            "offers": await prune(self._session, offers, shown, dry_run=dry_run),
        } | await prune_chassis(self._session, CHASSIS, now=now, dry_run=dry_run)
