"""A library scan soon after somebody asked for one, however often: at most one a minute, and none is forgotten."""

import asyncio
from datetime import timedelta

from shared.chassis.bus import Bus
from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.contracts.scheduler import ListRuns, RunTask

TASK = "library_scan"
APART = timedelta(minutes=1)
LOOK_AGAIN_SECONDS = 5.0


class ScanDebouncer:
    """What is wanted is only in memory: a gateway that is killed leaves it to the task's own schedule."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._wanted = asyncio.Event()

    def want(self) -> None:
        """A scan that begins after this is wanted; asked for often, it is still one."""
        self._wanted.set()

    async def run(self) -> None:
        """Begin what is wanted, when the last scan is over and was long enough ago, until cancelled."""
        while True:
            await self._wanted.wait()
            try:
                wait_seconds = await self._begin()
            except Refused as refusal:
                logger(service="gateway").info("scan_waits", because=str(refusal))
                wait_seconds = LOOK_AGAIN_SECONDS
            await asyncio.sleep(wait_seconds)

    async def _begin(self) -> float:
        """Begin a scan, or say how many seconds it has to wait. Raises `Refused` while one is under way."""
        last = (await self._bus.ask(ListRuns(task=TASK, limit=1))).items
        left = (last[0].due_at + APART - self._clock.now()).total_seconds() if last else 0.0
        if left > 0:
            return min(left, APART.total_seconds())
        self._wanted.clear()
        try:
            await self._bus.ask(RunTask(name=TASK))
        except Refused:
            self._wanted.set()
            raise
        return 0.0
