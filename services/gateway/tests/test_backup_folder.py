"""Which scheduled backups are kept, and what the doctor says about them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from gateway.backups.folder import BackupFolder, BackupFolderUnusable, LastBackup
from gateway.doctor.resource_checks import check_backups
from shared.chassis.errors import NotFound
from shared.contracts.gateway.doctor import Severity

NOW = datetime(2026, 3, 31, 2, tzinfo=UTC)


def name(days_old: int) -> str:
    return f"gapless-{NOW - timedelta(days=days_old):%Y%m%dT%H%M%SZ}.backup"


def folder(path: Path, *ages_in_days: int, keep_count: int = 100, keep_days: int = 0) -> BackupFolder:
    for days in ages_in_days:
        (path / name(days)).write_bytes(b"12345")
    return BackupFolder(path, keep_count=keep_count, keep_days=keep_days)


def test_the_newest_backup_is_listed_first_and_other_files_are_not(tmp_path: Path) -> None:
    others = (
        ".lock",
        f".{name(1)}.partial",
        "holiday.jpg",
        "gapless-yesterday.backup",
        "gapless-20269901T000000Z.backup",
    )
    for other in others:
        (tmp_path / other).write_bytes(b"")
    shown = folder(tmp_path, 3, 1, 2).show()
    assert [each.name for each in shown.items] == [name(1), name(2), name(3)]
    assert (shown.items[0].size_bytes, shown.items[0].made_at) == (5, NOW - timedelta(days=1))
    assert shown.free_bytes


def test_backups_over_the_number_or_the_age_are_deleted(tmp_path: Path) -> None:
    assert folder(tmp_path, 0, 1, 2, 3, keep_count=3).delete_outdated(NOW) == [name(3)]
    assert folder(tmp_path, keep_days=1).delete_outdated(NOW) == [name(2)]
    assert folder(tmp_path).delete_outdated(NOW) == []
    assert [each.name for each in folder(tmp_path).backups()] == [name(0), name(1)]


def test_the_newest_backup_is_never_deleted_however_old_it_is(tmp_path: Path) -> None:
    backups = folder(tmp_path, 400, 500, keep_count=1, keep_days=1)
    assert backups.delete_outdated(NOW) == [name(500)]
    with pytest.raises(LastBackup):
        backups.delete(name(400))
    assert [each.name for each in backups.backups()] == [name(400)]


def test_a_plan_counts_the_backup_that_is_made_first(tmp_path: Path) -> None:
    backups = folder(tmp_path, 1, 2, keep_count=2)
    assert backups.outdated(NOW) == []
    assert [each.name for each in backups.outdated(NOW, upcoming=1)] == [name(2)]
    assert len(backups.backups()) == 2


def test_only_backups_can_be_read_or_deleted(tmp_path: Path) -> None:
    backups = folder(tmp_path, 1, 2)
    (tmp_path / "secret").write_text("secret")
    backups.delete(name(2))
    for other in ("secret", "../secret", name(2), f"../{tmp_path.name}/{name(1)}"):
        with pytest.raises(NotFound):
            backups.file(other)
        with pytest.raises(NotFound):
            backups.delete(other)
    assert backups.file(name(1)).exists()


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = folder(tmp_path / "missing")
    for call in (missing.show, missing.backups):
        with pytest.raises(BackupFolderUnusable, match=r"missing: No such file.*BACKUP_PATH"):
            call()


def test_the_doctor_warns_when_the_newest_backup_is_too_old(tmp_path: Path) -> None:
    backups = folder(tmp_path)
    (finding,) = check_backups(backups.show(), NOW)
    assert (finding.severity, finding.words) == (Severity.WARNING, f"no backup in {tmp_path}")
    folder(tmp_path, 5)
    (finding,) = check_backups(backups.show(), NOW)
    assert (finding.severity, finding.words) == (Severity.WARNING, f"no backup in {tmp_path} for 5 days")
    assert "/api/scheduler/tasks/backup/run" in finding.to_do
    folder(tmp_path, 1)
    (finding,) = check_backups(backups.show(), NOW)
    assert (finding.severity, finding.to_do) == (Severity.OK, "")


def test_the_doctor_says_how_backups_are_made_on_a_schedule() -> None:
    (finding,) = check_backups(BackupFolder(None, keep_count=1, keep_days=0).show(), NOW)
    assert finding.severity is Severity.OK
    assert "set BACKUP_PATH" in finding.words
