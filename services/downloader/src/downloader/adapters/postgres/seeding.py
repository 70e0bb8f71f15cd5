"""The ledger of seeding times, in Postgres."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.seeding import ListSeeding, SeedingState
from shared.contracts.page import Page
from shared.contracts.values import Indexer
from sqlalchemy import ColumnElement, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import LIVE, DownloadRow, SeedingRow
from downloader.domain.seeding import SeedingEntry

_OF_THE_GRAB = ("download_id", "title", "release_title", "indexer", "release_id", "size_bytes", "grabbed_at")


class Seeding:
    """The torrents that we grabbed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def began(self, entry: SeedingEntry) -> None:
        """Store a grabbed torrent. One that was grabbed before keeps its times."""
        statement = insert(SeedingRow).values(_values(entry))
        grab = {name: statement.excluded[name] for name in _OF_THE_GRAB}
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["info_hash"], set_=grab | {"ended_at": None})
        )

    async def find(self, hashes: Collection[str]) -> SeedingEntry | None:
        """The entry of the torrent with one of these hashes, or None."""
        row = (await self._session.scalars(select(SeedingRow).where(SeedingRow.info_hash.in_(hashes)))).first()
        return None if row is None else _entry(row)

    async def to_check(self, ended_since: datetime) -> Sequence[str]:
        """The hashes of torrents that are, or must be, in the client, or that ended since then."""
        hashes = await self._session.scalars(
            select(SeedingRow.info_hash)
            .where(or_(SeedingRow.ended_at.is_(None), SeedingRow.ended_at >= ended_since))
            .order_by(SeedingRow.info_hash)
        )
        return hashes.all()

    async def locked(self, info_hash: str) -> SeedingEntry | None:
        """The entry of the torrent, locked until the transaction ends, or None."""
        query = select(SeedingRow).where(SeedingRow.info_hash == info_hash).with_for_update()
        row = (await self._session.scalars(query)).first()
        return None if row is None else _entry(row)

    async def store(self, entry: SeedingEntry) -> None:
        """Store the times and the state of an entry."""
        statement = update(SeedingRow).where(SeedingRow.info_hash == entry.info_hash)
        await self._session.execute(statement.values(_values(entry)))

    async def is_imported(self, info_hash: str) -> bool:
        """Whether a book of the torrent was imported and none still has to be."""
        of_torrent = DownloadRow.info_hash == info_hash
        waiting = exists().where(of_torrent, text(LIVE))
        imported = exists().where(of_torrent, DownloadRow.status == DownloadStatus.IMPORTED.value)
        return bool(await self._session.scalar(select(imported & ~waiting)))

    async def page(self, query: ListSeeding) -> Page[SeedingEntry]:
        """Those that are not safe to remove first, then newest first."""
        chosen: list[ColumnElement[bool]] = []
        if query.state is not None:
            chosen.append(SeedingRow.state == query.state.value)
        if query.safe_to_remove is not None:
            chosen.append(SeedingRow.safe_to_remove.is_(query.safe_to_remove))
        total = await self._session.scalar(select(func.count()).select_from(SeedingRow).where(*chosen))
        rows = await self._session.scalars(
            select(SeedingRow)
            .where(*chosen)
            .order_by(SeedingRow.safe_to_remove, SeedingRow.grabbed_at.desc(), SeedingRow.info_hash)
            .limit(query.limit)
            .offset(query.offset)
        )
        return Page(items=[_entry(row) for row in rows], total=total or 0, limit=query.limit, offset=query.offset)


def _values(entry: SeedingEntry) -> dict[str, Any]:
    return asdict(entry) | {
        "indexer": entry.indexer.value, "state": entry.state.value, "safe_to_remove": entry.is_safe_to_remove,
    }  # fmt: skip


def _entry(row: SeedingRow) -> SeedingEntry:
    stored = {field.name: getattr(row, field.name) for field in fields(SeedingEntry)}
    return SeedingEntry(**stored | {"indexer": Indexer(row.indexer), "state": SeedingState(row.state)})
