"""/api/downloads and /api/blocklist"""

from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field, model_validator
from shared.chassis.errors import Refused
from shared.contracts.downloads.blocklist import (
    BlockCandidate,
    BlockedRelease,
    BlockRelease,
    ListBlocklist,
    UnblockRelease,
)
from shared.contracts.downloads.candidates import Candidate, ListCandidates
from shared.contracts.downloads.downloads import (
    MAX_TORRENT_BYTES,
    CancelDownload,
    CreateDownload,
    DeleteDownload,
    Download,
    DownloadProgress,
    DownloadStatus,
    GetDownload,
    GetDownloadProgress,
    ListDownloads,
    RetryDownload,
    SearchDownloads,
    UpdateDownload,
)
from shared.contracts.downloads.failed_attempts import FailedAttempt, HideFailedAttempts, ListFailedAttempts
from shared.contracts.downloads.transfers import ListTransfers, Transfers
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.scheduler import Run, RunTask
from shared.contracts.values import Moment, Sequence, Whole, Words
from shared.translatable import translatable

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/downloads", tags=["downloads"], responses=problems())
blocklist_router = APIRouter(prefix="/api/blocklist", tags=["downloads"], responses=problems())


class DownloadChanges(BaseModel):
    """Changes to a download. Missing fields stay as they are."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"priority": 50, "max_retries": 3}]})

    priority: Whole | None = Field(None, ge=0, le=1000, description="a higher priority is searched first")
    max_retries: Whole | None = Field(None, ge=0, le=100, description="number of retries after a failure")
    next_retry_at: Moment | None = Field(None, description="only for a failed download")


class BookOfTorrent(BaseModel):
    """Which book a torrent file is."""

    missing_book_id: UUID | None = Field(None, description="a missing book; or give a title")
    title: Words | None = None
    authors: list[Words] = Field([], max_length=20)
    series: Words | None = None
    sequence: Sequence | None = None
    override: bool = Field(False, description="take it although a rule rejects it")

    @model_validator(mode="after")
    def _names_a_book(self) -> Self:
        if self.missing_book_id is None and self.title is None:
            raise ValueError("give missing_book_id or title, to say which book the torrent is")
        return self


class TorrentTooLarge(Refused):
    """The uploaded torrent file is larger than one message may be."""

    code = "too_large"
    status = 413
    title = "Body too large"


_TORRENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"the torrent file itself, at most {MAX_TORRENT_BYTES // 2**20} MiB",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("application/x-bittorrent", "application/octet-stream")
        },
    }
}

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
    "address": {
        "value": {
            "address": "https://library.example/the-marvelous-land-of-oz.torrent",
            "missing_book_id": "6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10",
        }
    },
}

BLOCK_EXAMPLES: dict[str, Example] = {
    "found": {
        "value": {
            "indexer": "MAM",
            "release_id": "900002",
            "title": "The Marvelous Land of Oz",
            "reason": "the narrator reads another book",
        }
    },
    "candidate": {"value": {"candidate_id": "0b0c5a52-5a0e-4c39-8f3e-0d7b0a3b7f11"}},
}


@router.get("", summary="List downloads")
async def list_downloads(bus: BusDep, query: Annotated[ListDownloads, Query()]) -> Page[Download]:
    """Downloads, newest first by default."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(404, 409), summary="Start a download")
async def create_download(
    bus: BusDep, response: Response, request: Annotated[CreateDownload, Body(openapi_examples=EXAMPLES)]
) -> Download:
    """Download a missing book, a release that a search found, or a torrent: a magnet link, a file or its address.

    A missing book is searched now, also if its download failed or waits for approval. An acceptable release is then
    grabbed without another approval; doubtful ones wait for a person.

    A given torrent is judged like every release. If a rule rejects it, the answer says what was found and what is
    wanted, and `override` takes it all the same.
    """
    download = await bus.ask(request)
    response.headers["Location"] = f"/api/downloads/{download.id}"
    return download


@router.post(
    "/torrent",
    status_code=201,
    responses=problems(404, 409, 413),
    openapi_extra=_TORRENT,
    summary="Start a download with a torrent file",
)
async def create_download_of_torrent(
    bus: BusDep, response: Response, request: Request, book: Annotated[BookOfTorrent, Query()]
) -> Download:
    """Download what a torrent file contains, as a missing book or a named one. The body is the file, without a form."""
    content = await request.body()
    if len(content) > MAX_TORRENT_BYTES:
        raise TorrentTooLarge(
            translatable(
                "refused.large_torrent",
                f"the torrent file has more than {MAX_TORRENT_BYTES} bytes: give its magnet link",
                most=MAX_TORRENT_BYTES,
            )
        )
    download = await bus.ask(CreateDownload.of_torrent(content, **book.model_dump()))
    response.headers["Location"] = f"/api/downloads/{download.id}"
    return download


@router.get("/search", summary="Search downloads")
async def search_downloads(bus: BusDep, query: Annotated[SearchDownloads, Query()]) -> Page[Download]:
    """Search downloads by words of the title, the author or the release."""
    return await bus.ask(query)


