"""Debounces requests for a library scan: at most one scan a minute, and no request is lost."""

import asyncio
from datetime import timedelta

from shared.chassis.bus import Bus
from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.contracts.scheduler import ListRuns, RunTask

TASK = "library_scan"
PARAMETERS = {"refresh_new": True}
MIN_INTERVAL = timedelta(minutes=1)
RETRY_SECONDS = 5.0


class ScanDebouncer:
    """Starts a requested scan. A request is only in memory: if the gateway is killed, the scheduled scan follows."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._requested = asyncio.Event()

    def request_scan(self) -> None:
        """Request a scan that starts after this call. Several requests share one scan."""
        self._requested.set()

    async def run(self) -> None:
        """Start requested scans until cancelled, when the last scan has ended and was long enough ago."""
        while True:
            await self._requested.wait()
            try:
                wait_seconds = await self._begin()
            except Refused as refusal:
                logger(service="gateway").info("scan_delayed", because=str(refusal))
                wait_seconds = RETRY_SECONDS
            await asyncio.sleep(wait_seconds)

    async def _begin(self) -> float:
        """Start a scan and return 0, or return the seconds to wait. Raises `Refused` while a scan is in progress."""
        last = (await self._bus.ask(ListRuns(task=TASK, limit=1))).items
        left = (last[0].due_at + MIN_INTERVAL - self._clock.now()).total_seconds() if last else 0.0
        if left > 0:
            return min(left, MIN_INTERVAL.total_seconds())
        self._requested.clear()
        try:
            await self._bus.ask(RunTask(name=TASK, parameters=PARAMETERS))
        except Refused:
            self._requested.set()
            raise
        return 0.0
