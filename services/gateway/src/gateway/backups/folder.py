"""The folder of the backups that are made on a schedule."""

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.chassis.errors import NotFound, Refused
from shared.contracts.gateway.backups import ScheduledBackups, StoredBackup
from shared.translatable import translatable

NAME = re.compile(r"gapless-(\d{8}T\d{6}Z)\.backup", re.ASCII)
"""A file gets such a name only after it was verified. It contains the time in UTC."""
_TIME = "%Y%m%dT%H%M%SZ"


class BackupFolderUnusable(Refused):
    """The folder cannot be read or changed."""

    code = "backup_folder_unusable"
    status = 503
    title = "The folder of the backups cannot be used"


class LastBackup(Refused):
    """The newest backup is not deleted."""

    code = "last_backup"
    title = "The newest backup is kept"


class BackupFolder:
    """The backups in BACKUP_PATH, and which of them are kept. It may be shared with other files.

    The methods read the disk: call them in a thread. All raise `BackupFolderUnusable`.
    """

    def __init__(self, path: Path | None, *, keep_count: int, keep_days: int) -> None:
        """Without a path there are no backups. `keep_days` of 0 keeps them regardless of their age."""
        self.path = path
        self._keep_count = keep_count
        self._keep_days = keep_days

    def show(self) -> ScheduledBackups:
        """All backups, newest first, and how many are kept."""
        free = None
        if self.path is not None:
            try:
                free = shutil.disk_usage(self.path).free
            except OSError as error:
                raise _unusable(self.path, error) from error
        return ScheduledBackups(
            path=str(self.path) if self.path else None,
            keep_count=self._keep_count,
            keep_days=self._keep_days,
            free_bytes=free,
            items=self.backups(),
        )

    def backups(self) -> list[StoredBackup]:
        """All backups, newest first."""
        if self.path is None:
            return []
        try:
            found = [_stored(each) for each in self.path.iterdir() if NAME.fullmatch(each.name) and each.is_file()]
        except OSError as error:
            raise _unusable(self.path, error) from error
        return sorted((each for each in found if each), key=lambda each: each.name, reverse=True)

    def file(self, name: str) -> Path:
        """The file of a backup. Raises `NotFound`."""
        if self.path is None or name not in {each.name for each in self.backups()}:
            raise NotFound(translatable("refused.no_backup", f"there is no backup {name!r}", name=name))
        return self.path / name

    def delete(self, name: str) -> None:
        """Delete a backup. Raises `NotFound`, and `LastBackup` for the newest one."""
        file = self.file(name)
        if name == self.backups()[0].name:
            raise LastBackup(translatable("refused.newest_backup", "it is the newest backup: make another one first"))
        self._unlink(file)

    def outdated(self, now: datetime, *, upcoming: int = 0) -> Sequence[StoredBackup]:
        """The backups that are not kept any longer once `upcoming` more were made. The newest is always kept."""
        oldest = now - timedelta(days=self._keep_days) if self._keep_days else datetime.min.replace(tzinfo=UTC)
        ranked = enumerate(self.backups(), start=upcoming)
        return [each for rank, each in ranked if rank >= self._keep_count or (rank > 0 and each.made_at < oldest)]

    def delete_outdated(self, now: datetime) -> list[str]:
        """Delete what is not kept any longer, and return the names."""
        names = [each.name for each in self.outdated(now)]
        for name in names:
            self._unlink(self.file(name))
        return names

    def _unlink(self, file: Path) -> None:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(file.parent, error) from error


def _stored(file: Path) -> StoredBackup | None:
    """The backup in a file; None if its name is not a time or it was deleted meanwhile."""
    try:
        made_at = datetime.strptime(file.name[8:-7], _TIME).replace(tzinfo=UTC)
        return StoredBackup(name=file.name, made_at=made_at, size_bytes=file.stat().st_size)
    except (ValueError, FileNotFoundError):
        return None


def _unusable(path: Path, error: OSError) -> BackupFolderUnusable:
    return BackupFolderUnusable(
        f"{path}: {error.strerror or error}. Make BACKUP_PATH a folder that Gapless can read and write"
    )
