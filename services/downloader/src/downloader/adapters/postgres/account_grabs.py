"""Which grabs the account at MyAnonamouse has still to show."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release
from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import DownloadRow
from downloader.domain.limits import LARGEST, MAM_S_NAME
from downloader.domain.reservations import PendingGrab

_LOCK = 0x6D616D
_SHOWN_AFTER = timedelta(minutes=15)
"""How long after its last byte a torrent's bytes may be missing in the account's figures, which the site caches."""


class AccountGrabs:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def pending(self, account: Standing, but: UUID, before: datetime | None = None) -> list[PendingGrab]:
        """Our other grabs that the account as it was read does not show, or not in full. Others wait for this lock.

        A torrent takes its place from its choice until the account is read after its grab, its bytes until the account
        is read some time after the last of them. A choice that is given up takes nothing any more. With `before`, of
        those on their way into the client only the ones chosen earlier: of two that check each other one goes first.
        """
        await self._session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        on_its_way = and_(DownloadRow.status == DownloadStatus.SEARCHING.value, DownloadRow.choice_id.is_not(None))
        if before is not None:
            on_its_way = and_(on_its_way, tuple_(DownloadRow.chosen_at, DownloadRow.id) < tuple_(before, but))
        slot = or_(on_its_way, DownloadRow.grabbed_at >= account.read_at)
        transferring = DownloadRow.status == DownloadStatus.DOWNLOADING.value
        paid = or_(on_its_way, transferring, DownloadRow.completed_at >= account.read_at - _SHOWN_AFTER)
        size = func.coalesce(DownloadRow.size_bytes, 0) * case((DownloadRow.info_hash.is_(None), LARGEST), else_=1.0)
        rows = await self._session.execute(
            select(DownloadRow.release, size, slot, paid).where(_is_of_mam(), DownloadRow.id != but, or_(slot, paid))
        )
        return [_pending(Release.model_validate(row[0]), int(row[1]), row[2], row[3]) for row in rows]


def _pending(release: Release, size_bytes: int, slot: bool | None, paid: bool | None) -> PendingGrab:
    """The larger of the listed and the true size counts: it is not known which of them the site goes by."""
    size_bytes = max(size_bytes, release.size_bytes)
    return PendingGrab(release, size_bytes, takes_slot=bool(slot), takes_bytes=bool(paid))


def _is_of_mam() -> ColumnElement[bool]:
    """As `is_of_mam`: also what Prowlarr found there."""
    name = func.replace(func.lower(DownloadRow.release["indexer_name"].astext), " ", "")
    return name.contains(MAM_S_NAME)
