"""Torrents with content of any shape. Their files begin at piece boundaries, so each can be complete without others."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import torf
from downloader.adapters.torrents import from_bytes
from downloader.domain.download_client import Torrent

PIECE_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class TorrentContent:
    """A torrent, and the bytes of its files by their paths below the folder in which the torrent is saved."""

    torrent: Torrent
    files: Mapping[str, bytes]

    @property
    def info_hash(self) -> str:
        return self.torrent.identity.info_hash

    def write(self, folder: Path, names: Collection[str] | None = None) -> None:
        """Write the files with these names, or all, as if a client had downloaded them to the folder."""
        for path, content in self.files.items():
            if names is None or Path(path).name in names:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)


def content_of(name: str, tracker: str = "http://127.0.0.1:9/announce", **pieces: int) -> TorrentContent:
    """A torrent of a folder with this name, with one file of each name and number of pieces."""
    parts = {f"{key}.m4b": _noise(f"{name}/{key}", number * PIECE_BYTES) for key, number in pieces.items()}
    torrent = torf.Torrent(trackers=[tracker], private=True)
    whole = b"".join(parts.values())
    info = torrent.metainfo["info"]
    info["name"] = name
    info["piece length"] = PIECE_BYTES
    info["files"] = [{"length": len(content), "path": [file]} for file, content in parts.items()]
    info["pieces"] = b"".join(
        hashlib.sha1(whole[start : start + PIECE_BYTES], usedforsecurity=False).digest()
        for start in range(0, len(whole), PIECE_BYTES)
    )
    files = {f"{name}/{file}": content for file, content in parts.items()}
    return TorrentContent(from_bytes("test", torrent.dump()), files)


def _noise(seed: str, size: int) -> bytes:
    return hashlib.shake_128(seed.encode()).digest(size)
