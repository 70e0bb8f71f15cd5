"""/api/releases"""

from fastapi import APIRouter
from shared.contracts.downloads import Download, GrabRelease

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/releases", tags=["releases"], responses=problems())


@router.post("/grab", status_code=202, responses=problems(404, 409))
async def grab_release(bus: BusDep, request: GrabRelease) -> Download:
    """Send one judged release to the download client."""
    return await bus.ask(request)
