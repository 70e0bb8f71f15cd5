"""Repairs what lost events between the library and the downloader leave behind."""

from collections.abc import Collection, Sequence
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.events import DownloadCancelled
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import MissingStatus
from shared.translatable import translatable

from downloader.domain.ports import DownloadsTransaction, Library, Transactions
from downloader.workflow.failures import announce_failure
from downloader.workflow.sweep import Sweep

_FAILED = (DownloadStatus.FAILED, DownloadStatus.ABANDONED)
_CLOSED = (MissingStatus.COMPLETED, MissingStatus.IGNORED)
_BATCH_SIZE = 500
_ABSENCES = translatable("run.absences", "the reasons why missing books are not in the library")
_CLOSED_WORDS = translatable("download.closed", "the library closed it")


async def cancel_closed(tx: DownloadsTransaction, missing_book_id: UUID, why: str) -> None:
    """Cancel the downloads of a missing book that was closed, unless their torrents are in the client."""
    for download in await tx.downloads.of_missing_book(missing_book_id):
        if download.has_no_torrent:
            words = translatable("download.not_missing", f"no longer missing: {why}", why=why)
            download.cancelled(words)
            await tx.downloads.save(download)
            tx.announce(DownloadCancelled(download_id=download.id, missing_book_id=missing_book_id, why=words))


class LostEvents:
    """Compares the missing books of the library with the downloads, before a search for wanted books."""

    def __init__(self, transaction: Transactions, library: Library) -> None:
        self._transaction = transaction
        self._library = library

    async def repair(self, open_books: Sequence[MissingBook], downloading: Collection[UUID], sweep: Sweep) -> None:
        """Announce lost failures and absences again, and cancel the downloads of books that were closed.

        `open_books` are the missing books that are searched, `downloading` those that the library shows as downloading.
        Closed books are left out while the library is unavailable.
        """
        await self._announce_absences(open_books, sweep)
        for missing_book_id in downloading:
            with sweep.row(_missing_book(missing_book_id)):
                await self._announce_failure(missing_book_id)
        listed = [*(book.id for book in open_books), *downloading]
        async with self._transaction() as tx:
            unlisted = await tx.downloads.books_before_client(excluding=listed)
        for missing_book_id in unlisted:
            try:
                closed = await self._is_closed(missing_book_id)
            except RemoteError as error:
                logger().warning("closed_books_not_checked", because=str(error))
                return
            if closed:
                with sweep.row(_missing_book(missing_book_id)):
                    async with self._transaction() as tx:
                        await cancel_closed(tx, missing_book_id, _CLOSED_WORDS)

    async def _announce_failure(self, missing_book_id: UUID) -> None:
        """Announce the failure of a book again that the library shows as downloading, or it is never searched again."""
        async with self._transaction() as tx:
            for download in await tx.downloads.of_missing_book(missing_book_id):
                if download.status in _FAILED and download.next_retry_at is None and download.error_type:
                    announce_failure(tx, download, download.error_type, download.error or "")
                    logger().warning("failure_announced_again", download_id=str(download.id))

    async def _announce_absences(self, open_books: Sequence[MissingBook], sweep: Sweep) -> None:
        """Announce the reasons of the books of which the library knows no download, such as after an update."""
        unknown = [book.id for book in open_books if book.absence is None or book.absence.download_id is None]
        for start in range(0, len(unknown), _BATCH_SIZE):
            with sweep.row(_ABSENCES):
                async with self._transaction() as tx:
                    await tx.downloads.announce_absences(unknown[start : start + _BATCH_SIZE])

    async def _is_closed(self, missing_book_id: UUID) -> bool:
        missing = await self._library.missing_book(missing_book_id)
        return missing is None or missing.status in _CLOSED


def _missing_book(missing_book_id: UUID) -> str:
    return translatable("run.missing_book", f"the missing book {missing_book_id}", id=str(missing_book_id))
