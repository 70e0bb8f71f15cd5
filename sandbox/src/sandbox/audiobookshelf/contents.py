"""The cover and the chapters of an item, as Audiobookshelf 2.36.0 stores them.

Recorded: an item without a cover answers 404, and a body without chapters 400. The rest follows its source:
`CoverManager.js` and `LibraryItemController.updateMediaChapters`.
"""

import base64
import re
from pathlib import PurePosixPath
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.audiobookshelf.answers import answer
from sandbox.audiobookshelf.items import Chapter, Cover, Item
from sandbox.audiobookshelf.shelf import Shelf, now_ms

_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


async def get_cover(item: Item, request: Request) -> Response:
    """The file of the cover, or the first bytes of it with a header such as `Range: bytes=0-99`."""
    if item.cover is None:
        return PlainTextResponse("Not Found", 404)
    media_type = _TYPES[PurePosixPath(item.cover.path).suffix]
    content = base64.b64decode(item.cover.content)
    asked = re.fullmatch(r"bytes=0-(\d+)", request.headers.get("range", ""))
    if asked is None:
        return Response(content, media_type=media_type)
    part = content[: int(asked[1]) + 1]
    headers = {"Content-Range": f"bytes 0-{len(part) - 1}/{len(content)}"}
    return Response(part, 206, headers, media_type)


async def put_cover(shelf: Shelf, item: Item, request: Request) -> Response:
    """Store an uploaded cover. The name of the file decides on its type."""
    uploaded = (await request.form()).get("cover")
    if uploaded is None or isinstance(uploaded, str):
        return PlainTextResponse("Invalid request no file or url", 400)
    ending = PurePosixPath(uploaded.filename or "").suffix.lower()
    if ending not in _TYPES:
        return PlainTextResponse(f"Invalid image type {ending}", 500)
    path = f"/metadata/items/{item.id}/cover{ending}"
    content = base64.b64encode(await uploaded.read()).decode()
    _change(shelf, item, cover=Cover(path=path, content=content))
    return answer(request, {"success": True, "cover": path})


async def delete_cover(shelf: Shelf, item: Item) -> Response:
    """Remove the cover."""
    _change(shelf, item, cover=None)
    return PlainTextResponse("OK")


async def put_chapters(shelf: Shelf, item: Item, payload: Any, request: Request) -> Response:
    """Replace the chapters. Each needs a title and two numbers."""
    chapters = payload.get("chapters") if isinstance(payload, dict) else None
    if not isinstance(chapters, list) or not all(map(_is_chapter, chapters)):
        return PlainTextResponse("Bad Request", 400)
    listed = [Chapter(title=each["title"], start=each["start"], end=each["end"]) for each in chapters]
    updated = listed != item.chapters
    if updated:
        _change(shelf, item, chapters=listed)
    return answer(request, {"success": True, "updated": updated})


def _is_chapter(each: Any) -> bool:
    if not isinstance(each, dict) or not isinstance(each.get("title"), str) or not each["title"]:
        return False
    return all(isinstance(each.get(name), int | float) for name in ("start", "end"))


def _change(shelf: Shelf, item: Item, **changes: Any) -> None:
    shelf.put(item.model_copy(update=changes | {"updated_ms": max(now_ms(), item.updated_ms + 1)}))
