"""A torrent client that speaks as one version of qBittorrent."""

from typing import Any

from sandbox.qbittorrent.dialect import Dialect
from sandbox.torrent_client.client import TorrentClient
from sandbox.torrent_client.torrents import Torrent


class Client(TorrentClient):
    """A torrent client with the names of a version for its states. Takes the parameters of `TorrentClient` too."""

    def __init__(self, dialect: Dialect, **parameters: Any) -> None:
        super().__init__(**parameters)
        self.dialect = dialect

    def state(self, torrent: Torrent) -> str:
        """The state of a torrent as this version names it."""
        if torrent.fault:
            return torrent.fault
        if busy := self.busy_state(torrent):
            return busy
        direction = "UP" if torrent.complete else "DL"
        if torrent.stopped:
            return f"{self.dialect.stopped}{direction}"
        if not torrent.has_metadata:
            return "forcedMetaDL" if torrent.forced else "metaDL"
        if torrent.forced:
            return f"forced{direction}"
        return "downloading" if self.speed(torrent) > 0 else f"stalled{direction}"
