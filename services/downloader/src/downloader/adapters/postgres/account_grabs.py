"""The grabs that the figures of the account at MyAnonamouse do not include yet."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release
from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import DownloadRow
from downloader.domain.limits import MAM_NAME, MAX_SIZE_RATIO
from downloader.domain.reservations import PendingGrab

_LOCK = "grabs of the account"
_SHOWN_AFTER = timedelta(minutes=15)
"""How long the site's cached figures may lack the bytes of a completed torrent."""


class AccountGrabs:
    """The grabs at MyAnonamouse that the figures of the account do not fully include."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def pending(self, account: Standing, excluding: UUID, before: datetime | None = None) -> list[PendingGrab]:
        """Our other grabs that the account's figures do not fully include. They are locked until the transaction ends.

        A release uses a slot from its choice until the account is read after its grab, and its bytes until the account
        is read some time after its completion. A dropped choice uses nothing. With `before`, releases chosen later
        that are not in the client yet are left out: of two grabs that check each other, one goes first.
        """
        await self._session.execute(select(func.downloads.lock_for_transaction(_LOCK)))
        on_its_way = and_(DownloadRow.status == DownloadStatus.SEARCHING.value, DownloadRow.choice_id.is_not(None))
        if before is not None:
            on_its_way = and_(on_its_way, tuple_(DownloadRow.chosen_at, DownloadRow.id) < tuple_(before, excluding))
        slot = or_(on_its_way, DownloadRow.grabbed_at >= account.read_at)
        transferring = DownloadRow.status == DownloadStatus.DOWNLOADING.value
        paid = or_(on_its_way, transferring, DownloadRow.completed_at >= account.read_at - _SHOWN_AFTER)
        size = func.coalesce(DownloadRow.size_bytes, 0) * case(
            (DownloadRow.info_hash.is_(None), MAX_SIZE_RATIO), else_=1.0
        )
        rows = await self._session.execute(
            select(DownloadRow.release, size, slot, paid).where(
                _is_of_mam(), DownloadRow.id != excluding, or_(slot, paid)
            )
        )
        return [_pending(Release.model_validate(row[0]), int(row[1]), row[2], row[3]) for row in rows]


def _pending(release: Release, size_bytes: int, slot: bool | None, paid: bool | None) -> PendingGrab:
    """Use the larger of the listed and the true size: it is not known which of them the site counts."""
    size_bytes = max(size_bytes, release.size_bytes)
    return PendingGrab(release, size_bytes, takes_slot=bool(slot), takes_bytes=bool(paid))


def _is_of_mam() -> ColumnElement[bool]:
    """The same rule as `is_of_mam`, in SQL."""
    name = func.replace(func.lower(DownloadRow.release["indexer_name"].astext), " ", "")
    return name.contains(MAM_NAME)
