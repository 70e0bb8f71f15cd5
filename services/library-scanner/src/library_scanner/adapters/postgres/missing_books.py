"""Stores the missing books."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.books.text.languages import language_code
from shared.books.text.sort_keys import title_sort_key
from shared.chassis.array_parameters import is_one_of
from shared.contracts.downloads.events import AbsenceChanged
from shared.contracts.library.absences import Absence, AbsenceReason
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import MissingStatus
from sqlalchemy import RowMapping, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import AUTHORS, MISSING_BOOKS
from library_scanner.domain.identity import author_key
from library_scanner.domain.missing_book import CLOSABLE, StoredMissingBook, natural_key

_STORED = tuple(name for name in MissingBook.model_fields if name != "absence")
_FROM_DOWNLOADS = ("download_absence", "absence_changed_at", "absence", "last_searched_at", "next_try_at")
"""The columns that only events of downloads change."""
_ROW = insert(MISSING_BOOKS)
_STORE = _ROW.on_conflict_do_update(
    index_elements=[MISSING_BOOKS.c.id],
    set_={
        column.name: _ROW.excluded[column.name]
        for column in MISSING_BOOKS.c
        if column.name not in ("id", *_FROM_DOWNLOADS)
    },
)


class MissingBooks:
    """The missing books within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, missing_book_id: UUID) -> StoredMissingBook | None:
        """Return one missing book, or None, and lock it."""
        found = await self._stored(select(MISSING_BOOKS).where(MISSING_BOOKS.c.id == missing_book_id).with_for_update())
        return found[0] if found else None

    async def near(self, author_names: Iterable[str], catalogue_ids: Iterable[str] = ()) -> list[StoredMissingBook]:
        """Return and lock the missing books, open or closed, of these authors or with these catalogue ids."""
        keys = sorted({author_key(name) for name in author_names})
        ids = sorted(set(catalogue_ids))
        return await self._stored(
            select(MISSING_BOOKS)
            .where(or_(is_one_of(MISSING_BOOKS.c.author_key, keys), MISSING_BOOKS.c.catalogue_ids.overlap(ids)))
            .order_by(MISSING_BOOKS.c.identified_at, MISSING_BOOKS.c.id)
            .with_for_update()
        )

    async def of_series(self, series_id: UUID) -> list[StoredMissingBook]:
        """Return and lock the missing books of a series that are not closed."""
        return await self._not_closed(MISSING_BOOKS.c.series_id == series_id)

    async def of_author(self, author_id: UUID) -> list[StoredMissingBook]:
        """Return and lock the missing books of an author that are not closed."""
        return await self._not_closed(MISSING_BOOKS.c.author_id == author_id)

    async def save(self, stored: StoredMissingBook) -> None:
        """Insert or update a missing book."""
        missing = stored.missing_book
        row = missing.model_dump(mode="python", exclude={"absence"}) | {
            "evidence": [reason.model_dump() for reason in missing.evidence],
            "reason": str(missing.reason),
            "status": str(missing.status),
            "closed_because": stored.closed_because,
            "catalogue_ids": list(stored.catalogue_ids),
            "natural_key": natural_key(missing),
            "wanted_from": stored.release.wanted_from,
            "author_key": author_key(missing.authors[0]) if missing.authors else "",
            "sort_key": title_sort_key(missing.title, language_code(missing.language)),
        }
        await self._session.execute(_STORE, row)

    async def released(self, today: date) -> list[StoredMissingBook]:
        """Return and lock the upcoming missing books that are wanted up to today, the earliest first."""
        due = (MISSING_BOOKS.c.status == MissingStatus.UPCOMING, MISSING_BOOKS.c.wanted_from <= today)
        order = (MISSING_BOOKS.c.wanted_from, MISSING_BOOKS.c.id)
        return await self._stored(select(MISSING_BOOKS).where(*due).order_by(*order).with_for_update())

    async def move(
        self, missing_book_id: UUID, *, of: Sequence[MissingStatus], to: MissingStatus, now: datetime
    ) -> bool:
        """Change the status if it is one of `of`. Returns whether it changed."""
        moved = await self._session.execute(
            update(MISSING_BOOKS)
            .where(MISSING_BOOKS.c.id == missing_book_id, MISSING_BOOKS.c.status.in_(of))
            .values(status=to, updated_at=now)
            .returning(MISSING_BOOKS.c.id)
        )
        return moved.first() is not None

    async def set_absence(self, event: AbsenceChanged) -> bool:
        """Store why a book is not here yet, unless a later event is stored already. Returns whether it was stored.

        A download that was cancelled or deleted says nothing about the one that replaced it.
        """
        absence = event.absence
        newer = or_(MISSING_BOOKS.c.absence_changed_at.is_(None), MISSING_BOOKS.c.absence_changed_at < event.at)
        conditions = [MISSING_BOOKS.c.id == event.missing_book_id, newer]
        if absence is None or absence.reason is AbsenceReason.CANCELLED:
            stored_id = MISSING_BOOKS.c.download_absence["download_id"].astext
            conditions.append(or_(stored_id.is_(None), stored_id == str(event.download_id)))
        stored = await self._session.execute(
            update(MISSING_BOOKS)
            .where(*conditions)
            .values(
                download_absence=absence.model_dump(mode="json") if absence else None,
                absence_changed_at=event.at,
                last_searched_at=absence.last_searched_at if absence else None,
                next_try_at=absence.next_try_at if absence else None,
            )
            .returning(MISSING_BOOKS.c.id)
        )
        return stored.first() is not None

    async def author_id(self, name: str) -> UUID | None:
        """Return the id of the author of this name, or None."""
        found = await self._session.execute(select(AUTHORS.c.id).where(AUTHORS.c.key == author_key(name)))
        author_id: UUID | None = found.scalar()
        return author_id

    async def _not_closed(self, condition: Any) -> list[StoredMissingBook]:
        wanted = select(MISSING_BOOKS).where(condition, MISSING_BOOKS.c.status.in_(CLOSABLE))
        return await self._stored(wanted.order_by(MISSING_BOOKS.c.id).with_for_update())

    async def _stored(self, statement: Any) -> list[StoredMissingBook]:
        rows = (await self._session.execute(statement)).mappings()
        return [StoredMissingBook(missing_of(row), tuple(row["catalogue_ids"]), row["closed_because"]) for row in rows]


def missing_of(row: RowMapping) -> MissingBook:
    """Return the missing book of a row."""
    return MissingBook(**{name: row[name] for name in _STORED}, absence=_absence_of(row))


def _absence_of(row: RowMapping) -> Absence | None:
    """What the download says, unless the status of the book comes before it."""
    if row["absence"] is None:
        return None
    reason = AbsenceReason(row["absence"])
    download = Absence.model_validate(row["download_absence"] or {"reason": reason})
    if download.reason is reason:
        return download
    return Absence(reason=reason, last_search=download.last_search, last_searched_at=download.last_searched_at)
