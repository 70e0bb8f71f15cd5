"""Finds the finished files of a download, places them in the library folder, and asks a person if that fails."""

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from shared.chassis.errors import RemoteError, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.imports import WaitingImportKind
from shared.translatable import translatable

from downloader.domain.client_state import ClientState
from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient
from downloader.domain.edition_contents import COVER, Cover, EditionContents, picture_in
from downloader.domain.folders import SharedFolder
from downloader.domain.history import Attempt
from downloader.domain.import_problems import FolderOccupied, words_of
from downloader.domain.import_question import BESIDE, ImportQuestion
from downloader.domain.naming import has_folder_of_replaced, names_of, outside_of_books
from downloader.domain.packs import progress_of
from downloader.domain.path_template import PathTemplate
from downloader.domain.placement import ImportOutcome, Placement
from downloader.domain.ports import Clock, Library, LibraryFolder, Transactions
from downloader.domain.sidecars import sidecars_of
from downloader.domain.torrent import ClientTorrent
from downloader.domain.verification import belongs_to_book
from downloader.workflow.failures import fail
from downloader.workflow.next_step import send_confirmation
from downloader.workflow.waiting import announce_waiting

TASK = "import"
RETRY_AFTER_SECONDS = 5.0
_MOST_COPIES = 9
_NOT_COMPLETE = frozenset(
    {ClientState.DOWNLOADING, ClientState.STALLED, ClientState.QUEUED, ClientState.CHECKING, ClientState.STOPPED}
)
_NOTHING_MADE: Mapping[Path, Collection[str]] = {}
Answers = Mapping[WaitingImportKind, str]
"""What a person decided about an import."""


@dataclass(frozen=True, slots=True)
class FinishedFiles:
    """The files of a download's book, the folder that holds them, and the path of the whole torrent."""

    files: Sequence[Path]
    root: Path
    content: Path

    @property
    def of_book(self) -> dict[Path, Path]:
        """The files that are imported, by their paths in the book's folder."""
        return {file.relative_to(self.root): file for file in self.files if belongs_to_book(file.name)}


class FilesMissing(FileNotFoundError):
    """The finished files of a torrent are gone, or are being downloaded again."""


