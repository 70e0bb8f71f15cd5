"""/api/seeding: the torrents that we grabbed, and how long they still have to seed"""

from typing import Annotated

from fastapi import APIRouter, Query
from shared.contracts.downloads.seeding import ListSeeding, SeedingTorrent
from shared.contracts.page import Page

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/seeding", tags=["downloads"], responses=problems())


@router.get("", summary="List the torrents that we grabbed")
async def list_seeding(bus: BusDep, query: Annotated[ListSeeding, Query()]) -> Page[SeedingTorrent]:
    """Each with its seeding time, the time that is still due, and whether it is safe to remove it from the client.

    Those that are not safe to remove come first. The task `seeding_check` updates the list.
    """
    return await bus.ask(query)
