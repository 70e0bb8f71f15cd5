"""Releases never to take again, in Postgres."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.downloads import BlockedRelease
from shared.contracts.mam import Release
from shared.contracts.page import Page
from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import BlockedRow
from downloader.domain.limits import key_of


class Blocklist:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, release: Release, reason: str, now: datetime) -> None:
        """Block a release; the first reason stays."""
        indexer, release_id = key_of(release)
        row = {
            "indexer": indexer, "release_id": release_id, "title": release.title, "reason": reason, "blocked_at": now,
        }  # fmt: skip
        await self._session.execute(insert(BlockedRow).values(row).on_conflict_do_nothing())

    async def reasons(self, releases: Sequence[Release]) -> dict[tuple[str, str], str]:
        """Why each of the releases that is blocked was."""
        if not releases:
            return {}
        key = tuple_(BlockedRow.indexer, BlockedRow.release_id)
        rows = await self._session.execute(
            select(BlockedRow.indexer, BlockedRow.release_id, BlockedRow.reason).where(
                key.in_([key_of(release) for release in releases])
            )
        )
        return {(row[0], row[1]): row[2] for row in rows}

    async def page(self, limit: int, offset: int) -> Page[BlockedRelease]:
        """Newest first."""
        total = await self._session.scalar(select(func.count()).select_from(BlockedRow))
        rows = await self._session.scalars(
            select(BlockedRow).order_by(BlockedRow.blocked_at.desc(), BlockedRow.id).limit(limit).offset(offset)
        )
        items = [BlockedRelease.model_validate(row, from_attributes=True) for row in rows]
        return Page(items=items, total=total or 0, limit=limit, offset=offset)
