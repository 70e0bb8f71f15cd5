"""Builds one book's folder in the library with hard links, or copies where links are impossible, and one rename.

Every attempt builds in its own hidden folder, `.gapless-<download>-<attempt>`, which Audiobookshelf ignores. A folder
of another attempt is moved away before it is deleted. An attempt that still builds in it then fails at its rename and
cannot place a part of the book.
"""

import errno
import filecmp
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid4

from downloader.domain.ports import FolderOccupied
from downloader.domain.verification import is_audio

NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES}
"""Errors that mean that a hard link is impossible, while a copy may be possible."""
_PREFIX = ".gapless-"
_DELETED = f"{_PREFIX}deleted-"


def build(library: Path, folder: PurePosixPath, sources: Mapping[Path, Path], download_id: UUID) -> None:
    """Place the sources, given by their paths in the book's folder, at `folder` of the library.

    Does nothing if exactly these files exist there. Raises `FolderOccupied` if other files do, and OSError. The caller
    must hold the download's import lock, because what earlier attempts have left is removed first.
    """
    target = library / folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        _check_same(target, folder, sources)
        return
    remove_leftovers(library, download_id)
    building = library / f"{_PREFIX}{download_id}-{uuid4().hex}"
    building.mkdir(parents=True)
    try:
        for relative, source in sources.items():
            _make_folders(building, relative.parent)
            _link_or_copy(source, building / relative)
        _check_complete(building, sources)
        target.parent.mkdir(parents=True, exist_ok=True)
        building.rename(target)
    except OSError as error:
        _delete(building)
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            _check_same(target, folder, sources)
            return
        raise


def unfinished_imports(library: Path) -> list[UUID]:
    """The downloads with an unfinished import folder. Raises OSError."""
    return sorted({found for path in library.glob(f"{_PREFIX}*") if (found := _download_of(path.name)) is not None})


def remove_leftovers(library: Path, download_id: UUID) -> None:
    """Remove the unfinished import folders of a download. The caller must hold its import lock."""
    for path in [*library.glob(f"{_PREFIX}{download_id}*"), *library.glob(f"{_DELETED}*")]:
        _delete(path)


def regular_files(folder: Path) -> Iterator[Path]:
    """Every regular file in a folder and its subfolders, in no order. Symbolic links are skipped. Raises OSError."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from regular_files(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _download_of(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix(_PREFIX)[:36])
    except ValueError:
        return None


def _delete(building: Path) -> None:
    """Move the folder away, then delete it, so that another attempt never renames a partly deleted folder."""
    moved = building.with_name(f"{_DELETED}{uuid4().hex}")
    try:
        building.rename(moved)
    except FileNotFoundError:
        return
    shutil.rmtree(moved, ignore_errors=True)


def _make_folders(building: Path, relative: Path) -> None:
    """Make the folders in `building`, but not `building` itself: if that is gone, the attempt must fail."""
    for parent in reversed([relative, *relative.parents]):
        if parent.parts:
            (building / parent).mkdir(exist_ok=True)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copy2(source, target, follow_symlinks=False)
        with target.open("rb") as written:
            os.fsync(written.fileno())


def _check_complete(building: Path, sources: Mapping[Path, Path]) -> None:
    """Raises OSError unless the folder has exactly the sources, each in its full length."""
    built = {path.relative_to(building) for path in regular_files(building)}
    if built != set(sources):
        differing = ", ".join(sorted(str(path) for path in built ^ set(sources))[:5])
        raise OSError(errno.EIO, f"the files changed while they were placed ({differing})", str(building))
    for relative, source in sources.items():
        if (building / relative).stat().st_size != os.stat(source, follow_symlinks=False).st_size:
            raise OSError(errno.EIO, "the file changed while it was placed", str(source))


def _check_same(target: Path, folder: PurePosixPath, sources: Mapping[Path, Path]) -> None:
    """Raises `FolderOccupied` unless the folder has each source, byte for byte, and no other audio."""
    audio = {path.relative_to(target) for path in regular_files(target) if is_audio(path.name)}
    for relative, source in sources.items():
        existing = target / relative
        audio.discard(relative)
        if not _is_regular(existing) or not (existing.samefile(source) or filecmp.cmp(existing, source, shallow=False)):
            raise FolderOccupied(f"the library already has {str(folder)!r} with other files")
    if audio:
        raise FolderOccupied(f"the library already has {str(folder)!r} with more audio: {min(audio)}")


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
