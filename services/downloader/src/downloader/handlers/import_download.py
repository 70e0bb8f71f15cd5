"""Verifies finished files, places them into the library folder, and reports them to the library.

Every step can be repeated.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from shared.chassis.errors import RemoteError, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import ImportDownload, MoveReplacedBook
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.imports import WaitingImportKind
from shared.contracts.library.imports import ImportConfirmed, ImportUnconfirmed
from shared.contracts.metadata.imports import ImportDescribed

from downloader.domain.contents import faults_of_contents
from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient
from downloader.domain.folders import NotInDownloadFolder, SharedFolder
from downloader.domain.history import Attempt
from downloader.domain.import_problems import words_of
from downloader.domain.import_question import BESIDE, ImportQuestion
from downloader.domain.naming import has_folder_of_replaced, names_of, outside_of_books
from downloader.domain.path_template import PathTemplate
from downloader.domain.placement import Placement
from downloader.domain.playing_time import expected_minutes
from downloader.domain.ports import AudioProbe, Clock, FolderOccupied, ImportLocks, Library, LibraryFolder, Transactions
from downloader.domain.sidecars import sidecars_of
from downloader.domain.verification import belongs_to_book, doubt_in, faults_of, faults_of_names, is_audio
from downloader.workflow.failures import block_and_search_again, fail
from downloader.workflow.next_step import announce_import, send_confirmation
from downloader.workflow.waiting import announce_waiting

TASK = "import"
RETRY_AFTER_SECONDS = 5.0
_MOST_COPIES = 9


class ImportDownloadHandlers:
    """Handles `ImportDownload`, `ImportConfirmed`, `ImportUnconfirmed` and `ImportDescribed`."""

    def __init__(  # noqa: PLR0913 - one for each outside system that an import touches
        self,
        transaction: Transactions,
        *,
        client: DownloadClient,
        probe: AudioProbe,
        folder: LibraryFolder,
        locks: ImportLocks,
        library: Library,
        downloads: SharedFolder,
        template: PathTemplate,
        sidecars: Collection[str] = (),
        clock: Clock,
        duration_tolerance: float,
    ) -> None:
        """`duration_tolerance` is the share by which the playing time may differ from that of a known edition.

        `sidecars` are the names of the metadata files that are placed beside the audio.
        """
        self._transaction = transaction
        self._client = client
        self._probe = probe
        self._folder = folder
        self._locks = locks
        self._library = library
        self._downloads = downloads
        self._template = template
        self._sidecar_names = sidecars
        self._clock = clock
        self._duration_tolerance = duration_tolerance

    async def import_download(self, command: ImportDownload) -> None:
        """Import the files unless another attempt is running; one whose process dies is retried.

        A failure is stored with the download. Raises `TryAgainLater` while the library is unavailable.
        """
        async with self._locks.held(command.download_id) as held:
            if not held:
                logger().info("import_already_running", download_id=str(command.download_id))
                return
            download = await self._begin(command)
            if download is not None:
                await self._import(download)

    async def _import(self, download: Download) -> None:
        try:
            content = await self._content(download)
            files = await self._folder.files_of(content)
            if not files:
                raise FileNotFoundError(2, "the finished files do not exist", str(content))
            files, root = _own_files(download, files, content)
            path, others = await self._place_and_other_titles(download)  # before the audio, which is slow to read
            answers = await self._answers(download)
            faults = await self._faults(download, files, root, content, others, answers)
            if faults:
                await self._refuse(download, faults)
                return
            if not await self._is_still_wanted(download):
                return
            placed = [file for file in files if belongs_to_book(file.name)]
            if answers.get(WaitingImportKind.NAME_TAKEN) == BESIDE or has_folder_of_replaced(download, path):
                path, placement = await self._place_beside(download, placed, root)
            else:
                placement = await self._folder.place(placed, root, path, download.id, self._sidecars(download))
        except FolderOccupied as occupied:
            await self._ask(download, ImportQuestion(WaitingImportKind.NAME_TAKEN, [str(occupied)]))
        except NotInDownloadFolder as refused:
            await self._failed(download, str(refused))
        except OSError as error:
            await self._failed(download, words_of(error))
        else:
            await self._store_path(download, str(path), placement)

    async def confirmed(self, event: ImportConfirmed) -> None:
        """The library shows the book: the download is imported."""
        async with self._transaction() as tx:
            download = await tx.downloads.get(event.download_id)
            if download is None or download.status is not DownloadStatus.IMPORTING:
                return
            download.imported(event.book_id)
            await tx.downloads.save(download)
            if download.is_in_pack and download.release is not None:
                words = f"imported to {download.library_path}"
                await tx.packs.settle(download.release, download.tally_item, words, filled=True, now=self._clock.now())
            announce_import(tx, download)
            if download.awaits_move:
                tx.send(MoveReplacedBook(download_id=download.id))
            logger().info(
                "download_imported",
                title=download.wanted.title,
                download_id=str(download.id),
                path=download.library_path,
            )

    async def described(self, event: ImportDescribed) -> None:
        """The metadata service has described the book: the import is not announced again."""
        async with self._transaction() as tx:
            download = await tx.downloads.get(event.download_id)
            if download is not None and download.awaits_description:
                download.described_at = self._clock.now()
                await tx.downloads.save(download)

    async def unconfirmed(self, event: ImportUnconfirmed) -> None:
        """The book did not appear in time. The library keeps looking, so the status does not change."""
        async with self._transaction() as tx:
            download = await tx.downloads.get(event.download_id)
            if download is None or download.status is not DownloadStatus.IMPORTING:
                return
            download.error, download.error_type = event.why, ErrorType.IMPORT
            await tx.downloads.save(download)
            await tx.failed_attempts.count(download, Attempt(TASK, ErrorType.IMPORT, event.why), self._clock.now())

    async def _begin(self, command: ImportDownload) -> Download | None:
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.may_be_imported():
                return None
            download.import_began(self._clock.now())
            await tx.downloads.save(download)
            return download

    async def _is_still_wanted(self, download: Download) -> bool:
        """Whether it is still the same import. While the audio is read, a person may cancel it."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            return current is not None and _is_unchanged(current, download)

    async def _content(self, download: Download) -> Path:
        """Where the finished files are. Raises `NotInDownloadFolder`."""
        if download.is_from_folder:
            return Path(download.content_path or "")
        return self._downloads.to_ours(await self._content_path(download))

    async def _content_path(self, download: Download) -> str:
        """The client's current path of the files; the path at completion if the client is unavailable or lost them."""
        try:
            torrent = await self._client.find([download.info_hash or ""])
        except RemoteError:
            torrent = None
        return (torrent.content_path if torrent else None) or download.content_path or ""

    async def _answers(self, download: Download) -> Mapping[WaitingImportKind, str]:
        """What a person decided about the import of this release."""
        async with self._transaction() as tx:
            return await tx.import_questions.answers(download)

    async def _faults(
        self,
        download: Download,
        files: Sequence[Path],
        root: Path,
        content: Path,
        others: Sequence[str],
        answers: Mapping[WaitingImportKind, str],
    ) -> list[str]:
        """Why the files must not be imported; without what a person accepted."""
        faults = faults_of_names([str(file.relative_to(root)) for file in files])
        if faults:
            return faults
        probed = await self._probe.probe([file for file in files if is_audio(file.name)], root)
        release = None if download.is_from_folder or download.is_in_pack else download.release
        known = expected_minutes(download.wanted, release)
        faults = faults_of(probed, known, tolerance=self._duration_tolerance)
        if doubt_in(faults) in answers:
            faults = []
        if faults or WaitingImportKind.OTHER_BOOK in answers:
            return faults
        named_after_book = (root == content) is not download.is_in_pack
        return faults_of_contents(probed, root.name if named_after_book else None, download, others)

    async def _refuse(self, download: Download, faults: list[str]) -> None:
        """Reject the release; but ask if a person chose it and only its length or its names are wrong."""
        doubt = doubt_in(faults)
        if download.by_person and doubt is not None:
            await self._ask(download, ImportQuestion(doubt, faults[:5]))
        elif download.is_from_folder:
            await self._failed(download, "; ".join(faults[:5]))
        else:
            await self._reject(download, faults)

    async def _ask(self, download: Download, question: ImportQuestion) -> None:
        """Wait for a person. The answer continues the import."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not _is_unchanged(current, download):
                return
            current.import_waits_for(question.words)
            await tx.import_questions.ask(current, question, self._clock.now())
            await tx.downloads.save(current)
            announce_waiting(tx, current)
            logger().warning(
                "import_waits", title=download.wanted.title, download_id=str(download.id), kind=question.kind
            )

    def _sidecars(self, download: Download) -> dict[Path, bytes]:
        return sidecars_of(download, self._sidecar_names)

    async def _place_beside(
        self, download: Download, files: Sequence[Path], root: Path
    ) -> tuple[PurePosixPath, Placement]:
        """Place the files in the first folder that is free, with a number after the title. Raises `FolderOccupied`."""
        for number in range(2, _MOST_COPIES + 1):
            path = await self._free_of_books(download, number)
            with suppress(FolderOccupied):
                return path, await self._folder.place(files, root, path, download.id, self._sidecars(download))
        raise FolderOccupied(f"the library already has {_MOST_COPIES} folders for this book, such as {str(path)!r}")

    async def _reject(self, download: Download, faults: list[str]) -> None:
        """Block the release and search for the next one."""
        words = "; ".join(faults[:5])
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not _is_unchanged(current, download):
                return
            attempt = Attempt("verify", ErrorType.VERIFY, words, current.release.id if current.release else "")
            await block_and_search_again(tx, current, attempt, now=self._clock.now())
            logger().warning("audio_rejected", title=download.wanted.title, download_id=str(download.id), because=words)

    async def _failed(self, download: Download, words: str) -> None:
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not _is_unchanged(current, download):
                return
            release_id = current.release.id if current.release else ""
            await fail(tx, current, Attempt(TASK, ErrorType.IMPORT, words, release_id), self._clock.now())
            logger().warning("import_failed", title=download.wanted.title, download_id=str(download.id), because=words)

    async def _place_and_other_titles(self, download: Download) -> tuple[PurePosixPath, list[str]]:
        """The book's folder, and titles of other books by its author.

        Raises `TryAgainLater` while the library is unavailable.
        """
        path = await self._free_of_books(download)
        try:
            return path, await self._library.other_titles(download.wanted)
        except RemoteError as error:
            raise TryAgainLater(RETRY_AFTER_SECONDS, str(error)) from error

    async def _free_of_books(self, download: Download, number: int = 1) -> PurePosixPath:
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

    async def _store_path(self, download: Download, path: str, placement: Placement) -> None:
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not _is_unchanged(current, download):
                return
            current.placed(path, placement)
            await tx.downloads.save(current)
            send_confirmation(tx, current)


def _own_files(download: Download, files: Sequence[Path], content: Path) -> tuple[list[Path], Path]:
    """The files of the download's book, and the folder that holds them.

    Raises FileNotFoundError if a shared torrent lacks one of them.
    """
    if not download.is_in_pack:
        return list(files), content.parent if list(files) == [content] else content
    wanted = {content.joinpath(*PurePosixPath(path).parts) for path in download.pack_files}
    found = [file for file in files if file in wanted]
    if len(found) < len(wanted):
        raise FileNotFoundError(
            2, "files of the book are missing in the torrent that several books share", str(content)
        )
    return found, Path(os.path.commonpath([file.parent for file in found]))


def _is_unchanged(current: Download, download: Download) -> bool:
    """Whether it is still the same import, neither cancelled nor finished by another attempt."""
    is_importing = current.status is DownloadStatus.IMPORTING and current.library_path is None
    return is_importing and current.info_hash == download.info_hash
