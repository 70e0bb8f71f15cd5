"""Our address as the tracker sees it, and when the next request is allowed."""

import asyncio
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import Egress, GetTrackerAccess, TrackerAccess

from mam_search.domain.ports import RateLimiter, Tracker

EGRESS_MAX_AGE = timedelta(minutes=10)
"""The address rarely changes, and the tracker answers this request at most once a minute."""


class GetTrackerAccessHandler:
    """Requests our address from the tracker at most every ten minutes."""

    def __init__(self, rate_limiter: RateLimiter, tracker: Tracker, clock: Clock) -> None:
        self._rate_limiter = rate_limiter
        self._tracker = tracker
        self._clock = clock
        self._lock = asyncio.Lock()
        self._checked_at: datetime | None = None
        self._egress: Egress | None = None
        self._problem = ""

    async def get(self, _request: GetTrackerAccess) -> TrackerAccess:
        """The state of the rate limiter, and our address or the reason why it is unknown."""
        async with self._lock:
            now = self._clock.now()
            if self._checked_at is None or not timedelta() <= now - self._checked_at < EGRESS_MAX_AGE:
                self._checked_at = now
                await self._read_egress(now)
        access = await self._rate_limiter.access()
        return access.model_copy(update={"egress": self._egress, "egress_problem": self._problem})

    async def _read_egress(self, now: datetime) -> None:
        try:
            self._egress, self._problem = await self._tracker.egress(now), ""
        except RemoteError as error:
            self._egress, self._problem = None, error.detail
