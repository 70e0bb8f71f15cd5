"""The books of watched folders that were proposed, in Postgres."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import ImportQuestionRow, WatchedFolderRow


class WatchedFolders:
    """The proposed books within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def proposed(self) -> set[str]:
        """The paths of all books that were proposed or imported."""
        return set(await self._session.scalars(select(WatchedFolderRow.path)))

    async def add(self, path: str, now: datetime) -> bool:
        """Store that a book is proposed. False if it was before."""
        added = await self._session.scalars(
            insert(WatchedFolderRow)
            .values(path=path, proposed_at=now)
            .on_conflict_do_nothing()
            .returning(WatchedFolderRow.path)
        )
        return added.first() is not None

    async def forget(self, paths: Collection[str]) -> None:
        """Delete books that are gone, with the open questions about them."""
        await self._session.execute(
            delete(ImportQuestionRow).where(ImportQuestionRow.path.in_(paths), ImportQuestionRow.answer.is_(None))
        )
        await self._session.execute(delete(WatchedFolderRow).where(WatchedFolderRow.path.in_(paths)))
