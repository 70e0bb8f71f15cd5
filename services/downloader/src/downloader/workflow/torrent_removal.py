"""Removes the torrent of a cancelled download unless it has to seed."""

from shared.chassis.errors import RemoteError
from shared.translatable import translatable

from downloader.domain.download_client import DownloadClient
from downloader.domain.ports import Transactions
from downloader.domain.seeding import keeps_seeding
from downloader.domain.torrent import ClientTorrent


async def remove_if_free(transaction: Transactions, client: DownloadClient, torrent: ClientTorrent) -> str:
    """Remove the torrent unless it has to seed, with its files if nothing was downloaded. Returns what was done."""
    async with transaction() as tx:
        entry = await tx.seeding.find(torrent.hashes)
    duty = keeps_seeding(torrent, entry)
    if duty is not None:
        return duty
    try:
        await client.remove(torrent, with_files=torrent.progress == 0)
    except RemoteError as error:
        words = f"its torrent was not removed, because the download client is unavailable: {error}"
        return translatable("download.torrent_not_removed", words, why=error.detail)
    return translatable("download.torrent_removed", "its torrent was removed from the client")
