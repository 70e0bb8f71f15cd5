"""Answers how fast the running downloads are."""

import asyncio

from shared.chassis.errors import RemoteError
from shared.contracts.downloads.transfers import ListTransfers, Transfer, Transfers

from downloader.domain.download_client import DownloadClient
from downloader.domain.ports import Clock, Transactions

FRESH_SECONDS = 1.0
"""An answer that is not older serves several requests, so that replicas of the gateway do not add up."""
_TIMEOUT_SECONDS = 3.0


class ListTransfersHandler:
    """Handles `ListTransfers`. The client is asked only while something is downloading, and for all at once."""

    def __init__(self, transaction: Transactions, client: DownloadClient, clock: Clock) -> None:
        self._transaction = transaction
        self._client = client
        self._clock = clock
        self._lock = asyncio.Lock()
        self._last: tuple[float, Transfers] | None = None

    async def list_transfers(self, _request: ListTransfers) -> Transfers:
        """The figures of all running downloads, at most `FRESH_SECONDS` old."""
        async with self._lock:
            now = self._clock.now().timestamp()
            if self._last is not None and 0 <= now - self._last[0] < FRESH_SECONDS:
                return self._last[1]
            transfers = await self._read()
            self._last = (now, transfers)
            return transfers

    async def _read(self) -> Transfers:
        async with self._transaction() as tx:
            running = await tx.shown.running()
        if not running:
            return Transfers(items=[])
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                _, seen = await self._client.changes()
        except (RemoteError, TimeoutError) as error:
            words = str(error) or f"the download client did not answer within {_TIMEOUT_SECONDS:g} s"
            return Transfers(items=[], problem=words)
        found = ((each, seen.get(each.info_hash or "")) for each in running)
        return Transfers(
            items=[
                Transfer(
                    id=download.id,
                    progress=download.progress if download.in_pack else torrent.progress,
                    speed_bytes_per_second=torrent.speed_bytes_per_second,
                    eta_seconds=torrent.eta_seconds,
                    seeds=torrent.seeds,
                    client_state=torrent.client_state,
                )
                for download, torrent in found
                if torrent is not None
            ]
        )
