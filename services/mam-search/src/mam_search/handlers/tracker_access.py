"""The access to the tracker: when the next request is allowed, our address, and the pause by a person."""

import asyncio
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import Egress, GetTrackerAccess, PauseTracker, ResumeTracker, TrackerAccess

from mam_search.domain.ports import AccessControl, Tracker

EGRESS_MAX_AGE = timedelta(minutes=10)
"""The address rarely changes, and the tracker answers this request at most once a minute."""


class TrackerAccessHandlers:
    """Shows, pauses and resumes the access. Requests our address from the tracker at most every ten minutes."""

    def __init__(self, control: AccessControl, tracker: Tracker, clock: Clock) -> None:
        self._control = control
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
        return await self._access()

    async def pause(self, request: PauseTracker) -> TrackerAccess:
        """Pause all requests. Stored answers are still given, and other requests are refused with the reason."""
        await self._control.pause(request.by)
        return await self._access()

    async def resume(self, _request: ResumeTracker) -> TrackerAccess:
        """Resume all requests, and try refused sessions again."""
        await self._control.resume()
        return await self._access()

    async def _access(self) -> TrackerAccess:
        access = await self._control.access()
        return access.model_copy(update={"egress": self._egress, "egress_problem": self._problem})

    async def _read_egress(self, now: datetime) -> None:
        try:
            self._egress, self._problem = await self._tracker.egress(now), ""
        except RemoteError as error:
            self._egress, self._problem = None, error.detail
