"""/api/system/integrations: the last known or the current state of the outside systems"""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from shared.chassis.bus import Bus
from shared.contracts.areas import SERVICES
from shared.contracts.gateway.diagnostics import IntegrationsReport, ServiceState

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.routes.system import integrations_of

router = APIRouter(prefix="/api/system/integrations", tags=["system"], responses=problems())

REMEMBERED_SECONDS = 60.0


class LastResult:
    """Caches the last result for all callers. Callers that come during a check wait for its result."""

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


async def _last(request: Request) -> LastResult:
    if not hasattr(request.app.state, "last_integrations"):
        request.app.state.last_integrations = LastResult()
    last: LastResult = request.app.state.last_integrations
    return last


Last = Annotated[LastResult, Depends(_last)]


@router.get("", summary="Show the outside systems")
async def get_integrations(bus: BusDep, last: Last) -> IntegrationsReport:
    """The last known state of every outside system, at most one minute old."""
    return await last.get(bus)


@router.post("/test", summary="Test the outside systems now")
async def test_integrations(bus: BusDep, last: Last) -> IntegrationsReport:
    """Test every outside system now with its credentials. Changes nothing."""
    return await last.get(bus, at_most_seconds=0)


async def _tested(bus: Bus) -> IntegrationsReport:
    answers = await asyncio.gather(*(integrations_of(bus, area) for area in SERVICES))
    return IntegrationsReport(
        integrations=[each for answer in answers if isinstance(answer, list) for each in answer],
        silent=[answer for answer in answers if isinstance(answer, ServiceState)],
    )
