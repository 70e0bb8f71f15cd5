"""The library's missing books and folders, from the library scanner."""

from collections.abc import AsyncIterator, Sequence
from typing import TypeVar
from uuid import UUID

from shared.books.text.titles import fold
from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused, RemoteUnavailable, ServiceUnavailable
from shared.contracts.library.authors import GetAuthor
from shared.contracts.library.books import Book, GetBook, ListBookFolders, ListBooks, SampleBookPaths, SearchBooks
from shared.contracts.library.folders import LibraryFolderView, LookInLibraryFolders
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    MissingBook,
    MissingBookSelection,
    SelectMissingBooks,
)
from shared.contracts.library.series import GetSeries, SearchSeries
from shared.contracts.library.series_narrators import GetSeriesNarrators
from shared.contracts.message import Request
from shared.contracts.page import Page
from shared.contracts.values import MissingStatus

from downloader.domain.quality_profile import Scope

Reply = TypeVar("Reply")
_PAGE = 200
_LONGEST_NAME = 100
_MAX_TITLES = 200
_LONGEST_QUERY = 300
_FOUND = 5
_BOOKS_PAGE = 50
"""Books in one page: they include descriptions, and an answer must stay below the broker's maximum size."""


class LibraryScanner:
    """Requests to the library scanner. Its methods raise the `RemoteError` family."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def missing_books(self, status: MissingStatus) -> AsyncIterator[MissingBook]:
        """All missing books with a status, sorted by an unchanging field so that pages do not shift."""
        offset = 0
        while True:
            page = await self._request(
                ListMissingBooks(status=[status], sort="identified_at", limit=_PAGE, offset=offset)
            )
            for book in page.items:
                yield book
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    async def books(self, limit: int, offset: int) -> Page[Book]:
        """A page of the library's books, newest first."""
        return await self._request(ListBooks(limit=limit, offset=offset))

    async def search_books(self, query: str) -> list[Book]:
        """A few books of the library that match best; none for a query without words."""
        words = " ".join(query.split())[:_LONGEST_QUERY]
        return (await self._request(SearchBooks(query=words, limit=_FOUND))).items if words else []

    async def other_titles(self, wanted: MissingBook) -> list[str]:
        """Titles of owned books by its first author, and of missing books in its series, which may include its own.

        At most `_MAX_TITLES` of each.
        """
        named = (" ".join(name.split())[:_LONGEST_NAME] for name in wanted.authors)
        author = next((name for name in named if name), None)
        titles: list[str] = []
        for offset in range(0, _MAX_TITLES, _BOOKS_PAGE) if author else ():
            owned = await self._request(ListBooks(author=author, sort="added_at", limit=_BOOKS_PAGE, offset=offset))
            titles += [book.title for book in owned.items]
            if offset + len(owned.items) >= owned.total:
                break
        if wanted.series_id is not None:
            missing = await self._request(ListMissingBooks(series_id=wanted.series_id, limit=_MAX_TITLES))
            titles += [book.title for book in missing.items]
        return titles

    async def book_folders(self, paths: Sequence[str]) -> list[str]:
        """Those of these folders that are books. Files placed inside one would become part of that book."""
        return await self._request(ListBookFolders(paths=list(paths)))

    async def sample_book_paths(self) -> list[str]:
        """Paths of some books, relative to the library folder, whose files Audiobookshelf shows."""
        try:
            return await self._bus.ask(SampleBookPaths())
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def look_in_folders(self, name: str) -> list[LibraryFolderView]:
        """Whether Audiobookshelf sees a file with this name in each folder of its libraries."""
        return await self._request(LookInLibraryFolders(name=name))

    async def name_of(self, scope: Scope, target_id: UUID) -> str | None:
        """The name of a series or an author, or the title of a missing book or a book; None if there is none."""
        try:
            match scope:
                case Scope.SERIES:
                    return (await self._bus.ask(GetSeries(id=target_id))).name
                case Scope.AUTHOR:
                    return (await self._bus.ask(GetAuthor(id=target_id))).name
                case Scope.BOOK:
                    missing = await self.missing_book(target_id)
                    return missing.title if missing else (await self._bus.ask(GetBook(id=target_id))).title
        except NotFound:
            return None
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def book(self, book_id: UUID) -> Book | None:
        """One book, or None."""
        try:
            return await self._bus.ask(GetBook(id=book_id))
        except NotFound:
            return None
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def series_id(self, name: str, authors: Sequence[str]) -> UUID | None:
        """The series with this name and one of these authors; None if there is none, or more than one."""
        found = await self._request(SearchSeries(query=name[:_LONGEST_QUERY], limit=_FOUND))
        wanted = {fold(each) for each in authors}
        named = [
            each.id
            for each in found.items
            if fold(each.name) == fold(name) and not wanted.isdisjoint(map(fold, each.authors))
        ]
        return named[0] if len(named) == 1 else None

    async def series_narrator(self, series_id: UUID) -> str | None:
        """The narrator who reads most of the owned books of a series; None if unknown."""
        try:
            return (await self._bus.ask(GetSeriesNarrators(id=series_id))).main_narrator
        except NotFound:
            return None
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None:
        """One missing book, or None."""
        try:
            return await self._bus.ask(GetMissingBook(id=missing_book_id))
        except NotFound:
            return None
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused

    async def select_missing_books(self, selection: MissingBookSelection) -> list[UUID]:
        """The ids of the selected missing books.

        Raises the refusal of the library if a filter matches another number than expected.
        """
        try:
            return await self._bus.ask(SelectMissingBooks(selection=selection))
        except ServiceUnavailable as away:
            raise RemoteUnavailable("library", away.detail) from away

    async def _request(self, request: Request[Reply]) -> Reply:
        try:
            return await self._bus.ask(request)
        except Refused as refused:
            raise RemoteUnavailable("library", refused.detail) from refused
