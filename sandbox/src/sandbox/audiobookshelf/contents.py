"""The cover and the chapters of an item, as Audiobookshelf 2.36.0 stores them.

Recorded: an item without a cover answers 404, and a body without chapters 400. The rest follows its source:
`CoverManager.js`, `CacheManager.js` and `LibraryItemController.updateMediaChapters`.
"""

import base64
import io
import re
from pathlib import PurePosixPath
from typing import Any

from PIL import Image
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.audiobookshelf.answers import answer
from sandbox.audiobookshelf.items import Chapter, Cover, Item
from sandbox.audiobookshelf.shelf import Shelf, now_ms

_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


async def get_cover(item: Item, request: Request) -> Response:
    """The cover, resized; with `raw=1` its file, or the first bytes of it with a header such as `Range: bytes=0-99`."""
    if item.cover is None:
        return PlainTextResponse("Not Found", 404)
    if not request.query_params.get("raw"):
        return _resized(item.cover, request)
    media_type = _TYPES[PurePosixPath(item.cover.path).suffix]
    content = base64.b64decode(item.cover.content)
    asked = re.fullmatch(r"bytes=0-(\d+)", request.headers.get("range", ""))
    if asked is None:
        return Response(content, media_type=media_type)
    part = content[: int(asked[1]) + 1]
    headers = {"Content-Range": f"bytes 0-{len(part) - 1}/{len(content)}"}
    return Response(part, 206, headers, media_type)


def _resized(cover: Cover, request: Request) -> Response:
    """The cover in the wanted width and height, 400 pixels wide by default, as WebP for clients that accept it."""
    query = request.query_params
    accepts_webp = "image/webp" in request.headers.get("accept", "")
    ending = query.get("format") or ("webp" if accepts_webp else "jpeg")
    width, height = _number(query.get("width")) or 400, _number(query.get("height"))
    try:
        with Image.open(io.BytesIO(base64.b64decode(cover.content))) as opened:
            size = (width, height or max(1, round(opened.height * width / opened.width)))
            content = io.BytesIO()
            opened.convert("RGB").resize(size).save(content, ending)
    except (OSError, ValueError, KeyError):  # not a picture, or an unknown format
        return PlainTextResponse("Internal Server Error", 500)
    return Response(content.getvalue(), media_type=f"image/{ending}")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


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
