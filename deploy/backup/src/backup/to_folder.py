"""`python -m backup.to_folder FOLDER` adds a verified backup without secrets to a folder. The gateway runs it.

BACKUP_DATABASE_URL is the address of Postgres, with a role that can read all schemas. The output is one line of JSON
about the backup. The exit status is 75 while another process adds one to the folder, and 1 if none was added; the
reason is one line on standard error.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from provisioning.roles import SCHEMAS
from pydantic import BaseModel

from backup.manifest import WrongBackup
from backup.verify import verified
from backup.write import write_backup

EXIT_BUSY = 75
"""`EX_TEMPFAIL` in BSD sysexits.h."""
PARTIAL = ".partial"
"""The end of the name of a file that is not a backup yet."""
RESERVE_BYTES = 64 << 20
"""Free space that a backup must leave."""
_SIZE = """
select coalesce(sum(pg_table_size(c.oid)), 0)::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any(%s) and c.relkind = 'r'
"""


class FolderBusy(Exception):
    """Another process adds a backup to the folder."""


class AddedBackup(BaseModel):
    """A verified backup that was added to the folder."""

    name: str
    size_bytes: int
    tables: int
    rows: int


def add_backup(url: str, folder: Path) -> AddedBackup:
    """Write a backup, verify it by reading all of it, and only then give it its name, which contains the time.

    A file that was not finished is never mistaken for a backup, and the next call deletes it. Raises `FolderBusy`,
    `WrongBackup`, `psycopg.Error` and `OSError`.
    """
    with _only_writer(folder):
        for unfinished in folder.glob(f".gapless-*{PARTIAL}"):
            unfinished.unlink()
        _require_space(url, folder)
        file = folder / f"gapless-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
        if file.exists():
            raise WrongBackup(f"{file.name} exists already")
        partial = folder / f".{file.name}{PARTIAL}"
        try:
            written = write_backup(url, partial, lambda *_: None)
            with verified(partial, lambda *_: None) as read:
                if read.manifest != written:
                    raise WrongBackup(f"{folder} returned another backup than the one that was written to it")
            partial.rename(file)
        finally:
            partial.unlink(missing_ok=True)
        _flush(folder)
        return AddedBackup(
            name=file.name, size_bytes=file.stat().st_size, tables=len(written.tables), rows=written.rows
        )


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder, which ends with this process. Raises `FolderBusy` if another one holds it."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderBusy(f"another backup is written to {folder}") from error
        yield
    finally:
        os.close(descriptor)


def _require_space(url: str, folder: Path) -> None:
    """Raises `WrongBackup` if the folder may not have room for all tables, which take less space in a backup."""
    with psycopg.connect(url) as connection:
        row = connection.execute(_SIZE, [list(SCHEMAS.values())]).fetchone()
    needed, free = (row[0] if row else 0) + RESERVE_BYTES, shutil.disk_usage(folder).free
    if free < needed:
        raise WrongBackup(
            f"{folder} has {free >> 20} MiB of free space, and a backup may need {needed >> 20} MiB: free some space,"
            " or keep fewer backups (BACKUP_KEEP_COUNT)"
        )


def _flush(folder: Path) -> None:
    """Write the new name to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def main() -> None:
    """Add the backup, and print what it is. Exits with a line for a person if that is impossible."""
    try:
        added = add_backup(os.environ["BACKUP_DATABASE_URL"], Path(sys.argv[1]))
    except KeyError:
        sys.exit("BACKUP_DATABASE_URL: missing")
    except FolderBusy as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(EXIT_BUSY)
    except OSError as error:
        sys.exit(f"{sys.argv[1]}: {error.strerror or error}")
    except (WrongBackup, psycopg.Error) as error:
        sys.exit(" ".join(str(error).split()))
    sys.stdout.write(f"{added.model_dump_json()}\n")


if __name__ == "__main__":
    main()
