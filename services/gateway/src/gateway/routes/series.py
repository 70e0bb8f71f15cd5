"""/api/series"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook
from shared.contracts.library.series import GetSeries, ListSeries, Series
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/series", tags=["series"], responses=problems())


@router.get("")
async def list_series(bus: BusDep, query: Annotated[ListSeries, Query()]) -> Page[Series]:
    """Series of the library."""
    return await bus.ask(query)


@router.get("/{series_id}", responses=problems(404))
async def get_series(bus: BusDep, series_id: UUID) -> Series:
    """One series."""
    return await bus.ask(GetSeries(id=series_id))


@router.get("/{series_id}/missing")
async def list_missing_of_series(bus: BusDep, series_id: UUID) -> Page[MissingBook]:
    """What the library lacks of one series."""
    return await bus.ask(ListMissingBooks(series_id=series_id, limit=500))
