"""Verifies finished files, places them into the library folder, and reports them to the library.

Every step can be repeated.
"""

import asyncio
from collections.abc import Sequence
from pathlib import PurePosixPath

from shared.chassis.errors import RemoteError, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import ConvertAudio, ImportDownload, MoveReplacedBook
from shared.contracts.downloads.downloads import ConversionKind, DownloadStatus, ErrorType
from shared.contracts.downloads.imports import WaitingImportKind
from shared.contracts.library.imports import ImportConfirmed, ImportUnconfirmed
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.translatable import with_code
from shared.translatable import message_of

from downloader.domain.contents import fault_of_several_books, faults_of_contents
from downloader.domain.conversion import ConversionRule
from downloader.domain.download import Download
from downloader.domain.folders import NotInDownloadFolder
from downloader.domain.history import Attempt
from downloader.domain.import_problems import FolderOccupied, words_of
from downloader.domain.import_question import ImportQuestion
from downloader.domain.placement import ImportOutcome
from downloader.domain.playing_time import expected_minutes
from downloader.domain.ports import AudioProbe, Clock, ImportLocks, Library, Transactions
from downloader.domain.stored_conversion import StoredConversion
from downloader.domain.verification import ProbedAudio, doubt_in, faults_of, faults_of_names, is_audio, words_of_faults
from downloader.workflow.book_placement import (
    RETRY_AFTER_SECONDS,
    TASK,
    Answers,
    BookPlacement,
    FilesMissing,
    FinishedFiles,
    is_same_import,
)
from downloader.workflow.failures import block_and_search_again
from downloader.workflow.next_step import announce_import


class ImportDownloadHandlers:
    """Handles `ImportDownload`, `ImportConfirmed`, `ImportUnconfirmed` and `ImportDescribed`."""

    def __init__(  # noqa: PLR0913 - one for each outside system that an import touches
        self,
        transaction: Transactions,
        *,
        placement: BookPlacement,
        probe: AudioProbe,
        locks: ImportLocks,
        library: Library,
        clock: Clock,
        duration_tolerance: float,
        conversion: ConversionRule,
    ) -> None:
        """`duration_tolerance` is the share by which the playing time may differ from that of a known edition."""
        self._transaction = transaction
        self._placement = placement
        self._probe = probe
        self._locks = locks
        self._library = library
        self._clock = clock
        self._duration_tolerance = duration_tolerance
        self._conversion = conversion

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
            finished = await self._placement.finished_files(download)
            path, others = await self._path_and_other_titles(download)  # before the audio, which is slow to read
            answers = await self._placement.answers(download)
            probed, faults = await self._verified(download, finished, others, answers)
            if faults:
                await self._refuse(download, faults)
            elif not await self._placement.is_still_wanted(download):
                return
            elif (kind := self._conversion.kind_for([str(path) for path in finished.of_book])) is not None:
                await self._send_to_conversion(download, kind, sum(each.audio_seconds for each in probed))
            else:
                path, placement = await self._placement.place(download, path, finished.of_book, answers)
                await self._placement.store_path(download, path, placement)
        except FolderOccupied as occupied:
            await self._placement.ask(download, ImportQuestion(WaitingImportKind.NAME_TAKEN, [occupied.words]))
        except FilesMissing as missing:
            await self._placement.download_again(download, missing)
        except NotInDownloadFolder as refused:
            await self._placement.failed(download, message_of(refused))
        except OSError as error:
            await self._placement.failed(download, words_of(error))

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
            why = with_code(event.why, event.translatable.get("why"))
            download.error, download.error_type = why, ErrorType.IMPORT
            await tx.downloads.save(download)
            await tx.failed_attempts.count(download, Attempt(TASK, ErrorType.IMPORT, why), self._clock.now())

    async def _begin(self, command: ImportDownload) -> Download | None:
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.may_be_imported():
                return None
            download.import_began(self._clock.now())
            await tx.downloads.save(download)
            return download

    async def _verified(
        self, download: Download, finished: FinishedFiles, others: Sequence[str], answers: Answers
    ) -> tuple[list[ProbedAudio], list[str]]:
        """The audio, and why it must not be imported; without what a person accepted."""
        faults = faults_of_names([str(file.relative_to(finished.root)) for file in finished.files])
        if faults:
            return [], faults
        probed = await self._probe.probe([file for file in finished.files if is_audio(file.name)], finished.root)
        release = None if download.is_from_folder or download.is_in_pack else download.release
        known = expected_minutes(download.wanted, release)
        faults = faults_of(probed, known, tolerance=self._duration_tolerance)
        if doubt_in(faults) in answers:
            faults = []
        if faults or WaitingImportKind.OTHER_BOOK in answers:
            return probed, faults
        named_after_book = (finished.root == finished.content) is not download.is_in_pack
        folder = finished.root.name if named_after_book else None
        faults = faults_of_contents(probed, folder, download, others)
        if not faults and not known and not download.is_in_pack:
            faults = await asyncio.to_thread(fault_of_several_books, probed, folder, download, others)
        return probed, faults

    async def _refuse(self, download: Download, faults: list[str]) -> None:
        """Reject the release; but ask if a person chose it and only its length or its names are wrong."""
        doubt = doubt_in(faults)
        if download.by_person and doubt is not None:
            await self._placement.ask(download, ImportQuestion(doubt, faults[:5]))
        elif download.is_from_folder:
            await self._placement.failed(download, words_of_faults(faults[:5]))
        else:
            await self._reject(download, faults)

    async def _send_to_conversion(self, download: Download, kind: ConversionKind, seconds: float) -> None:
        """Let the files be merged or tagged in the background, and then placed."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return
            current.conversion_began(StoredConversion(kind=kind, seconds=seconds))
            await tx.downloads.save(current)
            tx.send(ConvertAudio(download_id=current.id))

    async def _reject(self, download: Download, faults: list[str]) -> None:
        """Block the release and search for the next one."""
        words = words_of_faults(faults[:5])
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return
            attempt = Attempt("verify", ErrorType.VERIFY, words, current.release.id if current.release else "")
            await block_and_search_again(tx, current, attempt, now=self._clock.now())
            tx.count_import(ImportOutcome.REJECTED)
            logger().warning("audio_rejected", title=download.wanted.title, download_id=str(download.id), because=words)

    async def _path_and_other_titles(self, download: Download) -> tuple[PurePosixPath, list[str]]:
        """The book's folder, and titles of other books by its author.

        Raises `TryAgainLater` while the library is unavailable.
        """
        path = await self._placement.path_of(download)
        try:
            return path, await self._library.other_titles(download.wanted)
        except RemoteError as error:
            raise TryAgainLater(RETRY_AFTER_SECONDS, str(error)) from error
