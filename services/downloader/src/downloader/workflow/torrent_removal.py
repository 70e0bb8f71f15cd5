"""Removes the torrent of a cancelled download unless it has to seed."""

from datetime import timedelta

from shared.chassis.errors import RemoteError

from downloader.domain.download_client import DownloadClient
from downloader.domain.seeding import keeps_seeding
from downloader.domain.torrent import ClientTorrent


async def remove_if_free(client: DownloadClient, torrent: ClientTorrent) -> str:
    """Remove the torrent unless it has to seed, with its files if nothing was downloaded. Returns what was done."""
    duty = keeps_seeding(progress=torrent.progress, seeded=timedelta(seconds=torrent.seeding_seconds))
    if duty is not None:
        return duty
    try:
        await client.remove(torrent, with_files=torrent.progress == 0)
    except RemoteError as error:
        return f"its torrent was not removed, because the download client is unavailable: {error}"
    return "its torrent was removed from the client"
