"""A backup that is passed on while it is made."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from backup.manifest import MANIFEST, WrongBackup
from backup.verify import verified
from backup.write import stream_backup
from harness.plugin import FreshDatabase
from provisioning.roles import BACKUP_ROLE
from provisioning.services import PARTS
from shared.chassis.migrations import upgrade


class Pipe(io.RawIOBase):
    """An output that cannot be rewound."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, block: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self.written += block
        return len(block)


def migrated(database: FreshDatabase) -> None:
    for part in PARTS:
        upgrade(part.spec.migrations, database.url(part.role))


@pytest.fixture
def database(fresh_database: Callable[..., FreshDatabase]) -> FreshDatabase:
    return fresh_database(migrated)


def test_the_role_of_backups_streams_one_that_is_intact(database: FreshDatabase, tmp_path: Path) -> None:
    pipe, file = Pipe(), tmp_path / "streamed.backup"
    manifest = stream_backup(database.url(BACKUP_ROLE), pipe)  # type: ignore[arg-type]
    file.write_bytes(pipe.written)
    with verified(file, lambda *_: None) as read:
        assert (read.manifest, read.secrets) == (manifest, None)
    assert len(manifest.tables) > 40
    assert zipfile.ZipFile(file).namelist()[-1] == MANIFEST


def test_a_stream_that_ends_too_early_is_not_a_backup(database: FreshDatabase, tmp_path: Path) -> None:
    pipe, file = Pipe(), tmp_path / "cut.backup"
    stream_backup(database.url(BACKUP_ROLE), pipe)  # type: ignore[arg-type]
    file.write_bytes(pipe.written[:-100])
    with pytest.raises(WrongBackup, match="damaged or not a backup"), verified(file, lambda *_: None):
        pass


def test_a_failure_is_one_line_without_the_password(fresh_database: Callable[..., FreshDatabase]) -> None:
    url = fresh_database().url(BACKUP_ROLE)
    environment = {"BACKUP_DATABASE_URL": url, "PATH": os.environ["PATH"]}
    ended = subprocess.run(
        [sys.executable, "-m", "backup.stream"], env=environment, capture_output=True, check=False, timeout=120
    )
    said = ended.stderr.decode().strip()
    assert (ended.returncode, said) == (1, "this database has no data of Gapless: start the services once")
