"""Stores the covers and chapters that corrections replaced."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from shared.contracts.library.metadata_writes import FieldName
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import FORMER_CONTENTS
from library_scanner.domain.contents import FormerContent


class FormerContents:
    """The replaced contents within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, former: FormerContent) -> None:
        """Store what a correction replaces. What was stored for the correction before stays."""
        row = {
            "correction_id": former.correction_id,
            "book_id": former.book_id,
            "field": former.field,
            "value": former.value,
            "media_type": former.media_type,
            "content": former.content,
            "written": former.written,
        }
        await self._session.execute(insert(FORMER_CONTENTS).values(row).on_conflict_do_nothing())

    async def of(self, correction_id: UUID) -> FormerContent | None:
        """Return what a correction replaced."""
        wanted = select(FORMER_CONTENTS).where(FORMER_CONTENTS.c.correction_id == correction_id)
        row = (await self._session.execute(wanted)).mappings().first()
        if row is None:
            return None
        return FormerContent(
            row["correction_id"],
            row["book_id"],
            cast(FieldName, row["field"]),
            row["value"],
            row["media_type"],
            bytes(row["content"]),
            row["written"],
        )

    async def drop(self, correction_ids: Sequence[UUID]) -> None:
        """Delete what these corrections replaced, because they were undone or not written."""
        if correction_ids:
            chosen = FORMER_CONTENTS.c.correction_id.in_(correction_ids)
            await self._session.execute(delete(FORMER_CONTENTS).where(chosen))
