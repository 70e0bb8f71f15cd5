"""The library folder and the download folder on the disk."""

import asyncio
import errno
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal
from uuid import UUID

from shared.contracts.downloads.folders import Folder
from shared.translatable import translatable

from downloader.adapters import book_folder, import_folders
from downloader.adapters.book_folder import regular_files
from downloader.adapters.folder_check import check_transfer
from downloader.domain.folders import is_torrent_folder
from downloader.domain.found_audio import AudioOfBook, FoundAudio
from downloader.domain.placement import Method, Placement

MAX_FILES = 10_000
"""Maximum files of one torrent; long audiobooks with a file for each chapter have a few hundred."""
_HOW = {
    Method.HARDLINK: translatable("systems.hardlinks", "files are hard-linked"),
    Method.REFLINK: translatable(
        "systems.reflinks", "files are reflinked: hard links are impossible, but the copies share their space"
    ),
    Method.COPY: translatable(
        "systems.copies", "files are copied: DOWNLOAD_PATH and LIBRARY_PATH are on different file systems"
    ),
}
_NO_SIDECARS: Mapping[Path, bytes] = {}
_NOTHING_MADE: Mapping[Path, Collection[str]] = {}
_EMPTY_FOR_SECONDS = 24 * 3600


class Filesystem:
    """Reads and places files. Symbolic links in downloads are never followed."""

    def __init__(
        self,
        library: Path,
        downloads: Path,
        import_folders: Sequence[Path] = (),
        client_folders: Sequence[Path] = (),
    ) -> None:
        """A person imports books from `import_folders`. `client_folders` are other folders of the download client."""
        self._library = library
        self._downloads = downloads
        self._import_folders = import_folders
        self._roots = (downloads, *import_folders, *client_folders)

    async def free_bytes(self) -> int:
        """The free space of the download folder. Raises OSError."""
        return (await asyncio.to_thread(shutil.disk_usage, self._downloads)).free

    async def usage(self, name: Literal["downloads", "library"]) -> Folder:
        """A folder's free and total space, or the problem if it cannot be read."""
        path = self._downloads if name == "downloads" else self._library
        try:
            found = await asyncio.to_thread(shutil.disk_usage, path)
        except OSError as error:
            problem = f"{error.strerror}; see {'DOWNLOAD_PATH' if name == 'downloads' else 'LIBRARY_PATH'}"
            return Folder(name=name, path=str(path), problem=problem)
        return Folder(name=name, path=str(path), free_bytes=found.free, size_bytes=found.total)

    async def usages(self) -> list[Folder]:
        """The free and total space of both folders; one that cannot be read has the problem."""
        return [await self.usage("downloads"), await self.usage("library")]

    async def any_exists(self, paths: Sequence[str]) -> bool:
        """Whether one of these paths exists in the library folder. Raises OSError."""
        return await asyncio.to_thread(self._any_exists, paths)

    async def files_of(self, content: Path) -> list[Path]:
        """The regular files of a torrent, which is a file or a folder; empty if they do not exist.

        Raises OSError, also for more than `MAX_FILES` files.
        """
        return await asyncio.to_thread(self._files_of, content)

    async def books_in(self, folder: Path) -> FoundAudio:
        """The books in a folder that may be imported. Links are skipped.

        Raises `NotAnImportFolder`, and OSError if it cannot be read.
        """
        return await asyncio.to_thread(import_folders.books_in, folder, self._import_folders, self._library)

    async def new_books_in(self, root: Path, proposed: Collection[str], unchanged_since: datetime) -> FoundAudio:
        """The books below a folder that were not proposed and whose files have not changed since then.

        Raises `NotAnImportFolder` and OSError.
        """
        return await asyncio.to_thread(
            import_folders.new_books_in,
            root,
            self._import_folders,
            self._library,
            proposed=proposed,
            unchanged_since=unchanged_since.timestamp(),
        )

    async def gone(self, paths: Collection[str]) -> list[str]:
        """Those of these paths that do not exist, although the folder of IMPORT_FOLDERS above them does."""
        return await asyncio.to_thread(import_folders.gone, paths, self._import_folders)

    async def book_at(self, path: Path) -> AudioOfBook:
        """The book that is this folder or file. Raises `NotAnImportFolder`, also without audio, and OSError."""
        return await asyncio.to_thread(import_folders.book_at, path, self._import_folders, self._library)

    async def place(
        self,
        sources: Mapping[Path, Path],
        folder: PurePosixPath,
        download_id: UUID,
        sidecars: Mapping[Path, bytes] = _NO_SIDECARS,
        made: Mapping[Path, Collection[str]] = _NOTHING_MADE,
    ) -> Placement:
        """Put the files, given by their paths in the book's folder, into `folder` of the library, and return how.

        `sidecars` are the contents of further files, by their paths in the folder. `made` has the checksums with which
        earlier attempts may have made a file. The caller holds the download's import lock.

        Does nothing if exactly these files exist there. Raises `FolderOccupied` if other files do, and OSError.
        """
        return await asyncio.to_thread(book_folder.build, self._library, folder, sources, download_id, sidecars, made)

    async def unfinished_imports(self) -> list[UUID]:
        """The downloads with an unfinished import folder. Raises OSError."""
        return await asyncio.to_thread(book_folder.unfinished_imports, self._library)

    async def remove_leftovers(self, download_id: UUID) -> None:
        """Remove a download's unfinished import folders. The caller holds the download's import lock."""
        await asyncio.to_thread(book_folder.remove_leftovers, self._library, download_id)

    async def empty_torrent_folders(self, *, remove: bool) -> int:
        """Count the folders of single torrents that have been empty for a day, and remove them if `remove`."""
        return await asyncio.to_thread(self._empty_torrent_folders, remove)

    async def write_probe(self, path: Path, content: bytes) -> None:
        """Write a new file; its folder has to exist. Raises OSError."""
        await asyncio.to_thread(_write_new, path, content)

    async def remove_probe(self, path: Path) -> None:
        """Remove the file if it exists. Raises OSError."""
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def check(self) -> str:
        """How files get from one folder to the other. Raises OSError if a folder cannot be used."""
        return await asyncio.to_thread(self._check)

    def _files_of(self, content: Path) -> list[Path]:
        resolved = content.resolve()
        is_outside = not any(resolved.is_relative_to(root.resolve()) for root in self._roots)
        if is_outside or content.is_symlink() or not content.exists():
            return []
        if content.is_file():
            return [content]
        files = []
        for path in regular_files(content):
            files.append(path)
            if len(files) > MAX_FILES:
                raise OSError(errno.EFBIG, f"more than {MAX_FILES} files in one torrent", str(content))
        return sorted(files)

    def _empty_torrent_folders(self, remove: bool) -> int:
        empty_since = time.time() - _EMPTY_FOR_SECONDS
        found = 0
        for path in self._downloads.iterdir():
            if not is_torrent_folder(path.name) or path.is_symlink() or not path.is_dir():
                continue
            with suppress(OSError):  # the client may have just written into it, or removed it
                if path.stat().st_mtime < empty_since and not any(path.iterdir()):
                    found += 1
                    if remove:
                        path.rmdir()
        return found

    def _any_exists(self, paths: Sequence[str]) -> bool:
        return any((self._library / path).exists() for path in paths if ".." not in PurePosixPath(path).parts)

    def _check(self) -> str:
        self._library.mkdir(parents=True, exist_ok=True)
        self._downloads.mkdir(parents=True, exist_ok=True)
        found = check_transfer(self._downloads, self._library)
        if found.failure is not None or found.method is None:
            raise found.failure or OSError(errno.EIO, "no method")
        return _HOW[found.method]


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
