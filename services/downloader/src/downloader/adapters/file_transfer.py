"""Puts one file to another path: as a hard link, else as a reflink, else as a copy whose checksum is compared."""

import errno
import fcntl
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from downloader.domain.placement import Method

NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES, errno.ENOSYS}
"""Errors that mean that a hard link is impossible, while a reflink or a copy may be possible."""
_FICLONE = 0x40049409
"""The request of Linux that shares the blocks of a file (ioctl_ficlone(2)): Btrfs, XFS, bcachefs, ZFS from 2.2."""
_CHUNK_BYTES = 1 << 20


def transfer(source: Path, target: Path) -> Method:
    """Put the source to `target`, which must not exist, and return how. Symbolic links are not followed.

    Raises OSError, also if the copy differs from the source.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
    else:
        return Method.HARDLINK
    return copy(source, target)


def copy(source: Path, target: Path) -> Method:
    """Copy the source to `target`, which must not exist: a reflink if that is possible. Symbolic links are refused.

    Raises OSError, also if the copy differs from the source.
    """
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb", buffering=0) as read, target.open("xb", buffering=0) as written:
        method = Method.REFLINK if _reflinked(read, written) else Method.COPY
        digest = _copied(read, written) if method is Method.COPY else b""
        os.fsync(written.fileno())
        os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # so that the disk is read, not the cache
    if method is Method.COPY and checksum(target) != digest:
        raise OSError(errno.EIO, "the copy differs from the file", str(source))
    with suppress(OSError):  # some network file systems have no times or modes
        shutil.copystat(source, target, follow_symlinks=False)
    return method


def _reflinked(read: BinaryIO, written: BinaryIO) -> bool:
    try:
        fcntl.ioctl(written.fileno(), _FICLONE, read.fileno())
    except OSError:
        return False  # whatever the reason is, the copy either succeeds or reports it
    return True


def _copied(read: BinaryIO, written: BinaryIO) -> bytes:
    """Copy the file, and return the checksum of what was read."""
    digest = sha256()
    while chunk := read.read(_CHUNK_BYTES):
        digest.update(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[written.write(rest) :]
    return digest.digest()


def checksum(path: Path) -> bytes:
    """The SHA-256 of a file. Raises OSError."""
    digest = sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.digest()
