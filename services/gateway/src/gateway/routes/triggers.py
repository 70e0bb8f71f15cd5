"""/api/trigger: short names for the tasks that people want at once"""

from fastapi import APIRouter, Response
from shared.contracts.scheduler import Run, RunTask

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/trigger", tags=["triggers"], responses=problems(409))


@router.post("/rescan", status_code=202)
async def rescan(bus: BusDep, response: Response) -> Run:
    """Take over what changed in Audiobookshelf."""
    return accepted(response, await bus.ask(RunTask(name="library_scan")))


@router.post("/rescrape", status_code=202)
async def rescrape(bus: BusDep, response: Response) -> Run:
    """Fill the empty fields of the books longest without an update."""
    return accepted(response, await bus.ask(RunTask(name="metadata_daily")))


@router.post("/redownload", status_code=202)
async def redownload(bus: BusDep, response: Response) -> Run:
    """Try failed downloads whose time has come."""
    return accepted(response, await bus.ask(RunTask(name="download_retry")))
