"""The download folder, as a path of the client and of this service, and the folder of each torrent in it."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_INFO_HASH = re.compile(r"[0-9a-f]{40}")


class NotInDownloadFolder(Exception):
    """The client keeps a torrent's files outside the shared download folder."""


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """`theirs` is the path of `ours` in the client's file system; empty if it is the same."""

    ours: Path
    theirs: str = ""
    setting: str = "the client's download path"
    """The name of the setting for `theirs`, for errors."""

    @property
    def save_path(self) -> str:
        """The folder as the client sees it."""
        return self.theirs or str(self.ours)

    def save_path_of(self, info_hash: str) -> str:
        """The client's path of a torrent's own folder. In a shared folder, files of the same name would collide."""
        separator = "\\" if "\\" in self.save_path and "/" not in self.save_path else "/"
        return f"{self.save_path.rstrip(separator)}{separator}{info_hash}"

    def to_ours(self, path: str) -> Path:
        """The client's path as a path of this service. Raises `NotInDownloadFolder` with what to do."""
        client_path = PurePosixPath(path.replace("\\", "/"))
        base = PurePosixPath(self.save_path.replace("\\", "/"))
        if ".." in client_path.parts or not client_path.is_relative_to(base) or client_path == base:
            raise NotInDownloadFolder(
                f"the download client keeps the files at {path!r}, outside {str(base)!r}: set {self.setting} to"
                " DOWNLOAD_PATH as the download client sees it, or move the torrent"
            )
        return self.ours / client_path.relative_to(base)


def is_torrent_folder(name: str) -> bool:
    """Whether this is a name of a torrent's folder, as `SharedFolder.save_path_of` makes it."""
    return _INFO_HASH.fullmatch(name) is not None
