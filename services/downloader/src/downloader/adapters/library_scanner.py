"""What is missing and what stands where, from the service that knows."""

from collections.abc import AsyncIterator, Sequence
from typing import TypeVar
from uuid import UUID

from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused, RemoteUnavailable
from shared.contracts.library.books import ListBookFolders, ListBooks, SampleBookPaths
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBook
from shared.contracts.message import Request
from shared.contracts.values import MissingStatus

Reply = TypeVar("Reply")
_PAGE = 200
_LONGEST_NAME = 100
_MOST_TITLES = 200
_DESCRIBED = 50
"""Books a page, each with its description, so that an answer stays well below what the broker carries."""


class LibraryScanner:
    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def missing_books(self, status: MissingStatus) -> AsyncIterator[MissingBook]:
        """Every missing book of a status. Sorted by what does not change, so that pages do not shift."""
        offset = 0
        while True:
            page = await self._asked(ListMissingBooks(status=status, sort="identified_at", limit=_PAGE, offset=offset))
            for book in page.items:
                yield book
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    async def other_titles(self, wanted: MissingBook) -> list[str]:
        """Titles of books by its first author, and in its series, that are owned or missing; its own may be there.

        No more than the first `_MOST_TITLES` of each.
        """
        named = (" ".join(name.split())[:_LONGEST_NAME] for name in wanted.authors)
        author = next((name for name in named if name), None)
        titles: list[str] = []
        for offset in range(0, _MOST_TITLES, _DESCRIBED) if author else ():
            owned = await self._asked(ListBooks(author=author, sort="added_at", limit=_DESCRIBED, offset=offset))
            titles += [book.title for book in owned.items]
            if offset + len(owned.items) >= owned.total:
                break
        if wanted.series_id is not None:
            missing = await self._asked(ListMissingBooks(series_id=wanted.series_id, limit=_MOST_TITLES))
            titles += [book.title for book in missing.items]
        return titles

    async def book_folders(self, paths: Sequence[str]) -> list[str]:
        """Which of these folders are books: what is put below one becomes part of that book."""
        return await self._asked(ListBookFolders(paths=list(paths)))

    async def sample_book_paths(self) -> list[str]:
        """Where books are, below the library folder, that are shown with their files."""
        try:
            return await self._bus.ask(SampleBookPaths())
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None:
        try:
            return await self._bus.ask(GetMissingBook(id=missing_book_id))
        except NotFound:
            return None
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def _asked(self, request: Request[Reply]) -> Reply:
        try:
            return await self._bus.ask(request)
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused
