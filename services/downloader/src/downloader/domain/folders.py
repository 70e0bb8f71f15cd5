"""The download folder, as a path of the client and of this service, and the folder of each torrent in it."""

import re
from dataclasses import dataclass
from pathlib import Path

from shared.translatable import translatable

from downloader.domain.path_mapping import PathMapping, longest_first

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
    others: tuple[PathMapping, ...] = ()
    """Other folders to which a person may have moved a torrent."""

    @property
    def save_path(self) -> str:
        """The folder as the client sees it."""
        return self.theirs or str(self.ours)

    @property
    def mappings(self) -> tuple[PathMapping, ...]:
        """This folder, and the other folders of the client that we see."""
        return (PathMapping(self.save_path, self.ours, self.setting), *self.others)

    def save_path_of(self, info_hash: str) -> str:
        """The client's path of a torrent's own folder. In a shared folder, files of the same name would collide."""
        return self.mappings[0].child(info_hash)

    def to_ours(self, path: str) -> Path:
        """The client's path as a path of this service. Raises `NotInDownloadFolder` with what to do."""
        for mapping in longest_first(self.mappings):
            if (found := mapping.to_ours(path)) is not None:
                return found
        words = (
            f"the download client keeps the files at {path!r}, outside {self.save_path!r}: set {self.setting} to"
            " DOWNLOAD_PATH as the download client sees it, add the folder to PATH_MAPPINGS, or move the torrent"
        )
        raise NotInDownloadFolder(
            translatable("download.files_elsewhere", words, path=path, folder=self.save_path, setting=self.setting)
        )


def is_torrent_folder(name: str) -> bool:
    """Whether this is a name of a torrent's folder, as `SharedFolder.save_path_of` makes it."""
    return _INFO_HASH.fullmatch(name) is not None
