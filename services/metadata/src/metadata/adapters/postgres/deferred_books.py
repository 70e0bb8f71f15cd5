"""Books that wait for a provider which could not be asked about them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import PutOffRow
from metadata.domain.ports import PutOff


class PutOffBooks:
    """The books put off, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, put_off: Sequence[PutOff]) -> None:
        """Each book once, with what was last said of it."""
        if not put_off:
            return
        adding = insert(PutOffRow)
        newer = {name: adding.excluded[name] for name in ("providers", "fill_only", "times", "again_at")}
        # Sorted, so that two messages with the same books lock them in the same order.
        rows = [_row(each) for each in sorted(put_off, key=lambda each: each.book_id)]
        await self._session.execute(adding.on_conflict_do_update(index_elements=["book_id"], set_=newer), rows)

    async def take(self, now: datetime, at_most: int) -> list[PutOff]:
        """Those whose time has come; they are put off no longer."""
        due = select(PutOffRow).where(PutOffRow.again_at <= now).order_by(PutOffRow.again_at, PutOffRow.book_id)
        rows = list(await self._session.scalars(due.limit(at_most).with_for_update(skip_locked=True)))
        await self.done([row.book_id for row in rows])
        return [PutOff(row.book_id, tuple(row.providers), row.fill_only, row.times, row.again_at) for row in rows]

    async def done(self, book_ids: Sequence[UUID]) -> None:
        """These books wait for nobody."""
        if book_ids:
            await self._session.execute(delete(PutOffRow).where(PutOffRow.book_id.in_(book_ids)))


def _row(each: PutOff) -> dict[str, object]:
    return {
        "book_id": each.book_id,
        "providers": list(each.providers),
        "fill_only": each.fill_only,
        "times": each.times,
        "again_at": each.again_at,
    }
