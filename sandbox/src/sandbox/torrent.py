"""Generates the .torrent file of an offer."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

import torf

from sandbox.content import content_paths, file_content
from sandbox.world import Offer

_SMALL_PIECE_BYTES = 16 * 1024
_LARGE_PIECE_BYTES = 1024 * 1024
_LARGE_TORRENT_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TorrentFile:
    """A version 1 torrent: its metainfo as bytes, its info hash (40 hexadecimal digits), name and size."""

    metainfo: bytes
    info_hash: str
    name: str
    size_bytes: int


class TorrentShelf:
    """Creates the torrent of an offer on first use and caches it.

    The announce address is not part of the hashed data: the info hash does not depend on the tracker. The address in a
    torrent of MyAnonamouse contains the `passkey` of the account, if there is one.
    """

    def __init__(self, announce_url: str) -> None:
        self.announce_url = announce_url
        self.passkey = ""
        self._torrents: dict[str, TorrentFile] = {}

    def torrent_of(self, offer: Offer) -> TorrentFile:
        """The torrent of an offer."""
        key = offer.key
        if key not in self._torrents:
            with_key = self.passkey and offer.indexer == "mam"
            # libtorrent (ssrf_mitigation) announces to the loopback interface only below /announce.
            self._torrents[key] = make_torrent(
                offer, f"{self.announce_url}/{self.passkey}" if with_key else self.announce_url
            )
        return self._torrents[key]


def make_torrent(offer: Offer, announce_url: str) -> TorrentFile:
    """The private torrent of the files of an offer."""
    contents = [file_content(offer, index) for index in range(len(offer.files))]
    paths = content_paths(offer)
    size = sum(len(content) for content in contents)
    piece_bytes = _LARGE_PIECE_BYTES if size > _LARGE_TORRENT_BYTES else _SMALL_PIECE_BYTES
    pieces = b"".join(hashlib.sha1(piece, usedforsecurity=False).digest() for piece in _pieces(contents, piece_bytes))
    torrent = torf.Torrent(
        trackers=[announce_url],
        private=True,
        source="MAM" if offer.indexer == "mam" else offer.prowlarr_indexer,
        creation_date=datetime.combine(offer.added, time(), UTC),
        created_by="gapless-sandbox",
    )
    info = torrent.metainfo["info"]
    info["name"] = paths[0].parts[0]
    info["piece length"] = piece_bytes
    info["pieces"] = pieces
    if len(paths[0].parts) == 1:
        info["length"] = size
    else:
        info["files"] = [
            {"length": len(content), "path": list(path.parts[1:])}
            for path, content in zip(paths, contents, strict=True)
        ]
    return TorrentFile(torrent.dump(), torrent.infohash, info["name"], size)


def _pieces(contents: list[bytes], piece_bytes: int) -> Iterator[bytes]:
    whole = b"".join(contents)
    for start in range(0, len(whole), piece_bytes):
        yield whole[start : start + piece_bytes]
