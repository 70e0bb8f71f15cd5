"""Loads a download, and sends the command that carries out its next step."""

from datetime import datetime
from uuid import UUID, uuid5

from shared.chassis.errors import NotFound
from shared.contracts.downloads.commands import (
    AddToClient,
    ConvertAudio,
    ImportDownload,
    MoveReplacedBook,
    ReadReleasePage,
    SearchForDownload,
)
from shared.contracts.downloads.events import DownloadImported
from shared.contracts.library.imports import ConfirmImport
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.ports import DownloadsTransaction
from downloader.domain.release_metadata import imported_edition, imported_work
from downloader.domain.retry import NextStep
from downloader.workflow.failures import search_again_if_duplicate


async def load_download(tx: DownloadsTransaction, download_id: UUID) -> Download:
    """The download, locked until the transaction ends. Raises `NotFound`."""
    download = await tx.downloads.get(download_id)
    if download is None:
        raise NotFound(translatable("refused.no_download", f"there is no download {download_id}", id=str(download_id)))
    return download


def send_next(tx: DownloadsTransaction, download: Download, step: NextStep) -> None:
    """Send the command for the next step of a download."""
    match step:
        case NextStep.SEARCH:
            tx.send(SearchForDownload(download_id=download.id))
        case NextStep.GRAB:
            tx.send(AddToClient(download_id=download.id))
        case NextStep.READ_PAGE:
            tx.send(ReadReleasePage(download_id=download.id))
        case NextStep.IMPORT:
            tx.send(ImportDownload(download_id=download.id))
        case NextStep.CONVERT:
            tx.send(ConvertAudio(download_id=download.id))
        case NextStep.CONFIRM:
            send_confirmation(tx, download)
        case NextStep.MOVE_ASIDE:
            tx.send(MoveReplacedBook(download_id=download.id))
        case NextStep.ANNOUNCE:
            announce_import(tx, download)


async def retry_by_person(tx: DownloadsTransaction, download: Download, now: datetime) -> None:
    """Reset the retry ladders, continue with the next step now, and store the download."""
    step = download.retried_by_person()
    if not await search_again_if_duplicate(tx, download, now):
        send_next(tx, download, step)
        await tx.downloads.save(download)


def send_confirmation(tx: DownloadsTransaction, download: Download) -> None:
    """Send the command to the library to confirm the book whose files were placed."""
    tx.send(
        ConfirmImport(
            download_id=download.id,
            missing_book_id=download.missing_book_id,
            relative_path=download.library_path or "",
            title=download.wanted.title,
            authors=download.wanted.authors,
        )
    )


def announce_import(tx: DownloadsTransaction, download: Download) -> None:
    """Announce an imported download with the metadata of its work.

    It may be announced again, because events may be lost. All copies have one message id, so that a service that
    receives several does its work once. Raises `ValueError` if the download has no book.
    """
    if download.book_id is None:
        raise ValueError(f"the download {download.id} is not in the library")
    tx.announce(
        DownloadImported(
            download_id=download.id,
            missing_book_id=download.missing_book_id,
            book_id=download.book_id,
            title=download.wanted.title,
            authors=download.wanted.authors,
            series=download.wanted.series,
            sequence=download.wanted.sequence,
            work=imported_work(download),
            edition=imported_edition(download),
        ),
        message_id=uuid5(download.id, f"imported as {download.book_id}"),
    )
