"""Blocked releases, in Postgres."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.contracts.downloads.blocklist import BlockedRelease, ListBlocklist
from shared.contracts.mam.releases import Release
from shared.contracts.page import Page
from shared.contracts.translatable import stored_translatables, translatables, with_stored_code
from shared.contracts.values import Indexer
from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import BlockedRow
from downloader.domain.limits import key_of


class Blocklist:
    """The releases that are never grabbed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, release: Release, reason: str, now: datetime) -> None:
        """Block a release; a blocked one keeps its first reason."""
        indexer, release_id = key_of(release)
        await self.block(indexer, release_id, title=release.title, reason=reason, now=now)

    async def block(self, indexer: str, release_id: str, *, title: str, reason: str, now: datetime) -> BlockedRelease:
        """Block a release by its id at the indexer; a blocked one keeps its first reason."""
        row = {"indexer": indexer, "release_id": release_id, "title": title, "reason": reason, "blocked_at": now}
        row["translatable"] = stored_translatables([reason])
        await self._session.execute(insert(BlockedRow).values(row).on_conflict_do_nothing())
        stored = await self._session.scalars(
            select(BlockedRow).where(BlockedRow.indexer == indexer, BlockedRow.release_id == release_id)
        )
        return _blocked(stored.one())

    async def remove(self, blocked_id: UUID) -> BlockedRelease | None:
        """Unblock a release and return it; None if there is no such entry."""
        deleted = await self._session.scalars(
            delete(BlockedRow).where(BlockedRow.id == blocked_id).returning(BlockedRow)
        )
        row = deleted.first()
        return None if row is None else _blocked(row)

    async def reasons(self, releases: Sequence[Release]) -> dict[tuple[str, str], str]:
        """Why releases are blocked, by indexer and id; only the blocked ones."""
        if not releases:
            return {}
        key = tuple_(BlockedRow.indexer, BlockedRow.release_id)
        rows = await self._session.execute(
            select(BlockedRow.indexer, BlockedRow.release_id, BlockedRow.reason, BlockedRow.translatable).where(
                key.in_([key_of(release) for release in releases])
            )
        )
        return {(row[0], row[1]): with_stored_code(row[2], row[3]) for row in rows}

    async def page(self, query: ListBlocklist) -> Page[BlockedRelease]:
        """Newest first."""
        chosen = select(BlockedRow)
        if query.indexer is not None:
            chosen = chosen.where(BlockedRow.indexer == query.indexer.value)
        if query.query is not None:
            text = func.concat_ws(" ", BlockedRow.title, BlockedRow.reason)
            chosen = chosen.where(text.icontains(query.query, autoescape=True))
        total = await self._session.scalar(select(func.count()).select_from(chosen.subquery()))
        rows = await self._session.scalars(
            chosen.order_by(BlockedRow.blocked_at.desc(), BlockedRow.id).limit(query.limit).offset(query.offset)
        )
        items = [_blocked(row) for row in rows]
        return Page(items=items, total=total or 0, limit=query.limit, offset=query.offset)


def _blocked(row: BlockedRow) -> BlockedRelease:
    return BlockedRelease(
        id=row.id,
        indexer=Indexer(row.indexer),
        release_id=row.release_id,
        title=row.title,
        reason=row.reason,
        blocked_at=row.blocked_at,
        translatable=translatables(reason=with_stored_code(row.reason, row.translatable)),
    )
