"""Calls to Audiobookshelf. Reads are tried again when it is away for a moment; writes are not."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, TypeVar

import stamina
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteUnavailable
from shared.chassis.http import Remote
from shared.contracts.library.metadata_writes import FieldName, FieldValue

from library_scanner.adapters.audiobookshelf.parsing import item_of, mark_of, metadata_payload
from library_scanner.adapters.audiobookshelf.schemas import (
    AUTHORIZED,
    BATCH,
    ITEM,
    LIBRARIES,
    PAGE,
    PATCHED,
    PageShape,
)
from library_scanner.domain.item import Item, ItemMark, LibraryShown, Standing

Answer = TypeVar("Answer")

PAGE_ITEMS = 500
"""Rows a page; Audiobookshelf takes about 125 ms for 500 and stalls others when asked for everything at once."""
BATCH_ITEMS = 100
"""Items with details a call: about 0.9 MB."""
_SCANNERS = frozenset({"root", "admin"})


class Audiobookshelf:
    """The server at one address, with one API key. Raises the `RemoteError` family only."""

    def __init__(self, remote: Remote, libraries: Sequence[str] = ()) -> None:
        self._remote = remote
        self._wanted = tuple(libraries)

    async def libraries(self) -> list[LibraryShown]:
        """The libraries of books to keep: those the settings name, else all.

        Raises `RemoteRefusedUs` when one that is named, or any at all, is not shown to this API key.
        """
        shown = (await self._read("GET", "api/libraries", LIBRARIES)).libraries
        books = [LibraryShown(each.id, each.name) for each in shown if each.mediaType in (None, "book")]
        names = ", ".join(each.name for each in books) or "none"
        for wanted in self._wanted:
            if not any(wanted in (each.id, each.name) for each in books):
                detail = f"ABS_LIBRARIES names {wanted!r}, but this API key sees these libraries of books: {names}"
                raise RemoteRefusedUs(self._remote.system, detail)
        if not books:
            raise RemoteRefusedUs(self._remote.system, "no library of books is shown to this API key")
        return [each for each in books if not self._wanted or {each.id, each.name} & set(self._wanted)]

    async def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        """Every item of a library, page by page in the order of adding, until a page is empty."""
        seen: set[str] = set()
        page = 0
        while rows := (await self._page(library_id, {"sort": "addedAt", "limit": PAGE_ITEMS, "page": page})).results:
            fresh = [mark_of(row) for row in rows if row.id not in seen]
            if not fresh:
                raise RemoteAnsweredNonsense(self._remote.system, f"page {page} of the items repeats those before it")
            seen.update(mark.abs_id for mark in fresh)
            yield fresh
            page += 1

    async def newest(self, library_id: str, limit: int = 50) -> list[ItemMark]:
        """The items added last, newest first."""
        page = await self._page(library_id, {"sort": "addedAt", "desc": 1, "limit": limit, "page": 0})
        return [mark_of(row) for row in page.results]

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        """Items with their details; those that Audiobookshelf does not know are left out."""
        found: list[Item] = []
        for start in range(0, len(abs_ids), BATCH_ITEMS):
            wanted = list(abs_ids[start : start + BATCH_ITEMS])
            batch = await self._read("POST", "api/items/batch/get", BATCH, json={"libraryItemIds": wanted})
            found += [item_of(shape) for shape in batch.libraryItems]
        return found

    async def item(self, abs_id: str) -> Item | None:
        """One item as it is now, None when Audiobookshelf does not know it."""
        response = await self._request("GET", f"api/items/{abs_id}", params={"expanded": 1})
        return None if response.status_code == 404 else item_of(self._remote.read(response, ITEM))

    async def write(self, abs_id: str, values: Mapping[FieldName, FieldValue]) -> Item:
        """Set fields of an item in one call and return it then. Raises `UnwritableValue` before anything is sent."""
        payload = {"metadata": metadata_payload(values)}
        patched = await self._remote.json("PATCH", f"api/items/{abs_id}/media", PATCHED, json=payload)
        return item_of(patched.libraryItem)

    async def scan(self, library_id: str) -> None:
        """Ask for a scan of a library's folders; it goes on after the answer, and one under way is not disturbed."""
        response = await self._remote.request("POST", f"api/libraries/{library_id}/scan")
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self._remote.system, f"library {library_id} does not exist there (404)")

    async def standing(self) -> Standing:
        """Who this API key is, and what it may do."""
        told = await self._read("POST", "api/authorize", AUTHORIZED)
        return Standing(
            user=told.user.username,
            version=told.serverSettings.version,
            may_scan=told.user.type in _SCANNERS,
            may_update=told.user.permissions.update,
        )

    async def _page(self, library_id: str, params: dict[str, Any]) -> PageShape:
        return await self._read("GET", f"api/libraries/{library_id}/items", PAGE, params=params)

    async def _read(self, method: str, path: str, shape: TypeAdapter[Answer], **options: Any) -> Answer:
        async for attempt in _patiently():
            with attempt:
                return await self._remote.json(method, path, shape, **options)
        raise AssertionError("the last attempt either returns or raises")

    async def _request(self, method: str, path: str, **options: Any) -> Any:
        async for attempt in _patiently():
            with attempt:
                return await self._remote.request(method, path, **options)
        raise AssertionError("the last attempt either returns or raises")


def _patiently() -> Any:
    """Three attempts within a few seconds: Audiobookshelf closes idle connections and stalls while it scans."""
    return stamina.retry_context(on=RemoteUnavailable, attempts=3, wait_initial=0.2, wait_max=2.0, timeout=None)
