"""/api/metadata"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.metadata import (
    Correction,
    GetCorrection,
    ListCorrections,
    ListProviders,
    Provider,
    UndoCorrection,
)
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/metadata", tags=["metadata"], responses=problems())


@router.get("/corrections")
async def list_corrections(bus: BusDep, query: Annotated[ListCorrections, Query()]) -> Page[Correction]:
    """Corrections, newest first."""
    return await bus.ask(query)


@router.get("/corrections/{correction_id}", responses=problems(404))
async def get_correction(bus: BusDep, correction_id: UUID) -> Correction:
    """One correction."""
    return await bus.ask(GetCorrection(id=correction_id))


@router.delete("/corrections/{correction_id}", status_code=202, responses=problems(404, 409))
async def undo_correction(bus: BusDep, correction_id: UUID) -> Correction:
    """Take a correction back: the old value goes back, to Audiobookshelf too."""
    return await bus.ask(UndoCorrection(id=correction_id))


@router.get("/providers")
async def list_providers(bus: BusDep) -> list[Provider]:
    """The sources of metadata, and how they do."""
    return await bus.ask(ListProviders())
