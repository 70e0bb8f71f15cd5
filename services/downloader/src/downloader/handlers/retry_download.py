"""A person retries a failed, abandoned, cancelled or deferred download."""

from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.downloads import DownloadStatus, RetryDownload
from shared.translatable import translatable

from downloader.domain.download_view import shown
from downloader.domain.ports import Clock, Transactions
from downloader.domain.refusals import AlreadyGrabbed, NotNow
from downloader.workflow.next_step import load_download, retry_by_person

_MAY_RETRY = frozenset({DownloadStatus.FAILED, DownloadStatus.ABANDONED, DownloadStatus.CANCELLED})


class RetryDownloadHandler:
    """Handles `RetryDownload`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def retry(self, request: RetryDownload) -> DownloadShown:
        """Reset the retry ladders and retry now; finished files are imported again.

        Raises `NotFound`, `NotNow` and `AlreadyGrabbed`.
        """
        async with self._transaction() as tx:
            download = await load_download(tx, request.id)
            if download.status not in _MAY_RETRY and not download.is_deferred:
                raise NotNow(
                    translatable(
                        "refused.not_retried",
                        f"the download is {download.status}: only failed, abandoned, cancelled or deferred downloads"
                        " are retried",
                    )
                )
            if download.status is DownloadStatus.CANCELLED and download.missing_book_id is not None:
                others = await tx.downloads.of_missing_book(download.missing_book_id)
                if others:
                    raise AlreadyGrabbed(
                        translatable(
                            "refused.other_download",
                            f"“{download.wanted.title}” has another download: {others[0].id}",
                            title=download.wanted.title,
                            id=str(others[0].id),
                        ),
                        others[0].id,
                    )
            await retry_by_person(tx, download, self._clock.now())
        return shown(download)
