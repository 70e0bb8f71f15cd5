"""Moves replaced books out of the library folder. Nothing is overwritten or deleted."""

import asyncio
import errno
import os
from pathlib import Path, PurePosixPath
from uuid import UUID

MAX_FOLDERS = 1_000


class ReplacedBooks:
    """The library folder, and the folder outside of it to which replaced books are moved; None if it is not set."""

    def __init__(self, library: Path, aside: Path | None) -> None:
        self._library = library
        self._aside = aside

    async def problem(self) -> str | None:
        """Why no book can be moved; None if books can."""
        if self._aside is None:
            return "REPLACED_PATH is not set"
        try:
            await asyncio.to_thread(check, self._library, self._aside)
        except OSError as error:
            return f"{error.strerror}: {error.filename}"
        return None

    async def folders_below(self, path: str) -> list[str]:
        """The folders below a path of the library, relative to the library folder. Raises OSError."""
        return await asyncio.to_thread(folders_below, self._library, PurePosixPath(path))

    async def move(self, path: str, download_id: UUID) -> str:
        """Move a file or folder of the library out of it, and return its new path. Raises OSError.

        Does nothing if it was moved there before.
        """
        if self._aside is None:
            raise OSError(errno.ENOENT, "REPLACED_PATH is not set", path)
        aside = self._aside / str(download_id)
        return str(await asyncio.to_thread(move, self._library, PurePosixPath(path), aside))


def folders_below(library: Path, path: PurePosixPath) -> list[str]:
    """The folders below a path of the library, relative to the library. Links are not followed. Raises OSError."""
    top, found = _inside(library, path), []
    if not top.is_dir():
        return []
    for folder, names, _ in os.walk(top):
        found += [str((Path(folder) / name).relative_to(library)) for name in names]
        if len(found) > MAX_FOLDERS:
            raise OSError(errno.EFBIG, f"more than {MAX_FOLDERS} folders", str(top))
    return sorted(found)


def check(library: Path, aside: Path) -> None:
    """Raises OSError unless books can be moved there: a folder outside of the library, on its file system."""
    if aside.resolve().is_relative_to(library.resolve()):
        raise OSError(errno.EINVAL, "REPLACED_PATH must be outside of LIBRARY_PATH", str(aside))
    aside.mkdir(parents=True, exist_ok=True)
    if aside.stat().st_dev != library.stat().st_dev:
        raise OSError(errno.EXDEV, "REPLACED_PATH must be on the file system of LIBRARY_PATH", str(aside))


def move(library: Path, path: PurePosixPath, aside: Path) -> Path:
    """Move a file or folder of the library to the same path below `aside`, and return where it is.

    Does nothing if it is there already and no longer in the library. Raises OSError, also if the library has nothing at
    that path, and if both are on different file systems: a copy could be incomplete.
    """
    source, target = _inside(library, path), aside / path
    if not source.exists():
        if target.exists():
            return target
        raise OSError(errno.ENOENT, "the library has nothing there", str(source))
    if target.exists():
        raise OSError(errno.EEXIST, "the folder of replaced books has it already", str(target))
    check(library, aside)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    return target


def _inside(library: Path, path: PurePosixPath) -> Path:
    """The path in the library. Raises OSError if it is not inside, or is reached through a link."""
    found = library / path
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    if not is_inside or found.is_symlink() or found.resolve() != library.resolve() / path:
        raise OSError(errno.EINVAL, "not a path inside of LIBRARY_PATH", str(path))
    return found
