"""/api/series"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from shared.chassis.errors import Refused
from shared.contracts.library.books import Book
from shared.contracts.library.following import FollowEffect, FollowMode, PreviewFollow, SeriesFollow
from shared.contracts.library.letters import Letters
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import (
    CreateSeries,
    DeleteSeries,
    GetSeries,
    ListSeries,
    ListSeriesLetters,
    SearchSeries,
    Series,
    SeriesEntry,
    SeriesUpdate,
    UpdateSeries,
)
from shared.contracts.library.series_corrections import (
    CorrectSeries,
    NewSeriesCorrection,
    SeriesCorrection,
    UndoSeriesCorrection,
)
from shared.contracts.library.series_narrators import GetSeriesNarrators, SeriesNarrators
from shared.contracts.library.work_lists import ListSeriesWorks, SeriesWorks, WorkList
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.page import Page
from shared.contracts.scheduler import Run, RunTask
from shared.translatable import translatable

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.pagination import PageOfBooks, PageOfCorrections, PageOfMissingBooks, PageOfWorks
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/series", tags=["series"], responses=problems())

CallerDep = Annotated[Caller, KEYED]


@router.get("", summary="List series")
async def list_series(bus: BusDep, query: Annotated[ListSeries, Query()]) -> Page[Series]:
    """The series of the library, page by page."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(409), summary="Add a series")
async def create_series(bus: BusDep, response: Response, entry: SeriesEntry) -> Series:
    """Add a series by hand, to monitor it before the library has a book of it."""
    created = await bus.ask(CreateSeries(entry=entry))
    response.headers["Location"] = f"/api/series/{created.id}"
    return created


@router.get("/letters", summary="List the first letters of series")
async def list_series_letters(bus: BusDep, query: Annotated[ListSeriesLetters, Query()]) -> Letters:
    """Where each first letter begins in the list with these filters, sorted by name."""
    return await bus.ask(query)


@router.get("/search", summary="Search series")
async def search_series(bus: BusDep, query: Annotated[SearchSeries, Query()]) -> Page[Series]:
    """Search series by name or author. Tolerates typos; the best match comes first."""
    return await bus.ask(query)


@router.get("/works", summary="List the works of several series")
async def list_works_of_several_series(bus: BusDep, query: Annotated[ListSeriesWorks, Query()]) -> list[SeriesWorks]:
    """The first works of each series, without their evidence and editions. An unknown series is left out."""
    return await bus.ask(query)


@router.get("/{series_id}", responses=problems(404), summary="Show a series")
async def get_series(bus: BusDep, series_id: UUID) -> Series:
    """One series, with the numbers of its books."""
    return await bus.ask(GetSeries(id=series_id))


@router.put("/{series_id}", responses=problems(404, 409), summary="Change a series")
async def update_series(bus: BusDep, series_id: UUID, update: SeriesUpdate) -> Series:
    """Change which works of a series are wanted. The name can be changed only if the series was added by hand."""
    return await bus.ask(UpdateSeries(id=series_id, update=update))


@router.delete("/{series_id}", status_code=204, responses=problems(404, 409), summary="Delete a series")
async def delete_series(bus: BusDep, series_id: UUID) -> None:
    """Delete a series without books."""
    await bus.ask(DeleteSeries(id=series_id))


@router.get("/{series_id}/books", responses=problems(404), summary="List a series' books")
async def list_books_of_series(bus: BusDep, series_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """The books of one series that the library contains."""
    await bus.ask(GetSeries(id=series_id))
    return await bus.ask(query.of(series_id=series_id))


@router.get("/{series_id}/missing", responses=problems(404), summary="List a series' missing books")
async def list_missing_of_series(
    bus: BusDep, series_id: UUID, query: Annotated[PageOfMissingBooks, Query()]
) -> Page[MissingBook]:
    """The books of one series that the library does not contain."""
    await bus.ask(GetSeries(id=series_id))
    return await bus.ask(query.of(series_id=series_id))


@router.get("/{series_id}/list", responses=problems(404), summary="List every work of a series")
async def list_works_of_series(bus: BusDep, series_id: UUID, query: Annotated[PageOfWorks, Query()]) -> WorkList:
    """Every work of a series that the providers know: place, kind, state and the reason, with the age of the list."""
    return await bus.ask(query.of(BibliographyOf.SERIES, series_id))


@router.get("/{series_id}/follow-effect", responses=problems(404), summary="Preview a series' follow mode")
async def preview_follow_of_series(bus: BusDep, series_id: UUID, follow: SeriesFollow) -> FollowEffect:
    """Which missing books a change of `follow` would close, and which it would add. It changes nothing."""
    return await bus.ask(PreviewFollow(of=BibliographyOf.SERIES, id=series_id, follow=FollowMode(follow)))


@router.get("/{series_id}/narrators", responses=problems(404), summary="List a series' narrators")
async def list_narrators_of_series(bus: BusDep, series_id: UUID) -> SeriesNarrators:
    """Who reads the owned books of a series, and which missing volumes the same narrator has read."""
    return await bus.ask(GetSeriesNarrators(id=series_id))


@router.get("/{series_id}/corrections", responses=problems(404), summary="List the corrections of a series' list")
async def list_corrections_of_series(
    bus: BusDep, series_id: UUID, query: Annotated[PageOfCorrections, Query()]
) -> Page[SeriesCorrection]:
    """What a person changed in the list of a series, newest first, including what was undone."""
    return await bus.ask(query.of(series_id))


@router.post(
    "/{series_id}/corrections", status_code=201, responses=problems(404, 409), summary="Correct a series' list"
)
async def correct_series(
    bus: BusDep,
    caller: CallerDep,
    response: Response,
    series_id: UUID,
    correction: Annotated[NewSeriesCorrection, Body()],
) -> SeriesCorrection:
    """Add, remove or renumber works, merge another series into this one, or split works off.

    A correction holds whatever the providers say later, until it is undone.
    """
    made = await bus.ask(CorrectSeries(id=series_id, correction=correction, decided_by=caller.name))
    response.headers["Location"] = f"/api/series/{series_id}/corrections"
    return made


@router.delete(
    "/{series_id}/corrections/{correction_id}", responses=problems(404), summary="Undo a correction of a series' list"
)
async def undo_correction_of_series(
    bus: BusDep, caller: CallerDep, series_id: UUID, correction_id: UUID
) -> SeriesCorrection:
    """Undo a correction. The series is compared again with what the providers list."""
    return await bus.ask(UndoSeriesCorrection(series_id=series_id, id=correction_id, decided_by=caller.name))


@router.post(
    "/{series_id}/check-completion", status_code=202, responses=problems(404, 409), summary="Check a series for gaps"
)
async def check_series(bus: BusDep, response: Response, series_id: UUID) -> Run:
    """Compare one series with its bibliography. Refused if the series is not followed."""
    series = await bus.ask(GetSeries(id=series_id))
    if not series.monitored:
        raise Refused(
            translatable(
                "refused.not_followed",
                f"“{series.name}” is not followed: set `follow` to `all` first",
                name=series.name,
            )
        )
    order = RunTask(name="series_completion", parameters={"series_ids": [str(series_id)]})
    return accepted(response, await bus.ask(order))
