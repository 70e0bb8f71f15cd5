"""/api/series"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from shared.chassis.errors import Refused
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import (
    CreateSeries,
    DeleteSeries,
    GetSeries,
    ListSeries,
    SearchSeries,
    Series,
    SeriesEntry,
    SeriesUpdate,
    UpdateSeries,
)
from shared.contracts.page import Page
from shared.contracts.scheduler import Run, RunTask

from gateway.http.dependencies import BusDep
from gateway.http.pagination import PageOfBooks, PageOfMissingBooks
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/series", tags=["series"], responses=problems())


@router.get("")
async def list_series(bus: BusDep, query: Annotated[ListSeries, Query()]) -> Page[Series]:
    """Series of the library."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(409))
async def create_series(bus: BusDep, response: Response, entry: SeriesEntry) -> Series:
    """Enter a series, to be watched although the library may have no book of it yet."""
    created = await bus.ask(CreateSeries(entry=entry))
    response.headers["Location"] = f"/api/series/{created.id}"
    return created


@router.get("/search")
async def search_series(bus: BusDep, query: Annotated[SearchSeries, Query()]) -> Page[Series]:
    """Series by name or author; typos forgiven, the best first."""
    return await bus.ask(query)


@router.get("/{series_id}", responses=problems(404))
async def get_series(bus: BusDep, series_id: UUID) -> Series:
    """One series."""
    return await bus.ask(GetSeries(id=series_id))


@router.put("/{series_id}", responses=problems(404, 409))
async def update_series(bus: BusDep, series_id: UUID, update: SeriesUpdate) -> Series:
    """HealthMonitor a series for gaps or not; name one that was entered by hand."""
    return await bus.ask(UpdateSeries(id=series_id, update=update))


@router.delete("/{series_id}", status_code=204, responses=problems(404, 409))
async def delete_series(bus: BusDep, series_id: UUID) -> None:
    """Forget a series without books."""
    await bus.ask(DeleteSeries(id=series_id))


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


@router.post("/{series_id}/check-completion", status_code=202, responses=problems(404, 409))
async def check_series(bus: BusDep, response: Response, series_id: UUID) -> Run:
    """Compare one series with its full list of works. A series that is not monitored is refused."""
    series = await bus.ask(GetSeries(id=series_id))
    if not series.monitored:
        raise Refused(f"“{series.name}” is not monitored: PUT monitored true first")
    order = RunTask(name="series_completion", parameters={"series_ids": [str(series_id)]})
    return accepted(response, await bus.ask(order))
