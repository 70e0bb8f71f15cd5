"""The folder of downloads, as the download client sees it and as we see it, and each torrent's own folder in it."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_INFO_HASH = re.compile(r"[0-9a-f]{40}")


class NotInDownloadFolder(Exception):
    """The client keeps a torrent's files outside the folder that both see."""


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """`theirs` is `ours` in the client's file system; empty: the same path."""

    ours: Path
    theirs: str = ""

    @property
    def save_path(self) -> str:
        """The folder as the client sees it."""
        return self.theirs or str(self.ours)

    def save_path_of(self, info_hash: str) -> str:
        """What the client is told to save a torrent in: a folder of its own.

        Torrents that shared a folder would take each other's files of the same name for their own.
        """
        separator = "\\" if "\\" in self.save_path and "/" not in self.save_path else "/"
        return f"{self.save_path.rstrip(separator)}{separator}{info_hash}"

    def to_ours(self, path: str) -> Path:
        """A path of the client's as we reach it. Raises `NotInDownloadFolder` with what to do."""
        told = PurePosixPath(path.replace("\\", "/"))
        base = PurePosixPath(self.save_path.replace("\\", "/"))
        if ".." in told.parts or not told.is_relative_to(base) or told == base:
            raise NotInDownloadFolder(
                f"qBittorrent keeps the files at {path!r}, outside {str(base)!r}:"
                " set QBITTORRENT_DOWNLOAD_PATH to how qBittorrent sees DOWNLOAD_PATH, or move the torrent"
            )
        return self.ours / told.relative_to(base)


def is_torrent_folder(name: str) -> bool:
    """Whether a folder has the name that `SharedFolder.save_path_of` gives to the folder of one torrent."""
    return _INFO_HASH.fullmatch(name) is not None
