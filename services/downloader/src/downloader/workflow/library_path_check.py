"""Checks whether LIBRARY_PATH is the folder of the Audiobookshelf library."""

from datetime import datetime, timedelta

from shared.chassis.errors import RemoteError

from downloader.domain.ports import Clock, Library, LibraryFolder

_GOOD_RESULT_MAX_AGE = timedelta(minutes=10)
_BAD_RESULT_MAX_AGE = timedelta(seconds=20)


class LibraryPathCheck:
    """Looks for known books in the library folder, and caches the result.

    One of 500 sampled books is enough, because the library may have other folders. None means a wrong LIBRARY_PATH or
    an unmounted disk; Audiobookshelf would not see the imports.
    """

    def __init__(self, library: Library, folder: LibraryFolder, clock: Clock, path: str) -> None:
        self._library = library
        self._folder = folder
        self._clock = clock
        self._path = path
        self._checked_at: datetime | None = None
        self._problem: str | None = None

    async def problem(self, *, refresh: bool = False) -> str | None:
        """The problem and what to do; None if there is none, no book is known, or the library is unavailable.

        Raises OSError.
        """
        now = self._clock.now()
        max_age = _GOOD_RESULT_MAX_AGE if self._problem is None else _BAD_RESULT_MAX_AGE
        if refresh or self._checked_at is None or now - self._checked_at >= max_age:
            self._problem = await self._check()
            self._checked_at = now
        return self._problem

    async def _check(self) -> str | None:
        try:
            paths = await self._library.sample_book_paths()
        except RemoteError:
            return None
        if not paths or await self._folder.any_exists(paths):
            return None
        return (
            f"library folder: none of {len(paths)} books of Audiobookshelf, such as “{paths[0]}”, is in"
            f" LIBRARY_PATH={self._path}. Set LIBRARY_PATH to the folder of the Audiobookshelf library as this service"
            " sees it, or mount its disk"
        )
