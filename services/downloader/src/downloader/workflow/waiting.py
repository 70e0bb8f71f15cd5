"""A download that cannot go on by itself: what it waits for is told once."""

from shared.contracts.downloads.events import DownloadWaits

from downloader.domain.download import Download, kind_of_waiting
from downloader.domain.ports import DownloadsTransaction


def tell_waiting(tx: DownloadsTransaction, download: Download) -> None:
    """Announce what a download waits for, when it has begun to wait for that since it was loaded."""
    if download.waits_newly and download.waiting_for is not None:
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
