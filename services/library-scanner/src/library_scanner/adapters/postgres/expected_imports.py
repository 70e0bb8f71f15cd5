"""Stores the imports that Audiobookshelf is expected to show."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.contracts.library.imports import ConfirmImport
from sqlalchemy import and_, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import EXPECTED_IMPORTS
from library_scanner.domain.ports import ExpectedImport
from library_scanner.domain.scan_requests import Placements


class ExpectedImports:
    """The expected imports within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def expect(self, command: ConfirmImport, path: str, now: datetime) -> ExpectedImport:
        """Add an import unless it is known, return its state, and lock it."""
        await self._session.execute(
            insert(EXPECTED_IMPORTS)
            .values(
                download_id=command.download_id,
                missing_book_id=command.missing_book_id,
                path=path,
                command=command.model_dump(mode="json"),
                first_attempt_at=now,
            )
            .on_conflict_do_nothing()
        )
        table = EXPECTED_IMPORTS
        columns = (table.c.first_attempt_at, table.c.scan_asked_at, table.c.given_up_at, table.c.book_id)
        found = await self._session.execute(
            select(*columns).where(table.c.download_id == command.download_id).with_for_update()
        )
        row = found.one()
        return ExpectedImport(row[0], row[1], row[2], row[3])

    async def update(
        self,
        download_id: UUID,
        *,
        given_up_at: datetime | None = None,
        book_id: UUID | None = None,
    ) -> None:
        """Store that an import was given up or became a book."""
        values = {"given_up_at": given_up_at, "book_id": book_id}
        await self._session.execute(
            update(EXPECTED_IMPORTS)
            .where(EXPECTED_IMPORTS.c.download_id == download_id)
            .values({name: value for name, value in values.items() if value is not None})
        )

    async def placements(self) -> Placements:
        """Return when the last import was placed, shown or not, when the last scan was requested, and who waits."""
        table = EXPECTED_IMPORTS
        waits = and_(table.c.book_id.is_(None), table.c.scan_asked_at.is_(None), table.c.given_up_at.is_(None))
        times = select(
            func.max(table.c.first_attempt_at),
            func.max(table.c.scan_asked_at),
            func.min(table.c.first_attempt_at).filter(waits),
        )
        row = (await self._session.execute(times)).one()
        return Placements(row[0], row[1], row[2])

    async def scan_requested(self, now: datetime) -> None:
        """Store that one scan was requested for all imports that are not shown yet."""
        waiting = EXPECTED_IMPORTS.c.book_id.is_(None)
        await self._session.execute(update(EXPECTED_IMPORTS).where(waiting).values(scan_asked_at=now))

    async def is_of_another(self, path: str, download_id: UUID) -> bool:
        """Return whether another import was placed at this path."""
        table = EXPECTED_IMPORTS
        others = select(table.c.download_id).where(table.c.path == path, table.c.download_id != download_id).limit(1)
        return (await self._session.execute(others)).first() is not None

    async def unconfirmed_at(self, paths: Sequence[str]) -> list[ConfirmImport]:
        """Return the commands of the imports at these paths that were given up."""
        rows = await self._session.scalars(
            select(EXPECTED_IMPORTS.c.command).where(
                EXPECTED_IMPORTS.c.path.in_(paths),
                EXPECTED_IMPORTS.c.book_id.is_(None),
                EXPECTED_IMPORTS.c.given_up_at.is_not(None),
            )
        )
        return [ConfirmImport.model_validate(row) for row in rows]
