"""Torrent files that people gave, in Postgres."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import GivenTorrentRow


class GivenTorrents:
    """The sealed torrent files, by info hash. The cleanup deletes those whose download has ended."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(self, info_hash: str, sealed: bytes, now: datetime) -> None:
        """Store a sealed torrent file. One that is given again replaces the former: its passkey may be newer."""
        statement = insert(GivenTorrentRow).values(info_hash=info_hash, content=sealed, given_at=now)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["info_hash"], set_={"content": sealed, "given_at": now})
        )

    async def sealed(self, info_hash: str) -> bytes | None:
        """The sealed torrent file with this hash, or None."""
        found: bytes | None = await self._session.scalar(
            select(GivenTorrentRow.content).where(GivenTorrentRow.info_hash == info_hash)
        )
        return found
