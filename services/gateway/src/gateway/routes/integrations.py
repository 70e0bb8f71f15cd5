"""/api/system/integrations: the outside systems, as they were found last or as they are found now"""

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
    """The last result, for all callers: those who come while it is asked for wait for the same answer."""

    def __init__(self) -> None:
        self._asking = asyncio.Lock()
        self._found: tuple[float, IntegrationsReport] | None = None

    async def get(self, bus: Bus, *, at_most_seconds: float = REMEMBERED_SECONDS) -> IntegrationsReport:
        """A result no older than this, or that was asked for after the call began."""
        came = time.monotonic()
        async with self._asking:
            if self._found is None or self._found[0] < min(came, time.monotonic() - at_most_seconds):
                began = time.monotonic()
                self._found = began, await _tested(bus)
            return self._found[1]


async def _last(request: Request) -> LastResult:
    if not hasattr(request.app.state, "last_integrations"):
        request.app.state.last_integrations = LastResult()
    last: LastResult = request.app.state.last_integrations
    return last


Last = Annotated[LastResult, Depends(_last)]


@router.get("", summary="How the outside systems were found last")
async def get_integrations(bus: BusDep, last: Last) -> IntegrationsReport:
    """The last known state of every outside system, at most a minute old."""
    return await last.get(bus)


@router.post("/test", summary="Try every outside system now")
async def test_integrations(bus: BusDep, last: Last) -> IntegrationsReport:
    """Try every outside system now, with its credentials, changing nothing."""
    return await last.get(bus, at_most_seconds=0)


async def _tested(bus: Bus) -> IntegrationsReport:
    answers = await asyncio.gather(*(integrations_of(bus, area) for area in SERVICES))
    return IntegrationsReport(
        integrations=[each for answer in answers if isinstance(answer, list) for each in answer],
        silent=[answer for answer in answers if isinstance(answer, ServiceState)],
    )
