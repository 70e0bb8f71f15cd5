"""/api/genres and /api/top10"""

from typing import Annotated

from fastapi import APIRouter, Query
from shared.contracts.mam.top_lists import (
    Genre,
    GenreUpdate,
    GetWeeklyTopLists,
    ListGenres,
    UpdateGenre,
    WeeklyTopLists,
)
from shared.contracts.values import Words

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api", tags=["top lists"], responses=problems())


@router.get("/genres", summary="List genres")
async def list_genres(bus: BusDep) -> list[Genre]:
    """All genres of audiobooks. Only the top lists of the enabled ones are read."""
    return await bus.ask(ListGenres())


@router.put("/genres/{name:path}", responses=problems(404), summary="Change a genre")
async def update_genre(bus: BusDep, name: Words, update: GenreUpdate) -> Genre:
    """Enable or disable a genre, or change the size of its top list and the seeders that an entry needs."""
    return await bus.ask(UpdateGenre(name=name, update=update))


@router.get("/top10/weekly", responses=problems(404), summary="Show the top lists of the week")
async def get_weekly_top_lists(bus: BusDep, query: Annotated[GetWeeklyTopLists, Query()]) -> WeeklyTopLists:
    """The most popular releases of the last seven days, with what the library owns, lacks or downloads of them.

    Needs a key with the scope `write`, because a list that is too old is read from MyAnonamouse.
    """
    return await bus.ask(query)
