"""Stores a person's corrections of the lists of series."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.contracts.library.series_corrections import SeriesCorrectionKind
from sqlalchemy import RowMapping, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import SERIES
from library_scanner.adapters.postgres.work_list_tables import SERIES_CORRECTIONS
from library_scanner.domain.series_corrections import SeriesCorrection
from library_scanner.domain.work_refs import WorkRef

_OTHER = SERIES.alias("other")
_SAME = ("id", "series_id", "other_id", "isbn", "asin", "note", "made_at", "made_by", "undone_at", "undone_by")
"""The columns that are named as the fields of a correction."""
_SELECTED = (
    select(SERIES_CORRECTIONS, SERIES.c.name.label("series_name"), _OTHER.c.name.label("other_name"))
    .join(SERIES, SERIES.c.id == SERIES_CORRECTIONS.c.series_id)
    .outerjoin(_OTHER, _OTHER.c.id == SERIES_CORRECTIONS.c.other_id)
)


class SeriesCorrections:
    """The corrections within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def in_force(self) -> tuple[SeriesCorrection, ...]:
        """Return every correction that was not undone, in the order in which they were made."""
        wanted = _SELECTED.where(SERIES_CORRECTIONS.c.undone_at.is_(None)).order_by(SERIES_CORRECTIONS.c.number)
        return tuple(_correction(row) for row in (await self._session.execute(wanted)).mappings())

    async def of_series(self, series_id: UUID, limit: int, offset: int) -> tuple[list[SeriesCorrection], int]:
        """Return a page of the corrections that concern a series, newest first, and their number."""
        own = or_(SERIES_CORRECTIONS.c.series_id == series_id, SERIES_CORRECTIONS.c.other_id == series_id)
        newest = _SELECTED.where(own).order_by(SERIES_CORRECTIONS.c.number.desc())
        rows = (await self._session.execute(newest.limit(limit).offset(offset))).mappings()
        total = await self._session.scalar(select(func.count()).select_from(SERIES_CORRECTIONS).where(own))
        return [_correction(row) for row in rows], total or 0

    async def get(self, correction_id: UUID) -> SeriesCorrection | None:
        """Return one correction, or None."""
        wanted = _SELECTED.where(SERIES_CORRECTIONS.c.id == correction_id)
        row = (await self._session.execute(wanted)).mappings().first()
        return None if row is None else _correction(row)

    async def add(self, correction: SeriesCorrection) -> None:
        """Store a new correction."""
        await self._session.execute(insert(SERIES_CORRECTIONS).values(_row(correction)))

    async def undo(self, correction_id: UUID, by: str | None, at: datetime) -> None:
        """Store that a correction is no longer in force."""
        own = SERIES_CORRECTIONS.c.id == correction_id
        await self._session.execute(update(SERIES_CORRECTIONS).where(own).values(undone_at=at, undone_by=by))


def _row(correction: SeriesCorrection) -> dict[str, Any]:
    return {name: getattr(correction, name) for name in _SAME} | {
        "kind": correction.kind.value,
        "works": [_stored_work(work) for work in correction.works],
        "moved_missing": list(correction.moved_missing),
    }


def _stored_work(work: WorkRef) -> dict[str, Any]:
    return {
        "titles": list(work.titles),
        "authors": list(work.authors),
        "catalogue_ids": list(work.catalogue_ids),
        "place": work.place,
        "book_id": str(work.book_id) if work.book_id else None,
        "language": work.language,
        "is_primary": work.is_primary,
    }


def _works(stored: Sequence[dict[str, Any]]) -> tuple[WorkRef, ...]:
    return tuple(
        WorkRef(
            tuple(each["titles"]),
            tuple(each["authors"]),
            tuple(each["catalogue_ids"]),
            each["place"],
            UUID(each["book_id"]) if each["book_id"] else None,
            each["language"],
            each["is_primary"],
        )
        for each in stored
    )


def _correction(row: RowMapping) -> SeriesCorrection:
    return SeriesCorrection(
        **{name: row[name] for name in (*_SAME, "series_name", "other_name")},
        kind=SeriesCorrectionKind(row["kind"]),
        works=_works(row["works"]),
        moved_missing=tuple(row["moved_missing"]),
    )
