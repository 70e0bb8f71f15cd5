"""/api/downloads and /api/blocklist"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from fastapi.openapi.models import Example
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
from shared.contracts.downloads_by_hand import CreateDownload
from shared.contracts.page import Limit, Offset, Page

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/downloads", tags=["downloads"], responses=problems())
blocklist_router = APIRouter(prefix="/api/blocklist", tags=["downloads"], responses=problems())

EXAMPLES: dict[str, Example] = {
    "missing book": {"value": {"missing_book_id": "6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10"}},
    "release": {"value": {"release": {"indexer": "MAM", "id": "900001"}}},
    "magnet": {
        "value": {
            "magnet": "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567",
            "title": "The Marvelous Land of Oz",
            "authors": ["L. Frank Baum"],
        }
    },
}


@router.get("")
async def list_downloads(bus: BusDep, query: Annotated[ListDownloads, Query()]) -> Page[Download]:
    """Downloads, newest first."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(404, 409))
async def create_download(
    bus: BusDep, response: Response, request: Annotated[CreateDownload, Body(openapi_examples=EXAMPLES)]
) -> Download:
    """Download a missing book, a release that a search found, or what a magnet link leads to."""
    download = await bus.ask(request)
    response.headers["Location"] = f"/api/downloads/{download.id}"
    return download


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
