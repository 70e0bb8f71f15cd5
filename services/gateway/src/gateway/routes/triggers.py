"""/api/trigger: short paths that run common tasks"""

from fastapi import APIRouter, Response
from shared.contracts.scheduler import Run, RunTask

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/trigger", tags=["triggers"], responses=problems(409))


@router.post("/rescan", status_code=202, summary="Scan the library now")
async def rescan(bus: BusDep, response: Response) -> Run:
    """Run the task `library_scan` now: scan Audiobookshelf for changes."""
    return accepted(response, await bus.ask(RunTask(name="library_scan")))


@router.post("/rescrape", status_code=202, summary="Refresh metadata now")
async def rescrape(bus: BusDep, response: Response) -> Run:
    """Run the task `metadata_daily` now: fill empty fields of the books that were refreshed longest ago."""
    return accepted(response, await bus.ask(RunTask(name="metadata_daily")))


@router.post("/redownload", status_code=202, summary="Retry failed downloads now")
async def redownload(bus: BusDep, response: Response) -> Run:
    """Run the task `download_retry` now: retry the failed downloads that are due."""
    return accepted(response, await bus.ask(RunTask(name="download_retry")))
