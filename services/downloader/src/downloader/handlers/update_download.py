"""What a person changes of a download beside its course: order, patience, its record; and the blocklist."""

import asyncio

from shared.chassis.errors import NotFound, RemoteError
from shared.contracts.downloads.blocklist import BlockedRelease, BlockRelease, UnblockRelease
from shared.contracts.downloads.downloads import (
    DeleteDownload,
    DownloadProgress,
    DownloadStatus,
    GetDownloadProgress,
    UpdateDownload,
)
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.failed_attempts import HideFailedAttempts

from downloader.domain.download import Download, shown
from downloader.domain.ports import Clock, TorrentClient, Transactions
from downloader.domain.refusals import NotNow
from downloader.domain.torrent import ClientTorrent
from downloader.handlers.grab_release import existing

_ENDED = frozenset({DownloadStatus.IMPORTED, DownloadStatus.CANCELLED, DownloadStatus.ABANDONED})
_PATIENCE_SECONDS = 3.0


class Adjusting:
    def __init__(self, transaction: Transactions, client: TorrentClient, clock: Clock) -> None:
        self._transaction = transaction
        self._client = client
        self._clock = clock

    async def update(self, request: UpdateDownload) -> DownloadShown:
        """What is left out stays. A time for the next try is for a failed download only."""
        async with self._transaction() as tx:
            download = await existing(tx, request.id)
            if request.priority is not None:
                download.priority, download.priority_by_person = request.priority, True
            if request.max_retries is not None:
                download.most_retries = request.max_retries
            if request.next_retry_at is not None:
                if download.status is not DownloadStatus.FAILED:
                    raise NotNow(f"next_retry_at: the download is {download.status}, only a failed one is tried again")
                download.next_retry_at = request.next_retry_at
            await tx.downloads.save(download)
        return shown(download)

    async def delete(self, request: DeleteDownload) -> DownloadShown:
        """The record goes with its candidates; the permanent tally and the blocklist stay."""
        async with self._transaction() as tx:
            download = await existing(tx, request.id)
            if download.status not in _ENDED:
                raise NotNow(f"the download is {download.status}: give it up first")
            await tx.downloads.remove(download.id)
        return shown(download)

    async def hide_failed_attempts(self, request: HideFailedAttempts) -> DownloadShown:
        async with self._transaction() as tx:
            download = await existing(tx, request.download_id)
            await tx.failed_attempts.hide(download.tally_item, self._clock.now())
        return shown(download)

    async def progress(self, request: GetDownloadProgress) -> DownloadProgress:
        """As the client shows it now; as it was last seen while the client cannot be asked, and why."""
        async with self._transaction() as tx:
            download = await existing(tx, request.id)
        torrent, problem = None, None
        if download.info_hash is not None:
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    torrent = await self._client.find([download.info_hash])
            except (RemoteError, TimeoutError) as error:
                problem = str(error) or f"qBittorrent: no answer within {_PATIENCE_SECONDS:g} s"
        return _progress(download, torrent, problem)

    async def block(self, request: BlockRelease) -> BlockedRelease:
        async with self._transaction() as tx:
            return await tx.blocklist.block(
                request.indexer, request.release_id, title=request.title, reason=request.reason, now=self._clock.now()
            )

    async def unblock(self, request: UnblockRelease) -> BlockedRelease:
        async with self._transaction() as tx:
            removed = await tx.blocklist.remove(request.id)
        if removed is None:
            raise NotFound(f"the blocklist has no entry {request.id}")
        return removed


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
        "client_state": torrent.word,
        "progress": torrent.progress,
        "size_bytes": torrent.size_bytes,
        "downloaded_bytes": torrent.downloaded_bytes,
        "speed_bytes_per_second": torrent.speed_bytes_per_second,
        "eta_seconds": torrent.eta_seconds,
        "seeds": torrent.seeds,
    }
    return last_seen.model_copy(update=seen)
