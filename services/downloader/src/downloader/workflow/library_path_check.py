"""Whether LIBRARY_PATH is the folder in which Audiobookshelf finds its books."""

from datetime import datetime, timedelta

from shared.chassis.errors import RemoteError

from downloader.domain.ports import Clock, Library, LibraryFolder

_FINE_FOR = timedelta(minutes=10)
_DOUBTED_FOR = timedelta(seconds=20)


class LibraryPlace:
    """Looks for known books below the library folder. What was found is remembered for a while.

    Of 500 books from all over the library one is enough: it may have other folders that are not ours. None at all is a
    wrong LIBRARY_PATH, or a disk that is not mounted; imports would go where Audiobookshelf does not look.
    """

    def __init__(self, library: Library, folder: LibraryFolder, clock: Clock, path: str) -> None:
        self._library = library
        self._folder = folder
        self._clock = clock
        self._path = path
        self._looked_at: datetime | None = None
        self._problem: str | None = None

    async def problem(self, *, anew: bool = False) -> str | None:
        """What is wrong, in words; None when all is well, no book is known, or the library cannot be asked.

        Raises OSError.
        """
        now = self._clock.now()
        keep = _FINE_FOR if self._problem is None else _DOUBTED_FOR
        if anew or self._looked_at is None or now - self._looked_at >= keep:
            self._problem = await self._look()
            self._looked_at = now
        return self._problem

    async def _look(self) -> str | None:
        try:
            paths = await self._library.sample_book_paths()
        except RemoteError:
            return None
        if not paths or await self._folder.holds_any(paths):
            return None
        none = f"library folder: none of {len(paths)} books that Audiobookshelf shows lies below"
        to_do = (
            "Set LIBRARY_PATH to the folder of the Audiobookshelf library as this service sees it, or mount its disk"
        )
        return f"{none} LIBRARY_PATH={self._path}, such as “{paths[0]}”. {to_do}"
