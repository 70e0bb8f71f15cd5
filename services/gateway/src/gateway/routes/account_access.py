"""/api/account/access, pause and resume: sessions, addresses and limits of the requests to MyAnonamouse"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from shared.contracts.mam.account import GetTrackerAccess, PauseTracker, ResumeTracker, TrackerAccess

from gateway.api_keys.keys import Caller
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/account", tags=["account"], responses=problems())


async def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


@router.get("/access", summary="Show the access to MyAnonamouse")
async def get_tracker_access(bus: BusDep) -> TrackerAccess:
    """The sessions, our public address, the requests that are left today, and whether a person has paused them.

    MyAnonamouse is asked for the address at most every ten minutes.
    """
    return await bus.ask(GetTrackerAccess())


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
