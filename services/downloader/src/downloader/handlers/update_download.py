"""A person changes or deletes a download, hides its failures, or asks for its progress."""

import asyncio

from shared.chassis.errors import RemoteError
from shared.contracts.downloads.downloads import (
    DeleteDownload,
    DownloadProgress,
    DownloadStatus,
    GetDownloadProgress,
    UpdateDownload,
)
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.failed_attempts import HideFailedAttempts
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient
from downloader.domain.download_view import shown
from downloader.domain.ports import Clock, Transactions
from downloader.domain.refusals import NotNow
from downloader.domain.torrent import ClientTorrent
from downloader.workflow.next_step import load_download

_ENDED = frozenset({DownloadStatus.IMPORTED, DownloadStatus.CANCELLED, DownloadStatus.ABANDONED})
_TIMEOUT_SECONDS = 3.0


class UpdateDownloadHandlers:
    """Handles `UpdateDownload`, `DeleteDownload`, `HideFailedAttempts` and `GetDownloadProgress`."""

    def __init__(self, transaction: Transactions, client: DownloadClient, clock: Clock) -> None:
        self._transaction = transaction
        self._client = client
        self._clock = clock

    async def update(self, request: UpdateDownload) -> DownloadShown:
        """Change the given fields. Raises `NotFound`, and `NotNow` for a retry time unless the download failed."""
        async with self._transaction() as tx:
            download = await load_download(tx, request.id)
            if request.priority is not None:
                download.priority, download.priority_by_person = request.priority, True
            if request.max_retries is not None:
                download.most_retries = request.max_retries
            if request.next_retry_at is not None:
                if download.status is not DownloadStatus.FAILED:
                    raise NotNow(f"next_retry_at: the download is {download.status}; only failed downloads are retried")
                download.next_retry_at = request.next_retry_at
            await tx.downloads.save(download)
        return shown(download)

    async def delete(self, request: DeleteDownload) -> DownloadShown:
        """Delete an ended download and its candidates; its failures and the blocklist stay.

        Raises `NotFound` and `NotNow`.
        """
        async with self._transaction() as tx:
            download = await load_download(tx, request.id)
            if download.status not in _ENDED:
                raise NotNow(
                    translatable("refused.cancel_first", f"the download is {download.status}: cancel it first")
                )
            await tx.downloads.remove(download.id)
        return shown(download)

    async def hide_failed_attempts(self, request: HideFailedAttempts) -> DownloadShown:
        """Hide the failures so far. Raises `NotFound`."""
        async with self._transaction() as tx:
            download = await load_download(tx, request.download_id)
            await tx.failed_attempts.hide(download.tally_item, self._clock.now())
        return shown(download)

    async def progress(self, request: GetDownloadProgress) -> DownloadProgress:
        """The client's current figures; the stored ones and the problem while the client is unavailable.

        Raises `NotFound`.
        """
        async with self._transaction() as tx:
            download = await load_download(tx, request.id)
        torrent, problem = None, None
        if download.info_hash is not None:
            try:
                async with asyncio.timeout(_TIMEOUT_SECONDS):
                    torrent = await self._client.find([download.info_hash])
            except (RemoteError, TimeoutError) as error:
                problem = str(error) or f"the download client did not answer within {_TIMEOUT_SECONDS:g} s"
        return _progress(download, torrent, problem)


def _progress(download: Download, torrent: ClientTorrent | None, problem: str | None) -> DownloadProgress:
    last_seen = DownloadProgress(
        id=download.id,
        status=download.status,
        client_state=download.client_state,
        progress=download.progress,
        size_bytes=download.size_bytes,
        live=torrent is not None,
        problem=problem,
    )
    if torrent is None:
        return last_seen
    seen = {
        "client_state": torrent.client_state,
        "progress": torrent.progress,
        "size_bytes": torrent.size_bytes,
        "downloaded_bytes": torrent.downloaded_bytes,
        "speed_bytes_per_second": torrent.speed_bytes_per_second,
        "eta_seconds": torrent.eta_seconds,
        "seeds": torrent.seeds,
    }
    return last_seen.model_copy(update=seen)
