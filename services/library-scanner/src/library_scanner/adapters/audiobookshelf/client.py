"""Calls to Audiobookshelf. Reads are retried when it is briefly unavailable; writes are not."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, TypeVar

import stamina
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteUnavailable
from shared.chassis.http import Remote
from shared.chassis.pictures import ENDINGS, NoPicture, media_type_of, picture_size
from shared.contracts.library.covers import MAX_COVER_BYTES as MAX_SCALED_BYTES
from shared.contracts.library.metadata_writes import FieldName, FieldValue

from library_scanner.adapters.audiobookshelf.pace import Pace
from library_scanner.adapters.audiobookshelf.parsing import batch_payload, item_of, mark_of, media_payload
from library_scanner.adapters.audiobookshelf.schemas import (
    AUTHORIZED,
    BATCH,
    EXISTS,
    ITEM,
    LIBRARIES,
    PAGE,
    PATCHED,
    UPDATED,
    PageShape,
)
from library_scanner.domain.item import AbsLibrary, ApiAccess, CoverFile, Item, ItemChapter, ItemMark

Answer = TypeVar("Answer")

PAGE_ITEMS = 500
"""Rows per page. Audiobookshelf needs about 125 ms for 500, and blocks other requests while it returns everything."""
BATCH_ITEMS = 100
"""Items with details per request: about 0.9 MB."""
MAX_COVER_BYTES = 16 * 2**20
COVER_BEGINNING = 2**16
"""Bytes of a cover that show its size."""
_MAY_SCAN = frozenset({"root", "admin"})


class Audiobookshelf:
    """One server with one API key. Every method raises subclasses of `RemoteError` when the server fails.

    `pace` spaces the requests that change items.
    """

    def __init__(self, remote: Remote, libraries: Sequence[str] = (), pace: Pace | None = None) -> None:
        self._remote = remote
        self._wanted_libraries = tuple(libraries)
        self.pace = pace or Pace(0.0)

    async def libraries(self) -> list[AbsLibrary]:
        """Return the libraries of books that the settings name, or all of them.

        Raises `RemoteRefusedUs` if the API key cannot see a named library, or no library of books at all.
        """
        visible = (await self._read("GET", "api/libraries", LIBRARIES)).libraries
        books = [
            AbsLibrary(each.id, each.name, tuple(folder.fullPath for folder in each.folders))
            for each in visible
            if each.mediaType in (None, "book")
        ]
        names = ", ".join(each.name for each in books) or "none"
        for wanted in self._wanted_libraries:
            if not any(wanted in (each.id, each.name) for each in books):
                detail = (
                    f"ABS_LIBRARIES names {wanted!r}, but the API key can only see these libraries of books: {names}"
                )
                raise RemoteRefusedUs(self._remote.system, detail)
        if not books:
            raise RemoteRefusedUs(self._remote.system, "the API key cannot see any library of books")
        return [
            each for each in books if not self._wanted_libraries or {each.id, each.name} & set(self._wanted_libraries)
        ]

    async def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        """Yield every item of a library, page by page in the order of adding, until a page is empty.

        Raises `RemoteAnsweredNonsense` if a page only repeats items of earlier pages.
        """
        seen: set[str] = set()
        page = 0
        while rows := (await self._page(library_id, {"sort": "addedAt", "limit": PAGE_ITEMS, "page": page})).results:
            fresh = [mark_of(row) for row in rows if row.id not in seen]
            if not fresh:
                raise RemoteAnsweredNonsense(self._remote.system, f"page {page} of the items repeats earlier pages")
            seen.update(mark.abs_id for mark in fresh)
            yield fresh
            page += 1

    async def newest(self, library_id: str, limit: int = 50) -> list[ItemMark]:
        """Return the items added last, newest first."""
        page = await self._page(library_id, {"sort": "addedAt", "desc": 1, "limit": limit, "page": 0})
        return [mark_of(row) for row in page.results]

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        """Return items with their details. Unknown ids are skipped."""
        found: list[Item] = []
        for start in range(0, len(abs_ids), BATCH_ITEMS):
            wanted = list(abs_ids[start : start + BATCH_ITEMS])
            batch = await self._read("POST", "api/items/batch/get", BATCH, json={"libraryItemIds": wanted})
            found += [item_of(shape) for shape in batch.libraryItems]
        return found

    async def item(self, abs_id: str) -> Item | None:
        """Return one item, or None if Audiobookshelf does not have it."""
        response = await self._request("GET", f"api/items/{abs_id}", params={"expanded": 1})
        return None if response.status_code == 404 else item_of(self._remote.read(response, ITEM))

    async def write(self, abs_id: str, values: Mapping[FieldName, FieldValue]) -> Item:
        """Set fields of an item in one request and return the item.

        Raises `UnwritableValue` before anything is sent.
        """
        body = media_payload(values)
        await self.pace.wait()
        patched = await self._remote.json("PATCH", f"api/items/{abs_id}/media", PATCHED, json=body)
        return item_of(patched.libraryItem)

    async def write_many(self, values: Mapping[str, Mapping[FieldName, FieldValue]]) -> list[Item]:
        """Set fields of at most 100 items in one request, and read the items back with another one.

        Raises `UnwritableValue` before anything is sent, and `RemoteAnsweredNonsense` if one of the items does not
        exist; none is changed then.

        Source: Audiobookshelf 2.36, `LibraryItemController.batchUpdate`, which changes each item as a PATCH does.
        """
        body = batch_payload(values)
        await self.pace.wait()
        updated = await self._remote.json("POST", "api/items/batch/update", UPDATED, json=body)
        items = await self.items(list(values))
        if not updated.success or {each.abs_id for each in items} != values.keys():
            raise RemoteAnsweredNonsense(self._remote.system, "not every item of the request was changed")
        return items

    async def cover(self, abs_id: str) -> CoverFile | None:
        """Return the file of an item's cover, as it was stored, or None if it has none."""
        response = await self._request("GET", f"api/items/{abs_id}/cover", params={"raw": 1}, max_bytes=MAX_COVER_BYTES)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip()
        return None if response.status_code == 404 else CoverFile(response.content, media_type)

    async def scaled_cover(self, abs_id: str, width: int) -> CoverFile | None:
        """Return an item's cover, scaled to a width in pixels, or None if it has none. The request is not repeated.

        Raises `RemoteAnsweredNonsense` for anything but a JPEG, PNG or WebP picture, whatever type it is sent with.

        Source: Audiobookshelf 2.36, `LibraryItemController.getCover` and `CacheManager.handleCoverCache`.
        """
        params = {"width": width, "format": "webp"}
        path = f"api/items/{abs_id}/cover"
        response = await self._remote.request("GET", path, params=params, max_bytes=MAX_SCALED_BYTES)
        if response.status_code == 404:
            return None
        try:
            return CoverFile(response.content, media_type_of(response.content))
        except NoPicture as error:
            raise RemoteAnsweredNonsense(self._remote.system, f"the cover cannot be shown: {error}") from error

    async def cover_size(self, abs_id: str) -> tuple[int, int] | None:
        """Return the width and height of an item's cover in pixels; None if it has none or they are not known.

        Only the beginning of the file is requested.
        """
        response = await self._request(
            "GET",
            f"api/items/{abs_id}/cover",
            params={"raw": 1},
            headers={"Range": f"bytes=0-{COVER_BEGINNING - 1}"},
            max_bytes=MAX_COVER_BYTES,
        )
        if response.status_code == 404:
            return None
        try:
            return await asyncio.to_thread(picture_size, response.content)
        except NoPicture:
            return None

    async def set_cover(self, abs_id: str, cover: CoverFile | None) -> None:
        """Replace an item's cover, or remove it."""
        path = f"api/items/{abs_id}/cover"
        await self.pace.wait()
        if cover is None:
            response = await self._remote.request("DELETE", path)
        else:
            file = (f"cover.{ENDINGS.get(cover.media_type, 'jpg')}", cover.content, cover.media_type)
            response = await self._remote.request("POST", path, files={"cover": file})
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self._remote.system, "the item does not exist (404)")

    async def set_chapters(self, abs_id: str, chapters: Sequence[ItemChapter]) -> None:
        """Replace an item's chapters.

        Source: Audiobookshelf 2.36, `LibraryItemController.updateMediaChapters`: each needs a title and two numbers.
        """
        listed = [
            {"id": place, "title": each.title, "start": each.start, "end": each.end}
            for place, each in enumerate(chapters)
        ]
        await self.pace.wait()
        response = await self._remote.request("POST", f"api/items/{abs_id}/chapters", json={"chapters": listed})
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self._remote.system, "the item does not exist (404)")

    async def scan(self, library_id: str) -> None:
        """Start a scan of a library's folders. It continues after the response; a running scan is not interrupted."""
        response = await self._remote.request("POST", f"api/libraries/{library_id}/scan")
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self._remote.system, f"it has no library {library_id} (404)")

    async def sees(self, folder: str, name: str) -> bool:
        """Whether a file exists in a folder of a library, as the server sees it.

        Raises `RemoteRefusedUs` if the user of the API key may not upload, and `RemoteAnsweredNonsense` if the server
        has no such folder, or is too old for the question.

        Source: Audiobookshelf 2.36, `FileSystemController.checkPathExists`; tried with 2.36.0.
        """
        body = {"directory": name, "folderPath": folder}
        response = await self._request("POST", "api/filesystem/pathexists", json=body)
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self._remote.system, f"it has no library folder {folder} (404)")
        return self._remote.read(response, EXISTS).exists

    async def access(self) -> ApiAccess:
        """Return the user of the API key and its permissions."""
        authorized = await self._read("POST", "api/authorize", AUTHORIZED)
        return ApiAccess(
            user=authorized.user.username,
            version=authorized.serverSettings.version,
            may_scan=authorized.user.type in _MAY_SCAN,
            may_update=authorized.user.permissions.update,
        )

    async def _page(self, library_id: str, params: dict[str, Any]) -> PageShape:
        return await self._read("GET", f"api/libraries/{library_id}/items", PAGE, params=params)

    async def _read(self, method: str, path: str, shape: TypeAdapter[Answer], **options: Any) -> Answer:
        async for attempt in _read_attempts():
            with attempt:
                return await self._remote.json(method, path, shape, **options)
        raise AssertionError("the last attempt either returns or raises")

    async def _request(self, method: str, path: str, **options: Any) -> Any:
        async for attempt in _read_attempts():
            with attempt:
                return await self._remote.request(method, path, **options)
        raise AssertionError("the last attempt either returns or raises")


def _read_attempts() -> Any:
    """Three attempts within a few seconds: Audiobookshelf closes idle connections and is slow while it scans."""
    return stamina.retry_context(on=RemoteUnavailable, attempts=3, wait_initial=0.2, wait_max=2.0, timeout=None)
