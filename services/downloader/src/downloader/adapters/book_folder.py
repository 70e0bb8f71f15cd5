"""Builds one book's folder in the library, file by file as `file_transfer` can, and places it with one rename.

Every attempt builds in its own hidden folder, `.gapless-<download>-<attempt>`, which Audiobookshelf ignores. It is in
the library folder, or beside the target if that is on another file system. A folder of another attempt is moved away
before it is deleted. An attempt that still builds in it then fails at its rename and cannot place a part of the book.
"""

import errno
import filecmp
import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid4

from shared.translatable import translatable

from downloader.adapters.file_transfer import checksum, transfer
from downloader.domain.import_problems import FolderOccupied
from downloader.domain.placement import Method, Placement
from downloader.domain.verification import is_audio

_OCCUPIED = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}
_PREFIX = ".gapless-"
_DELETED = f"{_PREFIX}deleted-"
_NO_SIDECARS: Mapping[Path, bytes] = {}
_NOTHING_MADE: Mapping[Path, Collection[str]] = {}


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of one book: sources to transfer, and contents to write, by their paths in the book's folder."""

    sources: Mapping[Path, Path]
    sidecars: Mapping[Path, bytes]


def build(
    library: Path,
    folder: PurePosixPath,
    sources: Mapping[Path, Path],
    download_id: UUID,
    sidecars: Mapping[Path, bytes] = _NO_SIDECARS,
    made: Mapping[Path, Collection[str]] = _NOTHING_MADE,
) -> Placement:
    """Place the sources, given by their paths in the book's folder, at `folder` of the library, and return how.

    `sidecars` are the contents of further files; a source of the same path takes precedence. `made` has the checksums
    with which earlier attempts may have made a source.

    Does nothing if exactly the sources exist there. Raises `FolderOccupied` if other files do, and OSError. The caller
    must hold the download's import lock, because what earlier attempts have left is removed first.
    """
    target = library / folder
    if _is_occupied(target):
        return _existing(target, folder, sources, made)
    above = [parent for parent in target.parents if parent.is_relative_to(library)]
    for parent in above:
        if parent.is_dir():
            remove_leftovers(parent, download_id, keep=sources.values())
    new_parents = _make_parents(above)
    try:
        written = {path: content for path, content in sidecars.items() if path not in sources}
        methods = _build(library, target, _Files(sources, written), download_id)
    except OSError as error:
        for parent in reversed(new_parents):
            with suppress(OSError):  # another import may have just used it
                parent.rmdir()
        if error.errno in _OCCUPIED:
            return _existing(target, folder, sources, made)
        raise
    _write_to_disk(target.parent)
    return Placement(methods)


def _build(library: Path, target: Path, files: "_Files", download_id: UUID) -> dict[Path, Method]:
    """Build the book in the library folder, or beside the target if a rename from there to the target is impossible."""
    beside = target.parent
    if beside.stat().st_dev == library.stat().st_dev:
        try:
            return _build_in(library, target, files, download_id)
        except OSError as error:  # some file systems join several disks into one
            if error.errno != errno.EXDEV or beside == library:
                raise
    return _build_in(beside, target, files, download_id)


def _build_in(parent: Path, target: Path, files: "_Files", download_id: UUID) -> dict[Path, Method]:
    building = parent / f"{_PREFIX}{download_id}-{uuid4().hex}"
    building.mkdir()
    try:
        methods = {}
        for relative, source in files.sources.items():
            _make_folders(building, relative.parent)
            methods[relative] = transfer(source, building / relative)
        for relative, content in files.sidecars.items():
            (building / relative).write_bytes(content)
        _check_complete(building, files)
        building.rename(target)
    except OSError:
        _delete(building)
        raise
    return methods


def unfinished_imports(library: Path) -> list[UUID]:
    """The downloads with an unfinished import folder. Raises OSError."""
    return sorted({found for path in library.glob(f"{_PREFIX}*") if (found := _download_of(path.name)) is not None})


def remove_leftovers(library: Path, download_id: UUID, *, keep: Collection[Path] = ()) -> None:
    """Remove the unfinished import folders of a download, but not one that holds a file of `keep`.

    The caller must hold its import lock.
    """
    for path in [*library.glob(f"{_PREFIX}{download_id}*"), *library.glob(f"{_DELETED}*")]:
        if not any(kept.is_relative_to(path) for kept in keep):
            _delete(path)


def make_hidden_folder(library: Path, download_id: UUID) -> Path:
    """Make a folder for files that are placed later, which Audiobookshelf ignores. Raises OSError."""
    folder = library / f"{_PREFIX}{download_id}-{uuid4().hex}"
    folder.mkdir()
    return folder


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


def _check_complete(building: Path, files: "_Files") -> None:
    """Raises OSError unless the folder has exactly these files, and each source in its full length."""
    built = {path.relative_to(building) for path in regular_files(building)}
    expected = {*files.sources, *files.sidecars}
    if built != expected:
        differing = ", ".join(sorted(str(path) for path in built ^ expected)[:5])
        raise OSError(errno.EIO, f"the files changed while they were placed ({differing})", str(building))
    for relative, source in files.sources.items():
        if (building / relative).stat().st_size != os.stat(source, follow_symlinks=False).st_size:
            raise OSError(errno.EIO, "the file changed while it was placed", str(source))


def _is_occupied(target: Path) -> bool:
    """Whether something is at this path that is not an empty folder. Raises OSError."""
    try:
        return not stat.S_ISDIR(target.lstat().st_mode) or any(target.iterdir())
    except FileNotFoundError:
        return False


def _make_parents(above: Sequence[Path]) -> list[Path]:
    """Make the folders above the target that do not exist, and return them, the highest first. Raises OSError."""
    made = [parent for parent in reversed(above) if not parent.is_dir()]
    for parent in made:
        parent.mkdir(parents=True, exist_ok=True)
    return made


def _write_to_disk(folder: Path) -> None:
    """Make a rename into this folder survive a power failure, if the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _existing(
    target: Path, folder: PurePosixPath, sources: Mapping[Path, Path], made: Mapping[Path, Collection[str]]
) -> Placement:
    """How the files got into the existing folder.

    Raises `FolderOccupied` unless the folder has each source, byte for byte or as it was made before, and no other
    audio.
    """
    if target.is_symlink() or not target.is_dir():
        words = f"the library already has {str(folder)!r}, which is not a folder"
        raise FolderOccupied(translatable("download.no_folder", words, path=str(folder)))
    audio = {path.relative_to(target) for path in regular_files(target) if is_audio(path.name)}
    methods = {}
    for relative, source in sources.items():
        existing = target / relative
        audio.discard(relative)
        if not _is_regular(existing) or not _is_same(existing, source, made.get(relative, ())):
            words = f"the library already has {str(folder)!r} with other files"
            raise FolderOccupied(translatable("download.other_files", words, path=str(folder)))
        methods[relative] = Method.HARDLINK if existing.samefile(source) else Method.COPY
    if audio:
        words = f"the library already has {str(folder)!r} with more audio: {min(audio)}"
        raise FolderOccupied(translatable("download.more_audio", words, path=str(folder), name=str(min(audio))))
    return Placement(methods)


def _is_same(existing: Path, source: Path, made: Collection[str]) -> bool:
    if existing.samefile(source) or filecmp.cmp(existing, source, shallow=False):
        return True
    return bool(made) and checksum(existing).hex() in made


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
