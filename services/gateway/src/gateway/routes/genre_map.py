"""/api/metadata/genre-map"""

from typing import Annotated

from fastapi import APIRouter
from shared.contracts.metadata.genre_map import GenreMap, GenreRules, GetGenreMap, SetGenreMap

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/metadata/genre-map", tags=["metadata"], responses=problems())

CallerDep = Annotated[Caller, KEYED]


@router.get("", summary="Get the genre map")
async def get_genre_map(bus: BusDep) -> GenreMap:
    """What replaces the genres and tags of providers and of the library. It is empty until you set it."""
    return await bus.ask(GetGenreMap())


@router.put("", summary="Replace the genre map")
async def set_genre_map(bus: BusDep, caller: CallerDep, body: GenreRules) -> GenreMap:
    """Replace, split or drop genres and tags. Genres of providers are written by the map from now on.

    What it changes in the library is proposed, with the kind `genre_mapped`. Accept all with
    `POST /api/metadata/proposals/accept`.
    """
    return await bus.ask(SetGenreMap(rules=body, changed_by=caller.name))
