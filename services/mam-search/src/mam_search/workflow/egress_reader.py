"""Our address as the tracker sees it, requested at most every ten minutes by all replicas together."""

import asyncio
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError, RequestsStopped
from shared.contracts.mam.account import Egress

from mam_search.domain.session_ports import SessionCheck, StoredEgress

MAX_AGE = timedelta(minutes=10)
"""The address rarely changes, and the tracker answers this request at most once a minute."""


class EgressReader:
    """Reads the address. A failure is remembered as long as an address, except that requests are stopped."""

    def __init__(self, check: SessionCheck, stored: StoredEgress, clock: Clock) -> None:
        self._check = check
        self._stored = stored
        self._clock = clock
        self._lock = asyncio.Lock()
        self._failed_at: datetime | None = None
        self._failure: RemoteError | None = None

    async def read(self) -> Egress:
        """Our address, at most ten minutes old. Raises the `RemoteError` family."""
        async with self._lock:
            now = self._clock.now()
            if (stored := await self._stored.egress(now - MAX_AGE)) is not None:
                return stored
            if self._failure and self._failed_at and timedelta() <= now - self._failed_at < MAX_AGE:
                raise self._failure
            try:
                egress = await self._check.egress(now)
            except RequestsStopped:
                raise
            except RemoteError as error:
                self._failed_at, self._failure = now, error
                raise
            self._failure = None
            await self._stored.save_egress(egress)
            return egress
