"""The library, as the library scanner answers about it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from downloader.domain.quality_profile import Scope
from shared.chassis.errors import RemoteError
from shared.contracts.library.books import Book
from shared.contracts.library.folders import LibraryFolderView
from shared.contracts.library.missing_books import MissingBook, MissingBookSelection
from shared.contracts.page import Page
from shared.contracts.values import MissingStatus


@dataclass
class FakeLibrary:
    """Returns what a test sets; raises `error` if it is set."""

    missing: list[MissingBook] = field(default_factory=list)
    owned: list[Book] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    folder_paths: list[str] = field(default_factory=list)
    """The folders of the libraries, as Audiobookshelf names them."""
    seen_folder: Path | None = None
    """What Audiobookshelf has mounted there; None: it does not say what it sees."""
    narrators: dict[UUID, str] = field(default_factory=dict)
    """The main narrator of each series."""
    series: dict[str, UUID] = field(default_factory=dict)
    """The id of each series, by its name."""
    names: dict[tuple[Scope, UUID], str] = field(default_factory=dict)
    error: RemoteError | None = None

    async def name_of(self, scope: Scope, target_id: UUID) -> str | None:
        if self.error is not None:
            raise self.error
        return self.names.get((scope, target_id))

    async def series_id(self, name: str, authors: Sequence[str]) -> UUID | None:
        if self.error is not None:
            raise self.error
        return self.series.get(name)

    async def series_narrator(self, series_id: UUID) -> str | None:
        if self.error is not None:
            raise self.error
        return self.narrators.get(series_id)

    async def missing_books(self, status: MissingStatus) -> AsyncIterator[MissingBook]:
        if self.error is not None:
            raise self.error
        for book in self.missing:
            if book.status is status:
                yield book

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None:
        if self.error is not None:
            raise self.error
        return next((book for book in self.missing if book.id == missing_book_id), None)

    async def select_missing_books(self, selection: MissingBookSelection) -> list[UUID]:
        if self.error is not None:
            raise self.error
        return selection.ids or [book.id for book in self.missing]

    async def book(self, book_id: UUID) -> Book | None:
        if self.error is not None:
            raise self.error
        return next((book for book in self.owned if book.id == book_id), None)

    async def books(self, limit: int, offset: int) -> Page[Book]:
        if self.error is not None:
            raise self.error
        return Page(items=self.owned[offset : offset + limit], total=len(self.owned), limit=limit, offset=offset)

    async def search_books(self, query: str) -> list[Book]:
        if self.error is not None:
            raise self.error
        return [book for book in self.owned if book.title in query]

    async def other_titles(self, wanted: MissingBook) -> list[str]:
        if self.error is not None:
            raise self.error
        return self.titles

    async def book_folders(self, paths: Sequence[str]) -> list[str]:
        if self.error is not None:
            raise self.error
        return [path for path in paths if path in self.folders]

    async def look_in_folders(self, name: str) -> list[LibraryFolderView]:
        if self.error is not None:
            raise self.error
        seen = self.seen_folder
        return [
            LibraryFolderView(library="Audiobooks", path=path, exists=None if seen is None else (seen / name).exists())
            for path in self.folder_paths
        ]

    async def sample_book_paths(self) -> list[str]:
        if self.error is not None:
            raise self.error
        return self.paths
