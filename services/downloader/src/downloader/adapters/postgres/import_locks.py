"""Locks of imports in Postgres, each on its own connection, so that they always end with the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

_KEEP_ALIVE = "set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 6"
"""Postgres detects within two minutes that the client's machine is gone, and releases the lock."""


def import_lock_name(download_id: UUID) -> str:
    """The name of a download's import lock."""
    return f"import {download_id}"


class ImportLocks:
    """Session locks, because an import may take hours and a transaction must not."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def held(self, download_id: UUID) -> AsyncIterator[bool]:
        """Hold the lock until the block ends. Gives False if another attempt holds it."""
        async with self._engine.connect() as connection:
            try:
                await connection.execute(text(_KEEP_ALIVE))
                got = await connection.scalar(
                    select(func.downloads.try_lock_for_session(import_lock_name(download_id)))
                )
                yield bool(got)
            finally:
                await connection.invalidate()  # closed, not returned to the pool: the lock goes with it
