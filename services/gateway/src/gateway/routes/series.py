"""/api/series"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import GetSeries, ListSeries, SearchSeries, Series
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.pages import PageOfBooks, PageOfMissingBooks
from gateway.problems import problems

router = APIRouter(prefix="/api/series", tags=["series"], responses=problems())


@router.get("")
async def list_series(bus: BusDep, query: Annotated[ListSeries, Query()]) -> Page[Series]:
    """Series of the library."""
    return await bus.ask(query)


@router.get("/search")
async def search_series(bus: BusDep, query: Annotated[SearchSeries, Query()]) -> Page[Series]:
    """Series by name or author; typos forgiven, the best first."""
    return await bus.ask(query)


@router.get("/{series_id}", responses=problems(404))
async def get_series(bus: BusDep, series_id: UUID) -> Series:
    """One series."""
    return await bus.ask(GetSeries(id=series_id))


@router.get("/{series_id}/books", responses=problems(404))
async def list_books_of_series(bus: BusDep, series_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """What the library holds of one series."""
    await bus.ask(GetSeries(id=series_id))
    return await bus.ask(query.of(series_id=series_id))


@router.get("/{series_id}/missing", responses=problems(404))
async def list_missing_of_series(
    bus: BusDep, series_id: UUID, query: Annotated[PageOfMissingBooks, Query()]
) -> Page[MissingBook]:
    """What the library lacks of one series."""
    await bus.ask(GetSeries(id=series_id))
    return await bus.ask(query.of(series_id=series_id))
