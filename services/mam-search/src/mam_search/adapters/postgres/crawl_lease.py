"""The right to crawl: one replica has it at a time, and it ends with its connection to Postgres."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.chassis.errors import TryAgainLater
from shared.chassis.session_lock import IDLE_SECONDS, LockLost, LockNotAcquired, SessionLock

WAIT_SECONDS = 0.5
AGAIN_SECONDS = 10.0
"""When a message for which another replica holds the lease is handled again."""


class PostgresCrawlLease:
    """The lease of the crawl. A replica that is frozen loses it after `frozen_after_seconds`."""

    def __init__(self, url: str, schema: str, *, frozen_after_seconds: int = IDLE_SECONDS) -> None:
        self._lock = SessionLock(url, schema, "crawl", wait_seconds=WAIT_SECONDS, idle_seconds=frozen_after_seconds)
        self._local = asyncio.Lock()

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Hold the lease within the context, which is cancelled if the lease is lost.

        Raises `TryAgainLater` if another replica holds the lease or it is lost.
        """
        async with self._local:
            try:
                await self._lock.acquire()
                try:
                    async with self._lock.watched():
                        yield
                finally:
                    await self._lock.aclose()
            except LockNotAcquired as error:
                raise TryAgainLater(AGAIN_SECONDS, "another replica is crawling") from error
            except LockLost as error:
                raise TryAgainLater(AGAIN_SECONDS, "the connection to Postgres was lost") from error

    async def aclose(self) -> None:
        """Close the connection. The lease ends if it is held."""
        await self._lock.aclose()
