"""Finds the books in a person's folders, says what they may be, and begins to import them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from shared.chassis.errors import NotFound, RemoteError, ServiceUnavailable
from shared.contracts.downloads.commands import ImportDownload
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.imports import FoundBook, ImportFolder
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingStatus, SeriesPlace
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.folder_match import matches_of
from downloader.domain.found_audio import AudioOfBook, NotAnImportFolder, release_of
from downloader.domain.manual_download import manual_wanted_book
from downloader.domain.ports import Clock, DownloadsTransaction, Library
from downloader.domain.refusals import AlreadyGrabbed, NotImportable, NotNow
from downloader.domain.verification import ProbedAudio, faults_of_files, faults_of_names

_WANTED = (MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.FAILED)


class HeaderReader(Protocol):
    """Reads headers and tags of audio files."""

    async def headers(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """Read the header and the tags of each file, in order. Raises OSError."""


class BookFinder(Protocol):
    """Finds one book in the folders from which a person imports."""

    async def book_at(self, path: Path) -> AudioOfBook:
        """The book that is this folder or file. Raises `NotAnImportFolder` and OSError."""


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """Files that were read, and the book as which they are imported: a missing one, or the one that was named."""

    path: Path
    release: Release
    missing: MissingBook | None
    named: MissingBook


class FolderImport:
    """Matches found files to books, and makes the downloads that import them."""

    def __init__(
        self, *, finder: BookFinder, reader: HeaderReader, library: Library, clock: Clock, duration_tolerance: float
    ) -> None:
        """`duration_tolerance` is the share by which the playing time may differ from that of a known edition."""
        self._finder = finder
        self._reader = reader
        self._library = library
        self._clock = clock
        self._duration_tolerance = duration_tolerance

    async def missing_books(self) -> list[MissingBook]:
        """The missing books that files may be. Raises the `RemoteError` family."""
        return [book for status in _WANTED async for book in self._library.missing_books(status)]

    async def proposal(self, found: AudioOfBook, missing: Sequence[MissingBook]) -> FoundBook:
        """What found files are, and which books they may be. Raises OSError and the `RemoteError` family."""
        probed = await self._reader.headers(found.audio, found.root)
        release = release_of(found, probed)
        problems = faults_of_files(probed)
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

    async def prepare(self, request: ImportFolder) -> PreparedImport:
        """Read the files and the chosen book. Nothing is stored.

        Raises `NotImportable`, `ServiceUnavailable`, `NotFound` and `NotNow`.
        """
        try:
            found = await self._finder.book_at(Path(request.path))
            release = release_of(found, await self._reader.headers(found.audio, found.root))
            missing = await self._missing(request)
        except (NotAnImportFolder, OSError, RemoteError) as error:
            raise refusal(error) from error
        named = _named_book(request, self._clock.now()) if missing is None else missing
        return PreparedImport(found.path, release, missing, named)

    async def store(self, tx: DownloadsTransaction, prepared: PreparedImport) -> Download:
        """Make or reuse the download of the book, and send its import. The files stay where they are.

        Raises `AlreadyGrabbed` and `NotFound`.
        """
        now = self._clock.now()
        if prepared.missing is None:
            download = await tx.downloads.make(prepared.named, now)
        else:
            download = await self._download_of(tx, prepared.missing)
        download.took_files(uuid4(), prepared.release, str(prepared.path), now)
        await tx.downloads.save(download)
        tx.send(ImportDownload(download_id=download.id))
        return download

    async def _owned(self, release: Release) -> list[Book]:
        return await self._library.search_books(" ".join([release.title, *release.authors[:1]]))

    async def _missing(self, request: ImportFolder) -> MissingBook | None:
        if request.missing_book_id is None:
            return None
        missing = await self._library.missing_book(request.missing_book_id)
        if missing is None:
            raise NotFound(
                translatable(
                    "refused.no_missing_book",
                    f"there is no missing book {request.missing_book_id}",
                    id=str(request.missing_book_id),
                )
            )
        if missing.status in (MissingStatus.COMPLETED, MissingStatus.IGNORED):
            raise NotNow(
                translatable(
                    "refused.not_missing_to_import",
                    f"“{missing.title}” is {missing.status}: only missing books can be imported",
                    title=missing.title,
                )
            )
        return missing

    async def _download_of(self, tx: DownloadsTransaction, missing: MissingBook) -> Download:
        """The missing book's download, unless it has a torrent or files already."""
        ((download_id, _, _),) = await tx.downloads.want([missing], self._clock.now())
        download = await tx.downloads.get(download_id)
        if download is None:
            raise NotFound(
                translatable("refused.no_download", f"there is no download {download_id}", id=str(download_id))
            )
        is_free = download.has_no_torrent and not download.awaits_grab
        if not is_free and download.status is not DownloadStatus.ABANDONED:
            raise AlreadyGrabbed(
                translatable(
                    "refused.has_download",
                    f"“{missing.title}” is {download.status} already: cancel its download first",
                    title=missing.title,
                ),
                download_id,
            )
        return download


def refusal(error: Exception) -> NotImportable | ServiceUnavailable:
    """How an answer names an error of the folders, of the disk or of the library."""
    if isinstance(error, RemoteError):
        return ServiceUnavailable("library-scanner", str(error))
    if isinstance(error, OSError):
        return NotImportable(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
    return NotImportable(str(error))


def _named_book(request: ImportFolder, now: datetime) -> MissingBook:
    series = request.series
    place = None if series is None else SeriesPlace(name=series.name, sequence=series.sequence)
    return manual_wanted_book(uuid4(), request.title or "", request.authors, place=place, now=now)
