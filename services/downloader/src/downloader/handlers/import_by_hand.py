"""A person imports files from a folder: shows which books they may be, and imports them as the chosen one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from shared.chassis.errors import NotFound, RemoteError, ServiceUnavailable
from shared.contracts.downloads.commands import ImportDownload
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.imports import FoundBook, FoundBooks, ImportFolder, ScanImportFolder
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingStatus, SeriesPlace

from downloader.domain.download import Download
from downloader.domain.download_view import shown
from downloader.domain.folder_match import matches_of
from downloader.domain.found_audio import AudioOfBook, FoundAudio, NotAnImportFolder, release_of
from downloader.domain.manual_download import manual_wanted_book
from downloader.domain.ports import Clock, DownloadsTransaction, Library, Transactions
from downloader.domain.refusals import AlreadyGrabbed, NotImportable, NotNow
from downloader.domain.verification import ProbedAudio, faults_of_names

_WANTED = (MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.FAILED)


class HeaderReader(Protocol):
    """Reads headers and tags of audio files."""

    async def headers(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """Read the header and the tags of each file, in order. Raises OSError."""


class ImportFolders(Protocol):
    """The folders from which a person imports. Its methods raise `NotAnImportFolder` and OSError."""

    async def books_in(self, folder: Path) -> FoundAudio:
        """The books in a folder that may be imported."""

    async def book_at(self, path: Path) -> AudioOfBook:
        """The book that is this folder or file."""


class ImportByHandHandlers:
    """Handles `ScanImportFolder` and `ImportFolder`.

    Both raise `NotImportable` for a path that may not be imported or cannot be read, and `ServiceUnavailable` if the
    library cannot be read.
    """

    def __init__(
        self,
        transaction: Transactions,
        *,
        folders: ImportFolders,
        reader: HeaderReader,
        library: Library,
        clock: Clock,
        duration_tolerance: float,
    ) -> None:
        self._transaction = transaction
        self._folders = folders
        self._reader = reader
        self._library = library
        self._clock = clock
        self._duration_tolerance = duration_tolerance

    async def scan(self, request: ScanImportFolder) -> FoundBooks:
        """The books in the folder, each with the books that it may be. Nothing is changed."""
        try:
            found = await self._folders.books_in(Path(request.folder))
            missing = [book for status in _WANTED async for book in self._library.missing_books(status)]
            books = [await self._shown(each, missing) for each in found.books]
        except (NotAnImportFolder, OSError, RemoteError) as error:
            raise _refusal(error) from error
        return FoundBooks(books=books, truncated=found.truncated)

    async def start(self, request: ImportFolder) -> DownloadShown:
        """Import the files as the chosen book. They stay where they are.

        Raises `NotFound`, `AlreadyGrabbed` and `NotNow` too.
        """
        try:
            found = await self._folders.book_at(Path(request.path))
            release = release_of(found, await self._reader.headers(found.audio, found.root))
            missing = await self._missing(request)
        except (NotAnImportFolder, OSError, RemoteError) as error:
            raise _refusal(error) from error
        now = self._clock.now()
        async with self._transaction() as tx:
            if missing is None:
                wanted = manual_wanted_book(
                    uuid4(), request.title or "", request.authors, place=_place(request), now=now
                )
                download = await tx.downloads.make(wanted, now)
            else:
                download = await self._download_of(tx, missing)
            download.took_files(uuid4(), release, str(found.path), now)
            await tx.downloads.save(download)
            tx.send(ImportDownload(download_id=download.id))
            return shown(download)

    async def _shown(self, found: AudioOfBook, missing: Sequence[MissingBook]) -> FoundBook:
        probed = await self._reader.headers(found.audio, found.root)
        release = release_of(found, probed)
        problems = [f"{each.name}: {each.fault}" for each in probed if each.fault]
        problems += faults_of_names([file.name for file in found.audio])
        matches = matches_of(
            release, str(found.path), missing, await self._owned(release), tolerance=self._duration_tolerance
        )
        return FoundBook(
            path=str(found.path),
            files=len(found.audio),
            size_bytes=found.size_bytes,
            duration_minutes=sum(each.header_seconds or 0.0 for each in probed) / 60,
            title=release.title,
            authors=release.authors,
            narrators=release.narrators,
            problem="; ".join(problems[:3]),
            matches=matches,
        )

    async def _owned(self, release: Release) -> list[Book]:
        return await self._library.search_books(" ".join([release.title, *release.authors[:1]]))

    async def _missing(self, request: ImportFolder) -> MissingBook | None:
        if request.missing_book_id is None:
            return None
        missing = await self._library.missing_book(request.missing_book_id)
        if missing is None:
            raise NotFound(f"there is no missing book {request.missing_book_id}")
        if missing.status in (MissingStatus.COMPLETED, MissingStatus.IGNORED):
            raise NotNow(f"“{missing.title}” is {missing.status}: only missing books can be imported")
        return missing

    async def _download_of(self, tx: DownloadsTransaction, missing: MissingBook) -> Download:
        """The missing book's download, unless it has a torrent or files already."""
        ((download_id, _, _),) = await tx.downloads.want([missing], self._clock.now())
        download = await tx.downloads.get(download_id)
        if download is None:
            raise NotFound(f"there is no download {download_id}")
        is_free = download.has_no_torrent and not download.awaits_grab
        if not is_free and download.status is not DownloadStatus.ABANDONED:
            raise AlreadyGrabbed(
                f"“{missing.title}” is {download.status} already: cancel its download first", download_id
            )
        return download


def _place(request: ImportFolder) -> SeriesPlace | None:
    if request.series is None:
        return None
    return SeriesPlace(name=request.series.name, sequence=request.series.sequence)


def _refusal(error: Exception) -> NotImportable | ServiceUnavailable:
    if isinstance(error, RemoteError):
        return ServiceUnavailable("library-scanner", str(error))
    if isinstance(error, OSError):
        return NotImportable(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
    return NotImportable(str(error))
