"""How the tracker sees us, and when the next request may go."""

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import Egress, GetTrackerAccess, TrackerAccess

EGRESS_REMEMBERED = timedelta(minutes=10)
"""The address seldom changes, and the tracker tells it at most once a minute."""


class Line(Protocol):
    async def access(self) -> TrackerAccess: ...


class Seeing(Protocol):
    async def egress(self, now: datetime) -> Egress: ...


class TellingAccess:
    """Asks the tracker for our address at most every ten minutes, whoever wants to know."""

    def __init__(self, line: Line, tracker: Seeing, clock: Clock) -> None:
        self._line = line
        self._tracker = tracker
        self._clock = clock
        self._asking = asyncio.Lock()
        self._asked_at: datetime | None = None
        self._egress: Egress | None = None
        self._problem = ""

    async def get_access(self, _request: GetTrackerAccess) -> TrackerAccess:
        async with self._asking:
            now = self._clock.now()
            if self._asked_at is None or not timedelta() <= now - self._asked_at < EGRESS_REMEMBERED:
                self._asked_at = now
                await self._ask(now)
        told = await self._line.access()
        return told.model_copy(update={"egress": self._egress, "egress_problem": self._problem})

    async def _ask(self, now: datetime) -> None:
        try:
            self._egress, self._problem = await self._tracker.egress(now), ""
        except RemoteError as error:
            self._egress, self._problem = None, error.detail
