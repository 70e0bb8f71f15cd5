"""The books that wait for a provider that failed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import DeferredRow
from metadata.domain.ports import DeferredBook


class DeferredBooks:
    """The deferred books, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(self, deferred: Sequence[DeferredBook]) -> None:
        """Replace the entry of each book."""
        if not deferred:
            return
        adding = insert(DeferredRow)
        newer = {name: adding.excluded[name] for name in ("providers", "fill_only", "times", "again_at")}
        # Sorted, so that two messages with the same books lock them in the same order.
        rows = [_row(each) for each in sorted(deferred, key=lambda each: each.book_id)]
        await self._session.execute(adding.on_conflict_do_update(index_elements=["book_id"], set_=newer), rows)

    async def take_due(self, now: datetime, at_most: int) -> list[DeferredBook]:
        """Remove and return the books that are due."""
        due = select(DeferredRow).where(DeferredRow.again_at <= now).order_by(DeferredRow.again_at, DeferredRow.book_id)
        rows = list(await self._session.scalars(due.limit(at_most).with_for_update(skip_locked=True)))
        await self.remove([row.book_id for row in rows])
        return [DeferredBook(row.book_id, tuple(row.providers), row.fill_only, row.times, row.again_at) for row in rows]

    async def remove(self, book_ids: Sequence[UUID]) -> None:
        """These books no longer wait."""
        if book_ids:
            await self._session.execute(delete(DeferredRow).where(DeferredRow.book_id.in_(book_ids)))


def _row(each: DeferredBook) -> dict[str, object]:
    return {
        "book_id": each.book_id,
        "providers": list(each.providers),
        "fill_only": each.fill_only,
        "times": each.times,
        "again_at": each.again_at,
    }