@router.get("/status/{status}", summary="List downloads by status")
async def list_downloads_of_status(
    bus: BusDep, status: DownloadStatus, limit: Limit = 50, offset: Offset = 0, sort: Sort = "-created_at"
) -> Page[Download]:
    """The downloads that have one status."""
    return await bus.ask(ListDownloads(status=[status], limit=limit, offset=offset, sort=sort))


@router.get("/transfers", summary="List the speeds of the running downloads")
async def list_transfers(bus: BusDep) -> Transfers:
    """The present progress, speed and time left of all running downloads. The event `transfer` has the same."""
    return await bus.ask(ListTransfers())


@router.post("/sync", status_code=202, responses=problems(409), summary="Sync with the download client now")
async def sync_downloads(bus: BusDep, response: Response) -> Run:
    """Run the task `download_monitor` now: sync the downloads with the download client."""
    return accepted(response, await bus.ask(RunTask(name="download_monitor")))


@router.post(
    "/sync-qbittorrent", status_code=202, responses=problems(409), deprecated=True, summary="Sync now, by the old path"
)
async def sync_qbittorrent(bus: BusDep, response: Response) -> Run:
    """Do the same as `POST /api/downloads/sync`, which replaces this path."""
    return accepted(response, await bus.ask(RunTask(name="download_monitor")))


@router.get("/{download_id}", responses=problems(404), summary="Show a download")
async def get_download(bus: BusDep, download_id: UUID) -> Download:
    """One download, with its status and its release."""
    return await bus.ask(GetDownload(id=download_id))


@router.put("/{download_id}", responses=problems(404, 409), summary="Change a download")
async def update_download(bus: BusDep, download_id: UUID, changes: DownloadChanges) -> Download:
    """Change the priority, the number of retries, or the time of the next retry."""
    return await bus.ask(UpdateDownload(id=download_id, **changes.model_dump()))


@router.delete("/{download_id}", status_code=204, responses=problems(404, 409), summary="Delete a download")
async def delete_download(bus: BusDep, download_id: UUID) -> None:
    """Delete the record of a download that has ended. The permanent list of failures is kept."""
    await bus.ask(DeleteDownload(id=download_id))


@router.get("/{download_id}/progress", responses=problems(404), summary="Show a download's progress")
async def get_progress(bus: BusDep, download_id: UUID) -> DownloadProgress:
    """The current progress in the download client."""
    return await bus.ask(GetDownloadProgress(id=download_id))


@router.get("/{download_id}/candidates", responses=problems(404), summary="List a download's candidates")
async def list_candidates(bus: BusDep, download_id: UUID, limit: Limit = 50, offset: Offset = 0) -> Page[Candidate]:
    """The decision: every release that was judged, with its score and the reasons."""
    return await bus.ask(ListCandidates(download_id=download_id, limit=limit, offset=offset))


@router.get("/{download_id}/failed-attempts", responses=problems(404), summary="List a download's failures")
async def list_failed_attempts(
    bus: BusDep, download_id: UUID, limit: Limit = 50, offset: Offset = 0
) -> Page[FailedAttempt]:
    """Every failure of the download and of its book, including hidden ones."""
    return await bus.ask(ListFailedAttempts(download_id=download_id, limit=limit, offset=offset))


@router.delete(
    "/{download_id}/failed-attempts", status_code=204, responses=problems(404), summary="Hide a download's failures"
)
async def hide_failed_attempts(bus: BusDep, download_id: UUID) -> None:
    """Hide past failures from the download. The permanent list of failures is kept."""
    await bus.ask(HideFailedAttempts(download_id=download_id))


@router.post("/{download_id}/retry", status_code=202, responses=problems(404, 409), summary="Retry a download")
async def retry_download(bus: BusDep, download_id: UUID) -> Download:
    """Retry a download, starting with the search."""
    return await bus.ask(RetryDownload(id=download_id))


@router.post("/{download_id}/cancel", responses=problems(404, 409), summary="Cancel a download")
async def cancel_download(bus: BusDep, download_id: UUID) -> Download:
    """Cancel a download. Its torrent stays until its seeding duty is met."""
    return await bus.ask(CancelDownload(id=download_id))


@blocklist_router.get("", summary="List blocked releases")
async def list_blocklist(bus: BusDep, query: Annotated[ListBlocklist, Query()]) -> Page[BlockedRelease]:
    """The releases that are never grabbed again."""
    return await bus.ask(query)


@blocklist_router.post("", status_code=201, responses=problems(404), summary="Block a release")
async def block_release(
    bus: BusDep,
    response: Response,
    request: Annotated[BlockRelease | BlockCandidate, Body(openapi_examples=BLOCK_EXAMPLES)],
) -> BlockedRelease:
    """Block a candidate of a download, or a release of a search, without grabbing it. It is never grabbed.

    Downloads that would grab it, or wait for a decision about it, are searched again.
    """
    blocked = await bus.ask(request)
    response.headers["Location"] = f"/api/blocklist/{blocked.id}"
    return blocked


@blocklist_router.delete("/{blocked_id}", status_code=204, responses=problems(404), summary="Unblock a release")
async def unblock_release(bus: BusDep, blocked_id: UUID) -> None:
    """Remove a release from the blocklist. It may be grabbed again."""
    await bus.ask(UnblockRelease(id=blocked_id))
