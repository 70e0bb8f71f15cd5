"""The seeding duties, as they were last read."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.page import Page
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.account_tables import SeedingDutyRow as Row
from mam_search.adapters.postgres.account_tables import SeedingReadRow

_ACCOUNT = "default"
_SLACK = Row.due_at - func.make_interval(0, 0, 0, 0, 0, 0, Row.remaining_seconds)
_MOST_URGENT_FIRST = (Row.hit_and_run.desc(), _SLACK.asc().nulls_last(), Row.torrent_id)


class SeedingDuties:
    """The duties, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def read_at(self) -> datetime | None:
        """When the list was last read, or None."""
        return await self._session.scalar(select(SeedingReadRow.read_at).where(SeedingReadRow.account == _ACCOUNT))

    async def replace(self, duties: Sequence[SeedingDuty], now: datetime) -> None:
        """Replace the list with what was read now."""
        read = insert(SeedingReadRow).values(account=_ACCOUNT, read_at=now)
        await self._session.execute(read.on_conflict_do_update(index_elements=["account"], set_={"read_at": now}))
        await self._session.execute(delete(Row))
        self._session.add_all(Row(**each.model_dump()) for each in duties)

    async def all(self) -> list[SeedingDuty]:
        """Every duty, the most urgent first."""
        rows = await self._session.scalars(select(Row).order_by(*_MOST_URGENT_FIRST))
        return [_duty(row) for row in rows]

    async def count(self) -> int:
        """The number of duties."""
        return await self._session.scalar(select(func.count()).select_from(Row)) or 0

    async def page(self, limit: int, offset: int) -> Page[SeedingDuty]:
        """One page, the most urgent first."""
        rows = await self._session.scalars(select(Row).order_by(*_MOST_URGENT_FIRST).limit(limit).offset(offset))
        return Page(items=[_duty(row) for row in rows], total=await self.count(), limit=limit, offset=offset)


def _duty(row: Row) -> SeedingDuty:
    return SeedingDuty.model_validate(row, from_attributes=True)
