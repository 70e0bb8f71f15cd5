"""Explains why files could not be placed in the library folder, and what to do."""

import errno

from shared.translatable import translatable

_WRITE = translatable(
    "download.may_not_write",
    "the user of this service (PUID and PGID) must be able to read DOWNLOAD_PATH and to write to LIBRARY_PATH",
)
_REMEDIES = {
    errno.ENOSPC: translatable("download.free_space", "free some space on the disk of LIBRARY_PATH"),
    errno.EDQUOT: translatable("download.raise_quota", "raise the quota on the disk of LIBRARY_PATH"),
    errno.EROFS: translatable("download.mount_writable", "mount LIBRARY_PATH with write access"),
    errno.EACCES: _WRITE,
    errno.EPERM: _WRITE,
    errno.ENAMETOOLONG: translatable(
        "download.shorter_names", "the file system allows only shorter names: set a shorter PATH_TEMPLATE"
    ),
}


def words_of(error: OSError) -> str:
    """What happened, with the path, and what to do if that is known."""
    what = error.strerror or str(error)
    where = f"{what}: {error.filename}" if error.filename else what
    remedy = _REMEDIES.get(error.errno or 0)
    words = f"{where}; {remedy}" if remedy else where
    name = errno.errorcode.get(error.errno or 0, what)
    return translatable("download.os_error", words, error=name, path=str(error.filename or "") or None, remedy=remedy)


class FolderOccupied(Exception):
    """The folder for a book has other files already. `words` say which."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
