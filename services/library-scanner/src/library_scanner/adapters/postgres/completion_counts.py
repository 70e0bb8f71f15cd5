"""Counts the owned and missing books of series and authors."""

from collections.abc import Sequence
from uuid import UUID

from shared.books.series.sequence import whole_places
from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.books import BookStatus
from shared.contracts.values import MissingStatus
from sqlalchemy import ColumnElement, Table, bindparam, func, literal_column, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Text

from library_scanner.adapters.postgres.tables import AUTHORS, BOOK_AUTHORS, BOOK_SERIES, BOOKS, MISSING_BOOKS, SERIES
from library_scanner.domain.completion import completion
from library_scanner.domain.missing_book import OPEN

_COUNTED = ("owned", "missing", "upcoming")


class Counts:
    """The counts within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def update(self, series_ids: Sequence[UUID] | None = None, author_ids: Sequence[UUID] | None = None) -> None:
        """Update the counts of these series and authors, or of all if None is given. Unchanged rows are not written."""
        place = func.coalesce(BOOK_SERIES.c.sequence, sql_cast(BOOKS.c.id, Text))
        await self._update(SERIES, BOOK_SERIES, (BOOK_SERIES.c.series_id, MISSING_BOOKS.c.series_id), place, series_ids)
        own = sql_cast(BOOKS.c.id, Text)
        ids = (BOOK_AUTHORS.c.author_id, MISSING_BOOKS.c.author_id)
        await self._update(AUTHORS, BOOK_AUTHORS, ids, own, author_ids)

    async def update_for(self, book_ids: Sequence[UUID], missing_ids: Sequence[UUID] = ()) -> None:
        """Update the counts of the series and authors of these books and missing books."""
        series = select(BOOK_SERIES.c.series_id).where(is_one_of(BOOK_SERIES.c.book_id, book_ids))
        authors = select(BOOK_AUTHORS.c.author_id).where(is_one_of(BOOK_AUTHORS.c.book_id, book_ids))
        missing = select(MISSING_BOOKS.c.series_id, MISSING_BOOKS.c.author_id).where(
            is_one_of(MISSING_BOOKS.c.id, missing_ids)
        )
        pairs = (await self._session.execute(missing)).all()
        series_ids = {*(await self._session.scalars(series)), *(pair[0] for pair in pairs if pair[0])}
        author_ids = {*(await self._session.scalars(authors)), *(pair[1] for pair in pairs if pair[1])}
        await self.update(sorted(series_ids), sorted(author_ids))

    async def _update(
        self,
        table: Table,
        links: Table,
        link_columns: tuple[ColumnElement[UUID], ColumnElement[UUID]],
        work: ColumnElement[str],
        ids: Sequence[UUID] | None,
    ) -> None:
        if ids is not None and not ids:
            return
        own, missing_link = link_columns
        # Postgres groups before it joins, so without these conditions it would count the whole library for one series.
        of_books = () if ids is None else (is_one_of(own, ids),)
        of_missing = () if ids is None else (is_one_of(missing_link, ids),)
        books = (
            select(own.label("id"), func.count().label("owned"), func.array_agg(work.distinct()).label("works"))
            .select_from(links.join(BOOKS, BOOKS.c.id == links.c.book_id))
            .where(BOOKS.c.status == BookStatus.ACTIVE, *of_books)
            .group_by(own)
            .subquery()
        )
        missing = (
            select(
                missing_link.label("id"),
                func.count().filter(MISSING_BOOKS.c.status.in_(OPEN)).label("missing"),
                func.count().filter(MISSING_BOOKS.c.status == MissingStatus.UPCOMING).label("upcoming"),
            )
            .where(MISSING_BOOKS.c.status.in_((*OPEN, MissingStatus.UPCOMING)), *of_missing)
            .group_by(missing_link)
            .subquery()
        )
        counted = select(
            table.c.id,
            table.c.last_checked_at,
            func.coalesce(books.c.owned, 0).label("owned"),
            func.coalesce(books.c.works, literal_column("'{}'::text[]")).label("works"),
            func.coalesce(missing.c.missing, 0).label("missing"),
            func.coalesce(missing.c.upcoming, 0).label("upcoming"),
            table.c.owned.label("owned_before"),
            table.c.missing.label("missing_before"),
            table.c.upcoming.label("upcoming_before"),
            table.c.total.label("total_before"),
            table.c.completion_status.label("status_before"),
        ).select_from(table.outerjoin(books, books.c.id == table.c.id).outerjoin(missing, missing.c.id == table.c.id))
        if ids is not None:
            counted = counted.where(is_one_of(table.c.id, ids))
        changed = []
        for row in (await self._session.execute(counted)).mappings():
            whole = completion(_works(row["works"]), row["missing"], checked=row["last_checked_at"] is not None)
            counts = {**{name: row[name] for name in _COUNTED}, "total": whole.total}
            before = {name: row[f"{name}_before"] for name in counts}
            if before != counts or row["status_before"] != whole.status:
                completion_values = {"completion_percent": whole.percent, "completion_status": str(whole.status)}
                changed.append({"row_id": row["id"], **counts, **completion_values})
        if changed:
            await self._session.execute(update(table).where(table.c.id == bindparam("row_id")), changed)


def _works(places: Sequence[str]) -> int:
    """The number of works at these positions: an omnibus "1-3" is three works, two editions of one position are one."""
    return len({work for place in places for work in (whole_places(place) or (place,))})
