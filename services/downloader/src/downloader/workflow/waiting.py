"""Announces, once, what a download waits for."""

from shared.contracts.downloads.events import DownloadWaits

from downloader.domain.download import Download
from downloader.domain.ports import DownloadsTransaction
from downloader.domain.waiting import kind_of_waiting


def announce_waiting(tx: DownloadsTransaction, download: Download) -> None:
    """Announce what a download waits for, if it started to wait for it since it was loaded."""
    if download.started_waiting and download.waiting_for is not None:
        tx.announce(
            DownloadWaits(
                download_id=download.id,
                missing_book_id=download.missing_book_id,
                title=download.wanted.title,
                authors=download.wanted.authors,
                waits_for=kind_of_waiting(download.waiting_for),
                words=download.waiting_for,
            )
        )
