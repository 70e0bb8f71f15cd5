"""The services that wait for settings, for the health endpoint that needs no key."""

import asyncio
import time

from shared.chassis.bus import Bus
from shared.chassis.errors import Refused
from shared.contracts.areas import SERVICES, Area
from shared.contracts.settings import SettingsState
from shared.contracts.system import DescribeService

REMEMBERED_SECONDS = 10.0
ANSWER_SECONDS = 2.0
"""A service that takes longer to answer is not reported here: it does not wait for settings, but is overloaded."""


class WaitingServices:
    """Asks every service for its settings, and caches the result for all callers."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._lock = asyncio.Lock()
        self._found: tuple[float, dict[str, str]] | None = None

    async def get(self) -> dict[str, str]:
        """Which settings each service needs. A service that runs, or does not answer, is left out.

        The result may be ten seconds old. It contains no values: the endpoint needs no key.
        """
        async with self._lock:
            if self._found is None or time.monotonic() - self._found[0] > REMEMBERED_SECONDS:
                words = await asyncio.gather(*(self._words_of(area) for area in SERVICES))
                waiting = {name: each for name, each in zip(SERVICES.values(), words, strict=True) if each}
                self._found = time.monotonic(), waiting
            return self._found[1]

    async def _words_of(self, area: Area) -> str:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                report = await self._bus.ask(DescribeService(), of=area)
        except (Refused, TimeoutError):
            return ""
        if report.settings is SettingsState.WRONG_SETTINGS:
            return "wrong settings; GET /api/settings names them"
        return f"needs settings: {', '.join(report.missing_settings)}" if report.missing_settings else ""
