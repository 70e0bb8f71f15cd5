"""Checks whether LIBRARY_PATH is the folder of the Audiobookshelf library."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from shared.chassis.errors import RemoteError
from shared.contracts.library.folders import LibraryFolderView
from shared.translatable import translatable, translatable_of

from downloader.domain.ports import Clock
from downloader.workflow.probe_file import ProbeDisk, probe_file

_GOOD_RESULT_MAX_AGE = timedelta(minutes=10)
_BAD_RESULT_MAX_AGE = timedelta(seconds=20)


class Bookshelf(Protocol):
    """What Audiobookshelf sees in its folders. Its methods raise the `RemoteError` family."""

    async def look_in_folders(self, name: str) -> list[LibraryFolderView]:
        """Whether it sees a file with this name in each folder of its libraries."""

    async def sample_book_paths(self) -> list[str]:
        """Paths of some books, relative to the library folder, whose files it shows."""


class LibraryDisk(ProbeDisk, Protocol):
    """The library folder, as Gapless sees it."""

    async def any_exists(self, paths: Sequence[str]) -> bool:
        """Whether one of these paths exists in the library folder. Raises `OSError`."""


class LibraryPathCheck:
    """Compares what Gapless and Audiobookshelf see, and caches the result.

    Audiobookshelf is asked for a small file that Gapless writes. If it cannot tell (an older version, or a user who may
    not upload), Gapless looks for the books that Audiobookshelf has. One of 500 sampled books is enough, because the
    library may have other folders. A wrong folder or an unmounted disk would hide the imports from Audiobookshelf.
    """

    def __init__(self, bookshelf: Bookshelf, disk: LibraryDisk, clock: Clock, path: Path) -> None:
        self._bookshelf = bookshelf
        self._disk = disk
        self._clock = clock
        self._path = path
        self._checked_at: datetime | None = None
        self._problem: str | None = None

    async def problem(self, *, refresh: bool = False) -> str | None:
        """The problem and what to do; None if there is none, nothing is known, or the library is unavailable.

        Raises `OSError`.
        """
        now = self._clock.now()
        max_age = _GOOD_RESULT_MAX_AGE if self._problem is None else _BAD_RESULT_MAX_AGE
        if refresh or self._checked_at is None or now - self._checked_at >= max_age:
            try:
                self._problem = await self._check()
            except RemoteError:
                self._problem = None
            self._checked_at = now
        return self._problem

    async def _check(self) -> str | None:
        try:
            async with probe_file(self._disk, self._path, hidden=True) as name:
                views = await self._bookshelf.look_in_folders(name)
        except OSError as error:
            path, why = str(self._path), translatable_of(error)
            words = (
                f"library folder: Gapless cannot write to LIBRARY_PATH={path} ({why}). Give the user"
                " that Gapless runs as the right to write there, or correct LIBRARY_PATH"
            )
            return translatable("fact.library_unwritable", words, path=path, why=why)
        if any(view.exists for view in views):
            return None
        if views and all(view.exists is False for view in views):
            return self._unseen(name, views)
        return await self._without_known_books()

    def _unseen(self, name: str, views: Sequence[LibraryFolderView]) -> str:
        path, folders = str(self._path), [_named(view) for view in views]
        words = (
            f"library folder: Gapless wrote {name} to LIBRARY_PATH={path}, and Audiobookshelf does not see it in"
            f" any of its folders: {', '.join(folders)}. Mount the same folder in both, or set LIBRARY_PATH to the"
            " library's folder as this service sees it"
        )
        return translatable("fact.library_unseen", words, name=name, path=path, folders=folders)

    async def _without_known_books(self) -> str | None:
        paths = await self._bookshelf.sample_book_paths()
        if not paths or await self._disk.any_exists(paths):
            return None
        path, books, first = str(self._path), len(paths), paths[0]
        words = (
            f"library folder: none of {books} books of Audiobookshelf, such as “{first}”, is in"
            f" LIBRARY_PATH={path}. Set LIBRARY_PATH to the folder of the Audiobookshelf library as this service"
            " sees it, or mount its disk"
        )
        return translatable("fact.library_elsewhere", words, path=path, books=books, first=first)


def _named(view: LibraryFolderView) -> str:
    words = f"{view.path} (library {view.library})"
    return translatable("fact.library_folder", words, path=view.path, library=view.library)
