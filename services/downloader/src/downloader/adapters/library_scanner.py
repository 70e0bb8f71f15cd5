"""What is missing and what stands where, from the service that knows."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused, RemoteUnavailable
from shared.contracts.library.books import ListBookFolders, ListBooks, SampleBookPaths
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBook
from shared.contracts.values import MissingStatus

_PAGE = 200
_LONGEST_NAME = 100


class LibraryScanner:
    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def missing_books(self, status: MissingStatus) -> AsyncIterator[MissingBook]:
        """Every missing book of a status. Sorted by what does not change, so that pages do not shift."""
        offset = 0
        while True:
            try:
                page = await self._bus.ask(
                    ListMissingBooks(status=status, sort="identified_at", limit=_PAGE, offset=offset)
                )
            except Refused as refused:
                raise RemoteUnavailable("library", refused.detail) from refused
            for book in page.items:
                yield book
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    async def other_titles(self, wanted: MissingBook) -> list[str]:
        """Titles of books by its first author, and in its series, that are owned or missing; its own may be there."""
        titles: list[str] = []
        try:
            if wanted.authors:
                owned = await self._bus.ask(ListBooks(author=wanted.authors[0][:_LONGEST_NAME], limit=_PAGE))
                titles += [book.title for book in owned.items]
            if wanted.series_id is not None:
                missing = await self._bus.ask(ListMissingBooks(series_id=wanted.series_id, limit=_PAGE))
                titles += [book.title for book in missing.items]
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused
        return titles

    async def book_folders(self, paths: Sequence[str]) -> list[str]:
        """Which of these folders are books: what is put below one becomes part of that book."""
        try:
            return await self._bus.ask(ListBookFolders(paths=list(paths)))
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

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
