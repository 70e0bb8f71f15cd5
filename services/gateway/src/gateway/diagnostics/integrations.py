"""The states of the outside systems, checked by the services that use them."""

import asyncio
import time

from shared.chassis.bus import Bus
from shared.contracts.areas import SERVICES
from shared.contracts.gateway.diagnostics import IntegrationsReport, ServiceState

from gateway.routes.system import integrations_of

REMEMBERED_SECONDS = 60.0


class IntegrationChecks:
    """Checks the outside systems, and caches the last result for all callers.

    Callers that come during a check wait for its result.
    """

    def __init__(self) -> None:
        self._check_lock = asyncio.Lock()
        self._found: tuple[float, IntegrationsReport] | None = None

    async def get(self, bus: Bus, *, at_most_seconds: float = REMEMBERED_SECONDS) -> IntegrationsReport:
        """Return a result that is at most `at_most_seconds` old, or from a check that began after this call."""
        called_at = time.monotonic()
        async with self._check_lock:
            if self._found is None or self._found[0] < min(called_at, time.monotonic() - at_most_seconds):
                began = time.monotonic()
                self._found = began, await _tested(bus)
            return self._found[1]


async def _tested(bus: Bus) -> IntegrationsReport:
    answers = await asyncio.gather(*(integrations_of(bus, area) for area in SERVICES))
    return IntegrationsReport(
        integrations=[each for answer in answers if isinstance(answer, list) for each in answer],
        silent=[answer for answer in answers if isinstance(answer, ServiceState)],
    )
