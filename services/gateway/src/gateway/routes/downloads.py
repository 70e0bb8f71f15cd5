"""/api/downloads and /api/blocklist"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.downloads import (
    BlockedRelease,
    CancelDownload,
    Candidate,
    Download,
    FailedAttempt,
    GetDownload,
    ListBlocklist,
    ListCandidates,
    ListDownloads,
    ListFailedAttempts,
    RetryDownload,
)
from shared.contracts.page import Limit, Offset, Page

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/downloads", tags=["downloads"], responses=problems())
blocklist_router = APIRouter(prefix="/api/blocklist", tags=["downloads"], responses=problems())


@router.get("")
async def list_downloads(bus: BusDep, query: Annotated[ListDownloads, Query()]) -> Page[Download]:
    """Downloads, newest first."""
    return await bus.ask(query)


@router.get("/{download_id}", responses=problems(404))
async def get_download(bus: BusDep, download_id: UUID) -> Download:
    """One download."""
    return await bus.ask(GetDownload(id=download_id))


@router.get("/{download_id}/candidates", responses=problems(404))
async def list_candidates(bus: BusDep, download_id: UUID, limit: Limit = 50, offset: Offset = 0) -> Page[Candidate]:
    """The decision: every release judged, with score and reasons."""
    return await bus.ask(ListCandidates(download_id=download_id, limit=limit, offset=offset))


@router.get("/{download_id}/failed-attempts", responses=problems(404))
async def list_failed_attempts(
    bus: BusDep, download_id: UUID, limit: Limit = 50, offset: Offset = 0
) -> Page[FailedAttempt]:
    """What failed, ever."""
    return await bus.ask(ListFailedAttempts(download_id=download_id, limit=limit, offset=offset))


@router.post("/{download_id}/retry", status_code=202, responses=problems(404, 409))
async def retry_download(bus: BusDep, download_id: UUID) -> Download:
    """Try again from the search on."""
    return await bus.ask(RetryDownload(id=download_id))


@router.post("/{download_id}/cancel", responses=problems(404, 409))
async def cancel_download(bus: BusDep, download_id: UUID) -> Download:
    """Give a download up; its torrent stays while its seeding duty is not met."""
    return await bus.ask(CancelDownload(id=download_id))


@blocklist_router.get("")
async def list_blocklist(bus: BusDep, query: Annotated[ListBlocklist, Query()]) -> Page[BlockedRelease]:
    """Releases never to take again."""
    return await bus.ask(query)
