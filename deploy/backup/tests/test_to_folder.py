"""A backup is added to a folder only when it is complete and verified."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backup import to_folder
from backup.manifest import WrongBackup
from backup.to_folder import EXIT_BUSY, AddedBackup, FolderBusy, add_backup
from backup.verify import verified
from backup.write import write_backup
from harness.plugin import FreshDatabase
from provisioning.roles import BACKUP_ROLE
from provisioning.services import PARTS
from shared.chassis.migrations import upgrade


def migrated_gateway(database: FreshDatabase) -> None:
    (gateway,) = (part for part in PARTS if part.name == "gateway")
    upgrade(gateway.spec.migrations, database.url(gateway.role))


@pytest.fixture
def url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(migrated_gateway).url(BACKUP_ROLE)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def run(url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"BACKUP_DATABASE_URL": url, "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "backup.to_folder", str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_a_backup_in_the_folder_is_whole_and_only_its_owner_can_read_it(url: str, tmp_path: Path) -> None:
    ended = run(url, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    added = AddedBackup.model_validate(json.loads(ended.stdout))
    file = tmp_path / added.name
    assert names(tmp_path) == [".lock", added.name]
    assert (file.stat().st_mode & 0o777, file.stat().st_size) == (0o600, added.size_bytes)
    with verified(file, lambda *_: None) as read:
        assert (len(read.manifest.tables), read.manifest.rows) == (added.tables, added.rows)
        assert not read.manifest.has_secrets


def test_two_processes_never_write_at_the_same_time(url: str, tmp_path: Path) -> None:
    with to_folder._only_writer(tmp_path):
        ended = run(url, tmp_path)
        with pytest.raises(FolderBusy):
            add_backup(url, tmp_path)
    assert ended.returncode == EXIT_BUSY
    assert "another backup is written" in ended.stderr
    assert names(tmp_path) == [".lock"]
    add_backup(url, tmp_path)


def test_what_a_killed_process_left_is_deleted_and_never_taken_for_a_backup(url: str, tmp_path: Path) -> None:
    left = tmp_path / ".gapless-20260301T013000Z.backup.partial"
    left.write_bytes(b"half of it")
    added = add_backup(url, tmp_path)
    assert names(tmp_path) == [".lock", added.name]


def test_a_backup_that_is_damaged_on_the_disk_is_not_kept(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_damage(url: str, file: Path, on_progress: object) -> object:
        written = write_backup(url, file, lambda *_: None)
        content = bytearray(file.read_bytes())
        content[200] ^= 0xFF
        file.write_bytes(content)
        return written

    monkeypatch.setattr(to_folder, "write_backup", write_and_damage)
    with pytest.raises(WrongBackup, match="damaged"):
        add_backup(url, tmp_path)
    assert names(tmp_path) == [".lock"]


def test_nothing_is_written_without_enough_free_space(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_folder, "RESERVE_BYTES", 1 << 60)
    with pytest.raises(WrongBackup, match=r"MiB of free space, and a backup may need .*BACKUP_KEEP_COUNT"):
        add_backup(url, tmp_path)
    assert names(tmp_path) == [".lock"]


def test_an_existing_backup_is_not_replaced(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class StoppedClock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 3, 1, 1, 30, tzinfo=UTC)

    monkeypatch.setattr(to_folder, "datetime", StoppedClock)
    assert add_backup(url, tmp_path).name == "gapless-20260301T013000Z.backup"
    with pytest.raises(WrongBackup, match="exists already"):
        add_backup(url, tmp_path)


def test_a_folder_that_is_missing_is_named_without_the_password(url: str, tmp_path: Path) -> None:
    ended = run(url, tmp_path / "missing")
    assert ended.returncode == 1
    assert ended.stderr.strip() == f"{tmp_path / 'missing'}: No such file or directory"
