"""What the library was on each day."""

from datetime import date

from shared.contracts.library.books import BookStatus
from shared.contracts.library.growth import LibraryDay
from sqlalchemy import Integer, cast, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import BOOKS, DAYS, MISSING_BOOKS
from library_scanner.domain.missing_book import OPEN


class Days:
    """One row for each day, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(self, day: date) -> None:
        """Store what the library is now as that day. A day that was recorded before is replaced."""
        row = (await self._session.execute(_NOW)).mappings().one()
        statement = insert(DAYS).values(day=day, **row)
        await self._session.execute(statement.on_conflict_do_update(index_elements=[DAYS.c.day], set_=dict(row)))

    async def since(self, day: date) -> list[LibraryDay]:
        """Return the recorded days from this one on, oldest first."""
        rows = await self._session.execute(select(DAYS).where(DAYS.c.day >= day).order_by(DAYS.c.day))
        return [LibraryDay.model_validate(dict(row)) for row in rows.mappings()]


_MISSING = select(func.count()).where(MISSING_BOOKS.c.status.in_(OPEN)).scalar_subquery()
_NOW = select(
    func.count().label("books"),
    func.count().filter(BOOKS.c.incomplete.is_(False)).label("complete"),
    cast(_MISSING, Integer).label("missing"),
    func.coalesce(func.sum(BOOKS.c.size_bytes), 0).label("size_bytes"),
    func.coalesce(func.sum(BOOKS.c.duration_seconds), 0.0).label("duration_seconds"),
).where(BOOKS.c.status == BookStatus.ACTIVE)
