"""/api/releases"""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response
from fastapi.openapi.models import Example
from shared.contracts.downloads.candidates import GrabRelease
from shared.contracts.downloads.downloads import Download
from shared.contracts.downloads.interactive_search import FoundReleases, GrabFoundRelease, SearchReleases
from shared.contracts.mam.search import FoundPage, ListSeenReleases, MamSearch, SearchMam, SeenRelease
from shared.contracts.mam.torrent_pages import GetTorrentPage, TorrentPage
from shared.contracts.page import Page

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/releases", tags=["releases"], responses=problems())

EXAMPLES: dict[str, Example] = {
    "candidate": {
        "value": {
            "download_id": "6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10",
            "candidate_id": "0b0c5a52-5a0e-4c39-8f3e-0d7b0a3b7f11",
        }
    },
    "found": {"value": {"indexer": "MAM", "release_id": "900001"}},
}


@router.get("/search", responses=problems(404), summary="Search releases now")
async def search_releases(bus: BusDep, query: Annotated[SearchReleases, Query()]) -> FoundReleases:
    """Search MyAnonamouse and Prowlarr now. Each release comes with the decision that would be made about it.

    Needs a key with the scope `write`, because each search uses requests of your account at the tracker.
    """
    return await bus.ask(query)


@router.get("/search/mam", summary="Search MyAnonamouse with filters")
async def search_mam(bus: BusDep, query: Annotated[MamSearch, Query()]) -> FoundPage:
    """Search MyAnonamouse by its own fields and filters, or answer from a search of the last 15 minutes.

    Needs a key with the scope `write`, because each search uses a request of your account at the tracker.
    """
    return await bus.ask(SearchMam(search=query, person_waits=True))


@router.get("/page", responses=problems(404), summary="Read the page of a torrent")
async def read_torrent_page(bus: BusDep, query: Annotated[GetTorrentPage, Query()]) -> TorrentPage:
    """What the page of a torrent at MyAnonamouse shows: its files, description and exact size. It may take a minute.

    Needs a key with the scope `write`, because it may use one of the pages of a day.
    """
    return await bus.ask(query.model_copy(update={"person_waits": True}))


@router.get("/seen", summary="List releases that were seen")
async def list_seen_releases(bus: BusDep, query: Annotated[ListSeenReleases, Query()]) -> Page[SeenRelease]:
    """The releases that searches and top lists have shown at MyAnonamouse. It sends no request to the site."""
    return await bus.ask(query)


@router.post("/grab", status_code=202, responses=problems(404, 409), summary="Grab a release")
async def grab_release(
    bus: BusDep, response: Response, request: Annotated[GrabRelease | GrabFoundRelease, Body(openapi_examples=EXAMPLES)]
) -> Download:
    """Send a release to the download client: a candidate of a download, or a release from a recent search."""
    download = await bus.ask(request)
    response.headers["Location"] = f"/api/downloads/{download.id}"
    return download
