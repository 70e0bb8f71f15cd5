"""/api/books/{book_id}/cover"""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from shared.contracts.library.covers import CoverWidth, GetCover

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/books", tags=["books"], responses=problems())

CACHE_CONTROL = "private, max-age=3600"
"""A browser shows a cover for an hour without a request. After that, it asks whether the cover changed."""
MAX_KNOWN = 20
_VERSION = re.compile(r'"([0-9a-f]{32})"')
_PICTURE = {"schema": {"type": "string", "format": "binary"}}
_TYPES = ("image/jpeg", "image/png", "image/webp")


@router.get(
    "/{book_id}/cover",
    summary="Show the cover of a book",
    response_class=Response,
    responses={
        **problems(404),
        200: {"content": dict.fromkeys(_TYPES, _PICTURE), "description": "the picture, with its version in `ETag`"},
        304: {"description": "the version in `If-None-Match` is the present one"},
    },
)
async def get_cover(
    bus: BusDep,
    book_id: UUID,
    width: Annotated[CoverWidth, Query(description="in pixels")] = CoverWidth.TILE,
    if_none_match: Annotated[str, Header(max_length=2000)] = "",
) -> Response:
    """The cover from Audiobookshelf, scaled to a width. 404: the book has none."""
    known = _VERSION.findall(if_none_match)[:MAX_KNOWN]
    cover = await bus.ask(GetCover(book_id=book_id, width=width, known=known))
    headers = {"ETag": f'"{cover.version}"', "Cache-Control": CACHE_CONTROL}
    if cover.content is None:
        return Response(status_code=304, headers=headers)
    return Response(cover.content, media_type=cover.media_type, headers=headers)
