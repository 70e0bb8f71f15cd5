"""Reads what the lists of works of several series consist of, each kind of row with one query."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import Series
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingStatus
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import SHOWN, book_of
from library_scanner.adapters.postgres.lists import series_of
from library_scanner.adapters.postgres.missing_books import missing_of
from library_scanner.adapters.postgres.tables import BOOK_SERIES, BOOKS, MISSING_BOOKS, SERIES
from library_scanner.adapters.postgres.work_list_tables import WORK_ENTRIES, WORK_LISTS
from library_scanner.adapters.postgres.work_lists import STORED_ENTRIES, stored_entry
from library_scanner.domain.live_entries import StoredEntry

_OF = BibliographyOf.SERIES.value


class SeriesWorks:
    """The rows within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def series(self, ids: Sequence[UUID]) -> list[Series]:
        """Return those of the series that exist, in any order."""
        rows = await self._session.execute(select(SERIES).where(is_one_of(SERIES.c.id, ids)))
        return [series_of(row) for row in rows.mappings()]

    async def compared_at(self, ids: Sequence[UUID]) -> dict[UUID, datetime]:
        """Return the time of the last comparison of each series that has one."""
        own = (WORK_LISTS.c.of == _OF, is_one_of(WORK_LISTS.c.subject_id, ids))
        rows = await self._session.execute(select(WORK_LISTS.c.subject_id, WORK_LISTS.c.compared_at).where(*own))
        return {row.subject_id: row.compared_at for row in rows}

    async def entries(self, ids: Sequence[UUID]) -> list[StoredEntry]:
        """Return the stored entries of the lists in any order."""
        own = (WORK_ENTRIES.c.of == _OF, is_one_of(WORK_ENTRIES.c.subject_id, ids))
        rows = await self._session.execute(STORED_ENTRIES.where(*own))
        return [stored_entry(row) for row in rows.mappings()]

    async def missing_books(self, ids: Sequence[UUID], statuses: Collection[MissingStatus]) -> list[MissingBook]:
        """Return the missing books of the series that have one of these statuses, the highest priority first."""
        own = (is_one_of(MISSING_BOOKS.c.series_id, ids), MISSING_BOOKS.c.status.in_(statuses))
        order = (MISSING_BOOKS.c.priority.desc(), MISSING_BOOKS.c.id)
        rows = await self._session.execute(select(MISSING_BOOKS).where(*own).order_by(*order))
        return [missing_of(row) for row in rows.mappings()]

    async def books(self, ids: Sequence[UUID]) -> list[tuple[UUID, Book, str | None]]:
        """Return the active books of the series, each with its series and its place."""
        linked = select(*SHOWN, BOOK_SERIES.c.series_id, BOOK_SERIES.c.sequence.label("place")).join(
            BOOK_SERIES, BOOK_SERIES.c.book_id == BOOKS.c.id
        )
        own = (is_one_of(BOOK_SERIES.c.series_id, ids), BOOKS.c.status == BookStatus.ACTIVE)
        rows = await self._session.execute(linked.where(*own))
        return [(row["series_id"], book_of(row), row["place"]) for row in rows.mappings()]
