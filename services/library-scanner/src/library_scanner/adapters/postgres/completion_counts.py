"""Counts the owned and missing books of series and authors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.books.series.sequence import whole_places
from shared.chassis.array_parameters import is_one_of, is_one_of_parameter
from shared.contracts.library.books import BookStatus
from shared.contracts.values import MissingStatus
from sqlalchemy import Column, ColumnElement, Select, Table, Update, bindparam, func, literal_column, select, update
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
        await self._update(_OF_SERIES, series_ids)
        await self._update(_OF_AUTHORS, author_ids)

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

    async def _update(self, statements: "_Statements", ids: Sequence[UUID] | None) -> None:
        if ids is None:
            rows = await self._session.execute(statements.all)
        elif ids:
            rows = await self._session.execute(statements.some, {"ids": list(ids)})
        else:
            return
        changed = []
        for row in rows.mappings():
            whole = completion(_works(row["works"]), row["missing"], checked=row["last_checked_at"] is not None)
            counts = {**{name: row[name] for name in _COUNTED}, "total": whole.total}
            before = {name: row[f"{name}_before"] for name in counts}
            if before != counts or row["status_before"] != whole.status:
                completion_values = {"completion_percent": whole.percent, "completion_status": str(whole.status)}
                changed.append({"row_id": row["id"], **counts, **completion_values})
        if changed:
            await self._session.execute(statements.store, changed)


def _works(places: Sequence[str]) -> int:
    """The number of works at these positions: an omnibus "1-3" is three works, two editions of one position are one."""
    return len({work for place in places for work in (whole_places(place) or (place,))})


@dataclass(frozen=True)
class _Statements:
    """The statements that count the books of all rows of a table and of those with `ids`, and store the counts.

    They are made once. To make such a long statement for every comparison takes longer than to execute it.
    """

    all: Select[Any]
    some: Select[Any]
    store: Update


def _statements(table: Table, own: Column[UUID], missing_link: ColumnElement[UUID], work: Any) -> _Statements:
    """`own` and `missing_link` link books and missing books to the table. `work` is equal for copies of one work."""
    return _Statements(
        all=_counted(table, own, missing_link, work),
        some=_counted(table, own, missing_link, work, ids="ids"),
        store=update(table).where(table.c.id == bindparam("row_id")),
    )


def _counted(
    table: Table, own: Column[UUID], missing_link: ColumnElement[UUID], work: Any, *, ids: str | None = None
) -> Select[Any]:
    """Select the counts, and those before. `ids` is the parameter with the ids of the rows to count; None: all rows."""

    def chosen(column: ColumnElement[UUID]) -> Sequence[ColumnElement[bool]]:
        return () if ids is None else (is_one_of_parameter(column, ids),)

    # Postgres groups before it joins, so without `chosen` it would count the whole library for one series.
    books = (
        select(own.label("id"), func.count().label("owned"), func.array_agg(work.distinct()).label("works"))
        .select_from(own.table.join(BOOKS, BOOKS.c.id == own.table.c.book_id))
        .where(BOOKS.c.status == BookStatus.ACTIVE, *chosen(own))
        .group_by(own)
        .subquery()
    )
    missing = (
        select(
            missing_link.label("id"),
            func.count().filter(MISSING_BOOKS.c.status.in_(OPEN)).label("missing"),
            func.count().filter(MISSING_BOOKS.c.status == MissingStatus.UPCOMING).label("upcoming"),
        )
        .where(MISSING_BOOKS.c.status.in_((*OPEN, MissingStatus.UPCOMING)), *chosen(missing_link))
        .group_by(missing_link)
        .subquery()
    )
    return (
        select(
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
        )
        .select_from(table.outerjoin(books, books.c.id == table.c.id).outerjoin(missing, missing.c.id == table.c.id))
        .where(*chosen(table.c.id))
    )


_OF_SERIES = _statements(
    SERIES,
    BOOK_SERIES.c.series_id,
    MISSING_BOOKS.c.series_id,
    func.coalesce(BOOK_SERIES.c.sequence, sql_cast(BOOKS.c.id, Text)),
)
_OF_AUTHORS = _statements(AUTHORS, BOOK_AUTHORS.c.author_id, MISSING_BOOKS.c.author_id, sql_cast(BOOKS.c.id, Text))
