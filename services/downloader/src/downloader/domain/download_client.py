"""The interface of a download client."""

from collections.abc import Collection, Sequence
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


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file of a torrent in the client.

    `index` is its place in the torrent, from 0. `path` is relative to the folder in which the torrent is saved, with
    slashes, and begins with the torrent's own folder if it has one. Only `wanted` files are downloaded. `progress` is
    the downloaded share of the file, from 0 to 1.
    """

    index: int
    path: str
    size_bytes: int
    wanted: bool
    progress: float


@dataclass(frozen=True, slots=True)
class ShareLimits:
    """When the client stops seeding a torrent: as soon as it reaches one of the limits. None is no limit.

    `ratio` is uploaded by downloaded bytes, `seeding_minutes` the time in which the torrent was complete and running.
    """

    ratio: float | None = None
    seeding_minutes: int | None = None


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

    async def add(self, torrent: Torrent, wanted_files: Collection[int] | None = None) -> ClientTorrent:
        """Add the torrent unless it exists, and return it when the client shows it.

        With `wanted_files`, only the files with these indexes are downloaded, also if the torrent exists already.
        That needs a torrent file: the files of a magnet link are not known yet.
        """

    async def files(self, torrent: ClientTorrent) -> list[ContentFile]:
        """The files of the torrent in their order. Empty until the client has the torrent's metadata."""

    async def choose_files(self, torrent: ClientTorrent, wanted: Collection[int]) -> None:
        """Download only the files with these indexes. Raises `RemoteAnsweredNonsense` if the torrent has no such file.

        A chosen file that is not there yet makes a completed torrent download again. Files that are no longer wanted
        stay on the disk as far as they are downloaded.
        """

    async def recover(self, torrent: ClientTorrent) -> bool:
        """Check the files of a torrent that the client stopped because of an error, and start it again.

        False if the client cannot do that: the torrent then has to be removed, and added again.
        """

    async def stop(self, torrent: ClientTorrent) -> None:
        """Stop the torrent. It stays in the client and receives nothing."""

    async def set_share_limits(self, torrent: ClientTorrent, limits: ShareLimits) -> None:
        """Replace the limits of the client and of the torrent. The client stops the torrent then, and keeps it.

        A client that cannot limit the seeding time seeds without that limit.
        """

    async def set_category(self, torrent: ClientTorrent, category: str) -> None:
        """Give the torrent this category, which is created if it does not exist. Its files are not moved.

        The torrent is then no longer one of ours, unless the category is `category`.
        """

    async def changes(self) -> tuple[bool, TorrentSnapshot]:
        """Whether anything changed since the last call, and all torrents as they are now."""

    @property
    def session_began_at(self) -> datetime | None:
        """When the client last started a new session with us, as after a restart; None before the first."""

    async def tracker_fault(self, torrent: ClientTorrent) -> str | None:
        """A tracker's error for the torrent, or None."""

    async def sees(self, path: str) -> bool | None:
        """Whether the client sees a file at this path of its file system. None if it cannot be asked."""

    async def remove(self, torrent: ClientTorrent, *, with_files: bool) -> None:
        """Remove the torrent, and its files if `with_files`."""
