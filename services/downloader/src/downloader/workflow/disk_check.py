"""Whether a torrent whose size has just become known fits on the disk."""

from shared.chassis.logging import logger
from shared.translatable import translatable

from downloader.domain.decision import against, rule_reason
from downloader.domain.download import Download
from downloader.domain.ports import Transactions
from downloader.domain.rules.free_disk import free_disk
from downloader.domain.torrent import ClientTorrent
from downloader.workflow.grab_context import Capacity, GrabContextLoader


class DiskCheck:
    """Checks a torrent of a magnet link that names no size, when the client has its metadata."""

    def __init__(self, transaction: Transactions, context_loader: GrabContextLoader) -> None:
        self._transaction = transaction
        self._context_loader = context_loader

    async def no_room(self, download: Download, torrent: ClientTorrent) -> str | None:
        """Why the torrent does not fit, and what to do; None if it fits, or if its size was known before."""
        release = download.release
        if release is None or download.size_bytes or torrent.size_bytes <= 0 or download.is_in_pack:
            return None
        missing_bytes = round(torrent.size_bytes * (1 - torrent.progress))
        try:
            free_bytes = await self._context_loader.free_bytes()
        except OSError as error:
            logger().warning("free_disk_unknown", download_id=str(download.id), because=error.strerror)
            return None
        async with self._transaction() as tx:
            context = await self._context_loader.load(tx, download, [release], Capacity(free_bytes=free_bytes))
        finding = free_disk(release.model_copy(update={"size_bytes": missing_bytes}), context)
        why = "" if finding is None else against([rule_reason(finding)])
        if not why:
            return None
        return translatable("download.no_room", f"{why}; free some space, then retry the download", why=why)
