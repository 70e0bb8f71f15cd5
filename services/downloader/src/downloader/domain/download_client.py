"""The interface of a download client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from downloader.domain.folders import SharedFolder
from downloader.domain.torrent import ClientTorrent
from downloader.domain.torrent_file import TorrentIdentity


@dataclass(frozen=True, slots=True)
class Torrent:
    """What is added to the client: a torrent file's bytes, or a magnet link."""

    identity: TorrentIdentity
    content: bytes | None = None
    magnet: str | None = None


class TorrentSnapshot(Protocol):
    """The client's torrents at one moment."""

    def get(self, info_hash: str) -> ClientTorrent | None:
        """The torrent with this hash, or None."""


class DownloadClient(Protocol):
    """The download client. Its methods raise the `RemoteError` family."""

    @property
    def category(self) -> str:
        """The category or label that all of our torrents have."""

    @property
    def downloads(self) -> SharedFolder:
        """The download folder, as this service and as the client see it. Each torrent is saved in its own folder."""

    async def version(self) -> str:
        """The client's version, for the check of the integration."""

    async def public_addresses(self) -> list[str] | None:
        """The client's public addresses, at most one of each IP version. Empty if it does not know them yet.

        None if this client does not report them.
        """

    async def find(self, hashes: Sequence[str]) -> ClientTorrent | None:
        """The torrent with one of these hashes, or None."""

    async def add(self, torrent: Torrent) -> ClientTorrent:
        """Add the torrent unless it exists, and return it when the client shows it."""

    async def changes(self) -> tuple[bool, TorrentSnapshot]:
        """Whether anything changed since the last call, and all torrents as they are now."""

    @property
    def session_began_at(self) -> datetime | None:
        """When the client last started a new session with us, as after a restart; None before the first."""

    async def tracker_fault(self, torrent: ClientTorrent) -> str | None:
        """A tracker's error for the torrent, or None."""

    async def remove(self, torrent: ClientTorrent, *, with_files: bool) -> None:
        """Remove the torrent, and its files if `with_files`."""
