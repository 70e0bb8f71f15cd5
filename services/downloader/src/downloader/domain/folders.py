"""The same folder as the download client sees it and as we see it."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath


class NotInDownloadFolder(Exception):
    """The client keeps a torrent's files outside the folder that both see."""


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """`theirs` is `ours` in the client's file system; empty: the same path."""

    ours: Path
    theirs: str = ""

    @property
    def save_path(self) -> str:
        """What the client is told to save in."""
        return self.theirs or str(self.ours)

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
