"""Removes the torrent of a download that was given up, where no seeding duty is open."""

from datetime import timedelta

from shared.chassis.errors import RemoteError

from downloader.domain.ports import TorrentClient
from downloader.domain.seeding import keeps_seeding
from downloader.domain.torrent import ClientTorrent


async def remove_if_free(client: TorrentClient, torrent: ClientTorrent) -> str:
    """Remove it unless it has to seed; with its files when nothing of it came. Says in words what came of it."""
    duty = keeps_seeding(progress=torrent.progress, seeded=timedelta(seconds=torrent.seeding_seconds))
    if duty is not None:
        return duty
    try:
        await client.remove(torrent, with_files=torrent.progress == 0)
    except RemoteError as error:
        return f"the torrent stays in the client, which could not be asked: {error}"
    return "its torrent was removed from the client"
