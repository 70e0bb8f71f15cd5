"""/api/system/integrations: the last known or the current state of the outside systems"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from shared.contracts.gateway.diagnostics import IntegrationsReport

from gateway.diagnostics.integrations import IntegrationChecks
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system/integrations", tags=["system"], responses=problems())


async def _checks(request: Request) -> IntegrationChecks:
    checks: IntegrationChecks = request.app.state.integrations
    return checks


Checks = Annotated[IntegrationChecks, Depends(_checks)]


@router.get("", summary="Show the outside systems")
async def get_integrations(bus: BusDep, checks: Checks) -> IntegrationsReport:
    """The last known state of every outside system, at most one minute old."""
    return await checks.get(bus)


@router.post("/test", summary="Test the outside systems now")
async def test_integrations(bus: BusDep, checks: Checks) -> IntegrationsReport:
    """Test every outside system now with its credentials. Changes nothing."""
    return await checks.get(bus, at_most_seconds=0)
