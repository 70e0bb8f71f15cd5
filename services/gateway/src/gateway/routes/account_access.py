"""/api/account/pause and /api/account/resume: a person pauses everything that goes to MyAnonamouse"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from shared.contracts.mam.account import PauseTracker, ResumeTracker, TrackerAccess

from gateway.api_keys.keys import Caller
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/account", tags=["account"], responses=problems())


async def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


@router.post("/pause", summary="Pause all requests to MyAnonamouse")
async def pause_tracker(bus: BusDep, caller: Annotated[Caller, Depends(_caller)]) -> TrackerAccess:
    """No service sends a request to MyAnonamouse until they are resumed, not even for a person. What is stored is still
    answered, and other calls are refused with the code `remote_throttled`, which names the key that paused them.
    """
    return await bus.ask(PauseTracker(by=f"the key {caller.name!r}"))


@router.post("/resume", summary="Resume requests to MyAnonamouse")
async def resume_tracker(bus: BusDep) -> TrackerAccess:
    """Ends a pause, and tries refused sessions again: after a challenge was solved, or after failed logins."""
    return await bus.ask(ResumeTracker())
