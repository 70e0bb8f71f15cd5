"""The sizes of the covers."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.library.books import BookStatus
from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import BOOKS, COVER_SIZES
from library_scanner.domain.cover_sizes import CoverSize, UnreadCover

SMALL_PIXELS = 200
"""Smaller covers that changed are read before those whose size is not known, and larger ones after them."""


class CoverSizes:
    """The stored sizes, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def read_since(self, since: datetime) -> int:
        """Return how many covers were read since then."""
        counted = select(func.count()).select_from(COVER_SIZES).where(COVER_SIZES.c.read_at > since)
        return await self._session.scalar(counted) or 0

    async def unread(self, limit: int) -> list[UnreadCover]:
        """Return books to read: first those whose cover was small, then those never read, then those that changed."""
        shown = and_(BOOKS.c.status == BookStatus.ACTIVE, BOOKS.c.abs_id.is_not(None), BOOKS.c.cover.is_not(None))
        changed = or_(COVER_SIZES.c.book_id.is_(None), COVER_SIZES.c.abs_updated_ms != BOOKS.c.abs_updated_ms)
        smaller = func.least(COVER_SIZES.c.width, COVER_SIZES.c.height)
        rows = await self._session.execute(
            select(BOOKS.c.id, BOOKS.c.abs_id, BOOKS.c.abs_updated_ms)
            .outerjoin(COVER_SIZES, COVER_SIZES.c.book_id == BOOKS.c.id)
            .where(shown, changed)
            .order_by(func.coalesce(smaller, SMALL_PIXELS), COVER_SIZES.c.read_at, BOOKS.c.id)
            .limit(limit)
        )
        return [UnreadCover(row.id, row.abs_id, row.abs_updated_ms) for row in rows]

    async def save(self, sizes: Sequence[CoverSize], now: datetime) -> None:
        """Store sizes that were read."""
        for each in sizes:
            width, height = each.size or (None, None)
            row = {
                "book_id": each.cover.book_id, "abs_updated_ms": each.cover.abs_updated_ms, "width": width,
                "height": height, "read_at": now,
            }  # fmt: skip
            adding = insert(COVER_SIZES).values(row)
            await self._session.execute(adding.on_conflict_do_update(index_elements=["book_id"], set_=row))
