"""The library folder and the disk: hard links where it can be, copies where not, and one rename at the end."""

import asyncio
import errno
import filecmp
import os
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

from shared.contracts.diagnostics import Folder

from downloader.domain.ports import PlaceTaken

_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES}


class Filesystem:
    """Files are built in a hidden folder beside their place, which Audiobookshelf passes over, then moved at once."""

    def __init__(self, library: Path, downloads: Path) -> None:
        self._library = library
        self._downloads = downloads

    async def free_bytes(self) -> int:
        """What is free where downloads are written. Raises OSError."""
        return (await asyncio.to_thread(shutil.disk_usage, self._downloads)).free

    async def usage(self, name: Literal["downloads", "library"]) -> Folder:
        """What is free there; with the problem in words when it cannot be read."""
        path = self._downloads if name == "downloads" else self._library
        try:
            found = await asyncio.to_thread(shutil.disk_usage, path)
        except OSError as error:
            problem = f"{error.strerror}; see {'DOWNLOAD_PATH' if name == 'downloads' else 'LIBRARY_PATH'}"
            return Folder(name=name, path=str(path), problem=problem)
        return Folder(name=name, path=str(path), free_bytes=found.free, size_bytes=found.total)

    async def files_of(self, content: Path) -> list[Path]:
        """The files of a torrent, which is one file or a folder; links that lead out of it are left out."""
        return await asyncio.to_thread(_files_of, content)

    async def place(self, files: Sequence[Path], root: Path, folder: PurePosixPath, name: str) -> None:
        """Put the files, below `root` now, into `folder` of the library; `name` tells this import from others.

        Done before, it does nothing. Raises `PlaceTaken` when something else stands there, and OSError.
        """
        await asyncio.to_thread(self._place, files, root, folder, name)

    async def check(self) -> str:
        """Whether both folders can be used, and how files get from one to the other. Raises OSError."""
        return await asyncio.to_thread(self._check)

    def _place(self, files: Sequence[Path], root: Path, folder: PurePosixPath, name: str) -> None:
        target = self._library / folder
        wanted = {path.relative_to(root): path for path in files}
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            _same_or_raise(target, folder, wanted)
            return
        building = self._library / f".gapless-{name}"
        shutil.rmtree(building, ignore_errors=True)
        try:
            for relative, source in wanted.items():
                _link_or_copy(source, building / relative)
            target.parent.mkdir(parents=True, exist_ok=True)
            building.rename(target)
        except OSError as error:
            shutil.rmtree(building, ignore_errors=True)
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                _same_or_raise(target, folder, wanted)
                return
            raise

    def _check(self) -> str:
        probe, link = self._downloads / ".gapless-check", self._library / ".gapless-check"
        self._library.mkdir(parents=True, exist_ok=True)
        self._downloads.mkdir(parents=True, exist_ok=True)
        try:
            probe.write_bytes(b"")
            link.unlink(missing_ok=True)
            try:
                os.link(probe, link)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                link.write_bytes(b"")
                return "files are copied: DOWNLOAD_PATH and LIBRARY_PATH are on different file systems"
            return "files are hard-linked"
        finally:
            probe.unlink(missing_ok=True)
            link.unlink(missing_ok=True)


def _files_of(content: Path) -> list[Path]:
    if content.is_file():
        return [content]
    root = content.resolve()
    return sorted(path for path in content.rglob("*") if path.is_file() and path.resolve().is_relative_to(root))


def _same_or_raise(target: Path, folder: PurePosixPath, wanted: dict[Path, Path]) -> None:
    """All that we would place is there already, byte for byte: done before. Else it is somebody else's place."""
    for relative, source in wanted.items():
        there = target / relative
        if not there.is_file() or not (there.samefile(source) or filecmp.cmp(there, source, shallow=False)):
            raise PlaceTaken(f"{str(folder)!r} stands in the library already and holds something else")


def _link_or_copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(source, target)
        with target.open("rb") as written:
            os.fsync(written.fileno())
