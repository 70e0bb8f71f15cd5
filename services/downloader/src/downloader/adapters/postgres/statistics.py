"""Statistics of downloads, in Postgres."""

from shared.contracts.downloads.downloads import DownloadStatus
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import BlockedRow, DownloadRow, FailedAttemptRow, SeedingRow


class DownloadStatistics:
    """Totals over all stored downloads."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]:
        """Counts of downloads by status and source, failures, blocked releases and torrents; and the imported bytes."""
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
        must_seed = await self._session.scalar(
            select(func.count()).select_from(SeedingRow).where(SeedingRow.safe_to_remove.is_(False))
        )
        return {
            "downloads": int(downloads[0] or 0),
            "downloads_by_status": {row[0]: int(row[1] or 0) for row in statuses},
            "downloads_by_source": {str(row[0]): int(row[1] or 0) for row in sources},
            "downloads_waiting_for_a_person_or_place": int(downloads[1] or 0),
            "imported_bytes": int(downloads[2] or 0),
            "failures_by_kind": {row[0]: int(row[1] or 0) for row in failures},
            "blocked_releases": int(blocked or 0),
            "torrents_that_must_seed": int(must_seed or 0),
        }
