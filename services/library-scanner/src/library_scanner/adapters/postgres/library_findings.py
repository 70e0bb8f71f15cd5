"""Finds problems of the library as a whole."""

from typing import Any

from shared.contracts.library.books import BookStatus
from shared.contracts.library.findings import LibraryFinding
from shared.contracts.values import MissingStatus
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import SHOWN, book_of
from library_scanner.adapters.postgres.tables import BOOKS, MISSING_BOOKS
from library_scanner.domain.findings import (
    MAX_BOOKS_LISTED,
    finding_of_folders_shown_twice,
    finding_of_gone_books,
    finding_of_missing_files,
    finding_of_several_books,
)

_NOT_ARCHIVED = BOOKS.c.status != BookStatus.ARCHIVED


class LibraryFindings:
    """The findings within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[LibraryFinding]:
        """Return the findings that concern at least one book, the most important first."""
        found: list[LibraryFinding] = []
        missing = and_(_NOT_ARCHIVED, BOOKS.c.files_missing_since.is_not(None))
        if count := await self._count(missing):
            found.append(finding_of_missing_files(count, [book_of(row) for row in await self._first(missing)]))
        gone = select(func.count()).where(MISSING_BOOKS.c.status == MissingStatus.WAS_OWNED)
        if count := await self._session.scalar(gone) or 0:
            found.append(finding_of_gone_books(count))
        if (duplicates := await self._duplicate_folders()) is not None:
            found.append(duplicates)
        several = and_(BOOKS.c.status == BookStatus.ACTIVE, func.cardinality(BOOKS.c.contents) > 0)
        if count := await self._count(several):
            found.append(finding_of_several_books(count, [book_of(row) for row in await self._first(several)]))
        return found

    async def _duplicate_folders(self) -> LibraryFinding | None:
        shown = BOOKS.alias()
        same_folder = and_(
            shown.c.path == BOOKS.c.path,
            shown.c.library_id == BOOKS.c.library_id,
            shown.c.status == BookStatus.ACTIVE,
            BOOKS.c.status == BookStatus.DUPLICATE,
            BOOKS.c.abs_id.is_not(None),
        )
        twins = select(*SHOWN, shown.c.id.label("shown_as")).join(shown, same_folder)
        count = await self._session.scalar(select(func.count()).select_from(twins.subquery())) or 0
        if not count:
            return None
        rows = await self._session.execute(twins.order_by(BOOKS.c.path, BOOKS.c.id).limit(MAX_BOOKS_LISTED))
        return finding_of_folders_shown_twice(count, [(book_of(row), row["shown_as"]) for row in rows.mappings()])

    async def _count(self, condition: ColumnElement[bool]) -> int:
        return await self._session.scalar(select(func.count()).select_from(BOOKS).where(condition)) or 0

    async def _first(self, condition: ColumnElement[bool]) -> Any:
        first = select(*SHOWN).where(condition).order_by(BOOKS.c.path, BOOKS.c.id).limit(MAX_BOOKS_LISTED)
        return (await self._session.execute(first)).mappings()
