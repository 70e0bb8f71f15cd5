"""What failed and is due is tried again; what stands still because its message was lost is set going."""

from datetime import timedelta

from shared.contracts.downloads import (
    AddToClient,
    DownloadStatus,
    ImportDownload,
    RetryFailedDownloads,
    SearchForDownload,
)
from shared.contracts.runs import RunTally

from downloader.domain.download import Download
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.domain.retry import Ladder
from downloader.handlers.deciding import send_next

STUCK_AFTER = timedelta(hours=1)
"""Every step but downloading takes minutes at most, also with a message that is tried five times."""


class Retrying:
    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def retry_failed(self, command: RetryFailedDownloads) -> None:
        """A run of one piece: what it sets going tells its own story."""
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            ids = [each.id for each in await tx.downloads.due(now, STUCK_AFTER, in_transit=command.at_once)]
            sent = 0
            for download_id in ids:
                download = await tx.downloads.get(download_id)
                if download is not None and self._go_on(tx, download, at_once=command.at_once):
                    await tx.downloads.save(download)
                    sent += 1
            tx.runs.finished(command.run_id, RunTally(expected=len(ids), processed=len(ids), succeeded=sent))

    def _go_on(self, tx: DownloadsTransaction, download: Download, *, at_once: bool) -> bool:
        now = self._clock.now()
        if download.status is DownloadStatus.FAILED:
            soon = at_once and download.ladder is Ladder.TRANSIT
            if download.next_retry_at is None or (download.next_retry_at > now and not soon):
                return False
            send_next(tx, download, download.tried_again())
        elif download.updated_at >= now - STUCK_AFTER:
            return False
        elif download.status is DownloadStatus.SEARCHING:
            again = AddToClient if download.handed_over else SearchForDownload
            tx.send(again(download_id=download.id))
        elif download.status is DownloadStatus.COMPLETED or _is_unplaced(download):
            tx.send(ImportDownload(download_id=download.id))
        else:
            return False
        return True


def _is_unplaced(download: Download) -> bool:
    return download.status is DownloadStatus.IMPORTING and download.library_path is None
