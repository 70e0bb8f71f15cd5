"""Makes a `Torrent` from an indexer's response."""

from shared.chassis.errors import RemoteAnsweredNonsense

from downloader.domain.download_client import Torrent
from downloader.domain.torrent_file import NotATorrent, read_magnet, read_torrent


def from_bytes(system: str, content: bytes) -> Torrent:
    """The torrent of a torrent file. Raises `RemoteAnsweredNonsense` if the content is no torrent file."""
    try:
        return Torrent(read_torrent(content), content=content)
    except NotATorrent as wrong:
        raise RemoteAnsweredNonsense(system, str(wrong)) from wrong


def from_magnet(system: str, link: str) -> Torrent:
    """The torrent of a magnet link. Raises `RemoteAnsweredNonsense` if the link has no info hash."""
    try:
        return Torrent(read_magnet(link), magnet=link)
    except NotATorrent as wrong:
        raise RemoteAnsweredNonsense(system, str(wrong)) from wrong
