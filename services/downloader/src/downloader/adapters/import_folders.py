"""Finds the books in a folder from which a person imports, with the rules of Audiobookshelf.

A folder with audio files is one book, with all its subfolders. Only real folders below the configured ones are read;
links are refused, because they could lead anywhere.
"""

import os
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from downloader.adapters.book_folder import regular_files
from downloader.domain.found_audio import AudioOfBook, FoundAudio, NotAnImportFolder
from downloader.domain.verification import is_audio

MAX_BOOKS = 50
MAX_ENTRIES = 20_000
MAX_DEPTH = 6
_PART_FOLDER = re.compile(r"(cd|disc|disk|part)\s*\d{1,3}", re.IGNORECASE)


def books_in(folder: Path, roots: Sequence[Path], library: Path) -> FoundAudio:
    """The books in a folder, at most `MAX_BOOKS`. Raises `NotAnImportFolder` and OSError."""
    _check_allowed(folder, roots, library)
    if not folder.is_dir():
        raise NotAnImportFolder(f"there is no folder {str(folder)!r}")
    search = _Search()
    search.read_top(folder)
    return FoundAudio(search.books[:MAX_BOOKS], search.truncated or len(search.books) > MAX_BOOKS)


def new_books_in(
    root: Path, roots: Sequence[Path], library: Path, *, proposed: Collection[str], unchanged_since: float
) -> FoundAudio:
    """The books below a folder that were not proposed, and that have not changed since a time of Unix.

    A file directly in the folder is a book if it is an m4b. Raises `NotAnImportFolder` and OSError.
    """
    _check_allowed(root, roots, library)
    if not root.is_dir():
        raise NotAnImportFolder(f"there is no folder {str(root)!r}")
    search = _Search(lambda path: str(path) not in proposed and _changed_at(path) <= unchanged_since)
    search.read_below(root)
    return FoundAudio(search.books[:MAX_BOOKS], search.truncated or len(search.books) > MAX_BOOKS)


def gone(paths: Collection[str], roots: Sequence[Path]) -> list[str]:
    """Those of these paths that do not exist. A path below a folder that cannot be read now is not among them."""
    readable = [root for root in roots if root.is_dir() and any(root.iterdir())]
    return sorted(
        path
        for path in paths
        if any(Path(path).is_relative_to(root) for root in readable) and not os.path.lexists(path)
    )


def book_at(path: Path, roots: Sequence[Path], library: Path) -> AudioOfBook:
    """The book that is this folder or file. Raises `NotAnImportFolder` and OSError."""
    _check_allowed(path, roots, library)
    if not path.exists():
        raise NotAnImportFolder(f"there is no file or folder {str(path)!r}")
    files = sorted(regular_files(path)) if path.is_dir() else [path]
    audio = [file for file in files if is_audio(file.name)]
    if not audio:
        raise NotAnImportFolder(f"there is no audio in {str(path)!r}")
    return _book(path, audio)


class _Search:
    """Walks through folders until it has enough books, or has read too much."""

    def __init__(self, is_searched: Callable[[Path], bool] = lambda _path: True) -> None:
        """Books for whose path `is_searched` is False are left out."""
        self._is_searched = is_searched
        self.books: list[AudioOfBook] = []
        self.truncated = False
        self._entries = 0

    def read_top(self, folder: Path) -> None:
        """Read the folder that a person named: one book, or files and folders that are a book each."""
        audio, folders = self._entries_of(folder)
        below = [each for each in folders if not _PART_FOLDER.fullmatch(each.name)]
        is_one_book = bool(audio) and not below and (len(audio) == 1 or any(f.suffix.lower() != ".m4b" for f in audio))
        if is_one_book or (not audio and len(below) < len(folders)):
            self._add_folder(folder)
            return
        self.books += [_book(file, [file]) for file in audio]
        for each in folders:
            self._read(each, 1)

    def read_below(self, folder: Path) -> None:
        """Read a folder that is no book itself."""
        audio, folders = self._entries_of(folder)
        self.books += [
            _book(file, [file]) for file in audio if file.suffix.lower() == ".m4b" and self._is_searched(file)
        ]
        for each in folders:
            self._read(each, 1)

    def _read(self, folder: Path, depth: int) -> None:
        if len(self.books) > MAX_BOOKS or self._entries > MAX_ENTRIES or depth > MAX_DEPTH:
            self.truncated = True
            return
        audio, folders = self._entries_of(folder)
        if audio or any(_PART_FOLDER.fullmatch(each.name) for each in folders):
            self._add_folder(folder)
            return
        for each in folders:
            self._read(each, depth + 1)

    def _add_folder(self, folder: Path) -> None:
        if not self._is_searched(folder):
            return
        audio = []
        for file in regular_files(folder):
            self._entries += 1
            if self._entries > MAX_ENTRIES:
                self.truncated = True
                return
            if is_audio(file.name):
                audio.append(file)
        if audio:
            self.books.append(_book(folder, sorted(audio)))

    def _entries_of(self, folder: Path) -> tuple[list[Path], list[Path]]:
        """The audio files and the folders directly in a folder, without links and hidden ones."""
        audio, folders = [], []
        with os.scandir(folder) as entries:
            for entry in entries:
                self._entries += 1
                if self._entries > MAX_ENTRIES:
                    self.truncated = True
                    break
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False) and is_audio(entry.name):
                    audio.append(Path(entry.path))
        return sorted(audio), sorted(folders)


def _changed_at(path: Path) -> float:
    """When a file or a folder was last changed, with everything in it.

    That is the time of the change on this disk (`st_ctime`): programs that copy files often keep the older `st_mtime`.
    """
    newest = path.lstat().st_ctime
    if path.is_dir():
        for above, folders, files in os.walk(path):
            for name in (*folders, *files):
                newest = max(newest, os.lstat(os.path.join(above, name)).st_ctime)
    return newest


def _book(path: Path, audio: Sequence[Path]) -> AudioOfBook:
    return AudioOfBook(path, audio, sum(file.lstat().st_size for file in audio))


def _check_allowed(path: Path, roots: Sequence[Path], library: Path) -> None:
    """Raises `NotAnImportFolder` unless the path is below a root, without links, and apart from the library."""
    if not roots:
        raise NotAnImportFolder("imports by hand are off: set IMPORT_FOLDERS to the folders from which you import")
    root = next((root for root in roots if path.is_relative_to(root)), None)
    if root is None or ".." in path.parts:
        names = ", ".join(str(each) for each in roots)
        raise NotAnImportFolder(f"{str(path)!r} is not below a folder of IMPORT_FOLDERS ({names})")
    resolved, library = path.resolve(), library.resolve()
    if resolved != root.resolve() / path.relative_to(root):
        raise NotAnImportFolder(f"{str(path)!r} is a link or is behind one")
    if resolved.is_relative_to(library) or library.is_relative_to(resolved):
        raise NotAnImportFolder(f"{str(path)!r} is in the library folder or contains it")