class BookPlacement:
    """The steps that an import has in common whether its files are placed as they are or converted before."""

    def __init__(  # noqa: PLR0913 - one for each outside system that an import touches
        self,
        transaction: Transactions,
        *,
        client: DownloadClient,
        folder: LibraryFolder,
        library: Library,
        downloads: SharedFolder,
        template: PathTemplate,
        contents: EditionContents,
        sidecars: Collection[str] = (),
        clock: Clock,
    ) -> None:
        """`sidecars` are the names of the metadata files that are placed beside the audio."""
        self._transaction = transaction
        self._client = client
        self._folder = folder
        self._library = library
        self._downloads = downloads
        self._template = template
        self._contents = contents
        self._sidecar_names = sidecars
        self._clock = clock

    async def finished_files(self, download: Download) -> FinishedFiles:
        """Where the finished files are.

        Raises `FilesMissing` if the files of a torrent are gone or are being downloaded again, `NotInDownloadFolder`,
        and OSError.
        """
        if download.is_from_folder:
            content = Path(download.content_path or "")
            return _own_files(download, await self._folder.files_of(content), content)
        torrent = await self._torrent(download)
        path = (torrent.content_path if torrent else None) or download.content_path or ""
        if torrent is not None and await self._is_downloading(download, torrent):
            raise FilesMissing(2, "the download client has not all of the files", path)
        content = self._downloads.to_ours(path)
        return _own_files(download, await self._folder.files_of(content), content)

    async def download_again(self, download: Download, missing: FilesMissing) -> None:
        """Let the client download files that are gone. If it calls them complete, it checks them first, once.

        If the client does not do that, the import fails and is retried later.
        """
        words = words_of(missing)
        try:
            torrent = await self._client.find(download.hashes)
            must_check = torrent is not None and torrent.is_complete
            if (
                torrent is None
                or torrent.state is ClientState.COMPLETE_STOPPED
                or (must_check and (download.rechecked_at is not None or not await self._client.recover(torrent)))
            ):
                await self.failed(download, words)
                return
        except RemoteError as error:
            why = f"{words}; the download client did not check them: {error}"
            await self.failed(download, translatable("download.not_checked", why, what=words, why=error.detail))
            return
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return
            current.files_missing(words, self._clock.now(), rechecked=must_check)
            await tx.downloads.save(current)
            logger().warning("files_missing", title=download.wanted.title, download_id=str(download.id), because=words)

    async def path_of(self, download: Download, number: int = 1) -> PurePosixPath:
        """The book's folder, which is not inside another book's; from 2 on with the number after the title.

        Raises `TryAgainLater` while the library is unavailable.
        """
        names = names_of(download)
        folders = self._template.folders(names if number == 1 else names.numbered(number))
        above = {str(parent) for folder in folders for parent in folder.parents if parent.parts}
        try:
            return outside_of_books(folders, await self._library.book_folders(sorted(above)))
        except RemoteError as error:
            raise TryAgainLater(RETRY_AFTER_SECONDS, str(error)) from error

    async def answers(self, download: Download) -> Answers:
        """What a person decided about the import of this release."""
        async with self._transaction() as tx:
            return await tx.import_questions.answers(download)

    async def place(
        self,
        download: Download,
        path: PurePosixPath,
        sources: Mapping[Path, Path],
        answers: Answers,
        made: Mapping[Path, Collection[str]] = _NOTHING_MADE,
    ) -> tuple[PurePosixPath, Placement]:
        """Place the files at `path`, or beside it if a person decided so. Returns where they are.

        `made` has the checksums with which earlier attempts may have made a file. Raises `FolderOccupied`, OSError and
        `TryAgainLater`.
        """
        sidecars = sidecars_of(download, self._sidecar_names)
        if picture_in(sources) is None and (cover := await self.cover_of(download)) is not None:
            sidecars[Path(f"{COVER}{cover.ending}")] = cover.content
        if answers.get(WaitingImportKind.NAME_TAKEN) != BESIDE and not has_folder_of_replaced(download, path):
            return path, await self._folder.place(sources, path, download.id, sidecars, made)
        for number in range(2, _MOST_COPIES + 1):
            path = await self.path_of(download, number)
            with suppress(FolderOccupied):
                return path, await self._folder.place(sources, path, download.id, sidecars, made)
        words = f"the library already has {_MOST_COPIES} folders for this book, such as {str(path)!r}"
        raise FolderOccupied(translatable("download.many_folders", words, folders=_MOST_COPIES, path=str(path)))

    async def cover_of(self, download: Download) -> Cover | None:
        """The cover from the metadata service; None if it has none, or if no covers are requested."""
        return await self._contents.cover(download) if COVER in self._sidecar_names else None

    async def store_path(self, download: Download, path: PurePosixPath, placement: Placement) -> None:
        """Store where the files are, and let the library confirm the book."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return
            current.placed(str(path), placement)
            tx.count_import(ImportOutcome.PLACED, placement.mode)
            await tx.downloads.save(current)
            send_confirmation(tx, current)

    async def is_still_wanted(self, download: Download) -> bool:
        """Whether it is still the same import. While the audio is read, a person may cancel it."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            return current is not None and is_same_import(current, download)

    async def ask(self, download: Download, question: ImportQuestion) -> None:
        """Wait for a person. The answer continues the import."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return
            current.import_waits_for(question.words)
            tx.count_import(ImportOutcome.WAITING)
            await tx.import_questions.ask(current, question, self._clock.now())
            await tx.downloads.save(current)
            announce_waiting(tx, current)
            logger().warning(
                "import_waits", title=download.wanted.title, download_id=str(download.id), kind=question.kind
            )

    async def failed(self, download: Download, words: str) -> None:
        """Store the failure, and retry the import later."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return
            release_id = current.release.id if current.release else ""
            await fail(tx, current, Attempt(TASK, ErrorType.IMPORT, words, release_id), self._clock.now())
            tx.count_import(ImportOutcome.FAILED)
            logger().warning("import_failed", title=download.wanted.title, download_id=str(download.id), because=words)

    async def _torrent(self, download: Download) -> ClientTorrent | None:
        """The torrent as it is now; None if the client is unavailable or lost it."""
        try:
            return await self._client.find([download.info_hash or ""])
        except RemoteError:
            return None

    async def _is_downloading(self, download: Download, torrent: ClientTorrent) -> bool:
        """Whether the client has not all files of the book, as when a person let it check files that are gone."""
        if torrent.state not in _NOT_COMPLETE or torrent.progress >= 1:
            return False
        if not download.is_in_pack:
            return True
        try:
            files = await self._client.files(torrent)
        except RemoteError:
            return False
        return any(each < 1 for each in progress_of(download.pack_files, files))


def is_same_import(current: Download, download: Download) -> bool:
    """Whether it is still the same import, neither cancelled nor finished by another attempt."""
    is_importing = current.status is DownloadStatus.IMPORTING and current.library_path is None
    return is_importing and current.info_hash == download.info_hash


def _own_files(download: Download, files: Sequence[Path], content: Path) -> FinishedFiles:
    """The files of the download's book. Raises FileNotFoundError if one is not there, `FilesMissing` for a torrent."""
    missing = FileNotFoundError if download.is_from_folder else FilesMissing
    if not files:
        raise missing(2, "the finished files do not exist", str(content))
    if not download.is_in_pack:
        return FinishedFiles(files, content.parent if list(files) == [content] else content, content)
    wanted = {content.joinpath(*PurePosixPath(path).parts) for path in download.pack_files}
    found = [file for file in files if file in wanted]
    if len(found) < len(wanted):
        raise missing(2, "files of the book are missing in the torrent that several books share", str(content))
    return FinishedFiles(found, Path(os.path.commonpath([file.parent for file in found])), content)
