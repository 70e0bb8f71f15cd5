"""Checks with one small file whether folders can be used, and how files get from the downloads to the library."""

import errno
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shared.translatable import translatable

from downloader.adapters.file_transfer import transfer
from downloader.domain.placement import Method

CONTENT = b"a block to share"
_NO_LINKS = translatable("fact.no_links", "the file system refuses hard links")
_TWO_FILE_SYSTEMS = translatable("fact.two_file_systems", "the folders are on different file systems or mounts")


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """What was found about one folder. `place` is the folder, or the one in which it would be created."""

    place: Path
    exists: bool
    failure: OSError | None = None


@dataclass(frozen=True, slots=True)
class TransferCheck:
    """How a file gets from one folder to the other, and why it is no hard link."""

    method: Method | None = None
    why_no_link: str = ""
    failure: OSError | None = None


def check_folder(folder: Path) -> FolderCheck:
    """Whether a file can be written to a folder, or to the one in which it would be created."""
    exists, place = folder.is_dir(), folder
    while not exists and not place.exists() and place != place.parent:
        place = place.parent
    probe = place / _probe_name()
    try:
        if not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
        with probe.open("xb") as file:
            file.write(CONTENT)
    except OSError as failure:
        return FolderCheck(place, exists, failure)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return FolderCheck(place, exists)


def check_transfer(downloads: Path, library: Path) -> TransferCheck:
    """How a file gets from one existing folder to another."""
    probe, target = downloads / _probe_name(), library / _probe_name()
    try:
        probe.write_bytes(CONTENT)
        method = transfer(probe, target)
        same_device = downloads.stat().st_dev == library.stat().st_dev
    except OSError as failure:
        return TransferCheck(failure=failure)
    finally:
        for file in (probe, target):
            with suppress(OSError):
                file.unlink(missing_ok=True)
    if method is Method.HARDLINK:
        return TransferCheck(method)
    return TransferCheck(method, _NO_LINKS if same_device else _TWO_FILE_SYSTEMS)


def _probe_name() -> str:
    return f".gapless-check-{secrets.token_hex(4)}"
