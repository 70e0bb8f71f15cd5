"""The statistics of the library."""

from typing import Any

from shared.contracts.library.books import BookStatus
from shared.contracts.library.findings import FindingStatus
from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import AUTHORS, BOOKS, FINDINGS, MISSING_BOOKS, SERIES
from library_scanner.domain.missing_book import OPEN

Figure = float | int | str | dict[str, int]


class Figures:
    """Counts and sums within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> dict[str, Figure]:
        """Return every figure by name, in seconds and bytes; of active books unless the name says otherwise."""
        is_open = MISSING_BOOKS.c.status.in_(OPEN)
        return {
            "books_by_status": await self._by(BOOKS.c.status),
            "books_by_format": await self._by(func.coalesce(BOOKS.c.format, "unknown"), _ACTIVE),
            "books_by_language": await self._by(func.coalesce(BOOKS.c.language_code, "unknown"), _ACTIVE),
            "missing_by_status": await self._by(MISSING_BOOKS.c.status),
            "missing_by_reason": await self._by(MISSING_BOOKS.c.reason, is_open),
            "series_by_completion": await self._by(SERIES.c.completion_status),
            "findings_by_kind": await self._by(FINDINGS.c.kind, FINDINGS.c.status == FindingStatus.OPEN),
            "authors": await self._session.scalar(select(func.count()).select_from(AUTHORS)) or 0,
            "series": await self._session.scalar(select(func.count()).select_from(SERIES)) or 0,
            **await self._of_books(),
        }

    async def _by(self, group: ColumnElement[Any], *conditions: ColumnElement[bool]) -> dict[str, int]:
        rows = await self._session.execute(select(group, func.count()).where(*conditions).group_by(group))
        return {row[0]: row[1] for row in rows}

    async def _of_books(self) -> dict[str, Figure]:
        active = func.count().filter
        with_asin = select(BOOKS.c.asin).where(_ACTIVE, BOOKS.c.asin.is_not(None))
        repeated = with_asin.group_by(BOOKS.c.asin).having(func.count() > 1).subquery()
        row = await self._session.execute(
            select(
                func.count().label("books"),
                func.coalesce(func.sum(BOOKS.c.duration_seconds), 0.0).label("duration_seconds"),
                func.coalesce(func.sum(BOOKS.c.size_bytes), 0).label("size_bytes"),
                active(BOOKS.c.abs_id.is_(None)).label("entered_by_hand"),
                active(BOOKS.c.incomplete).label("incomplete"),
                *(active(condition).label(f"without_{name}") for name, condition in _LACKS.items()),
                select(func.count()).select_from(repeated).scalar_subquery().label("asins_held_twice"),
            ).where(_ACTIVE)
        )
        figures = dict(row.mappings().one())
        return figures | {"size_bytes": int(figures["size_bytes"])}


_ACTIVE = BOOKS.c.status == BookStatus.ACTIVE


def _without(name: str) -> ColumnElement[bool]:
    return func.coalesce(BOOKS.c[name], "") == ""


def _none_of(name: str) -> ColumnElement[bool]:
    return func.cardinality(BOOKS.c[name]) == 0


_LACKS: dict[str, ColumnElement[bool]] = {
    **{name: _without(name) for name in ("isbn", "asin", "language", "description", "published_year", "publisher")},
    **{name: _none_of(name) for name in ("authors", "narrators", "genres")},
    "isbn_and_asin": and_(_without("isbn"), _without("asin")),
    "series": func.jsonb_array_length(BOOKS.c.series) == 0,
    "duration": or_(BOOKS.c.duration_seconds.is_(None), not_(BOOKS.c.duration_seconds > 0)),
}
