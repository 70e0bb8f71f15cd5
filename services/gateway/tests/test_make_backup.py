"""The task `backup`: what a run reports, and when old backups are deleted."""

import json
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from gateway.backups.folder import BackupFolder
from gateway.backups.make_backup import EXIT_BUSY, NO_FOLDER, MakeBackupHandler
from gateway.postgres.tables import CHASSIS
from pydantic import SecretStr
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import TryAgainLater
from shared.contracts.gateway.backups import MakeBackup
from sqlalchemy import select

URL = SecretStr("postgresql://backup:the-password@127.0.0.1:1/gapless")
NAME = "gapless-20260301T013000Z.backup"
OLDER = "gapless-20260201T013000Z.backup"
WRITES = (
    "import json, pathlib, sys; pathlib.Path(sys.argv[1], sys.argv[2]).write_text('x'); "
    "print(json.dumps({'name': sys.argv[2], 'size_bytes': 1, 'tables': 2, 'rows': 3}))"
)


def handler(database: Database, path: Path | None, script: str = WRITES) -> MakeBackupHandler:
    command = (sys.executable, "-c", f"import sys; sys.argv.append({NAME!r})\n{script}")
    folder = BackupFolder(path, keep_count=1, keep_days=0)
    return MakeBackupHandler(database.transactions(Transaction), SystemClock(), folder, URL, command)


def files(path: Path) -> list[str]:
    return [each.name for each in path.iterdir()]


async def finished(database: Database) -> dict[str, Any]:
    async with database.transactions(Transaction)() as tx:
        found = await tx.session.scalars(
            select(CHASSIS.outbox.c.payload).where(CHASSIS.outbox.c.subject == "evt.runs.run_finished")
        )
        (payload,) = found.all()
    message: dict[str, Any] = json.loads(payload)
    return message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / OLDER).write_text("x")
    return tmp_path


async def test_a_run_reports_the_backup_and_what_was_deleted(database: Database, path: Path) -> None:
    await handler(database, path).make(MakeBackup(run_id=uuid4()))
    run = await finished(database)
    assert (run["outcome"], run["problems"]) == ("completed", [])
    assert run["details"] == {
        "backup": {"name": NAME, "size_bytes": 1, "tables": 2, "rows": 3}, "deleted": [OLDER],
    }  # fmt: skip
    assert files(path) == [NAME]


async def test_a_run_that_makes_no_backup_fails_with_the_reason_and_deletes_nothing(
    database: Database, path: Path
) -> None:
    await handler(database, path, "sys.exit('12 MiB of free space')").make(MakeBackup(run_id=uuid4()))
    run = await finished(database)
    assert (run["outcome"], run["problems"]) == ("failed", ["12 MiB of free space"])
    assert files(path) == [OLDER]


async def test_a_run_waits_while_another_replica_makes_a_backup(database: Database, path: Path) -> None:
    with pytest.raises(TryAgainLater):
        await handler(database, path, f"sys.exit({EXIT_BUSY})").make(MakeBackup(run_id=uuid4()))


async def test_a_dry_run_lists_what_a_run_would_do_and_does_nothing(database: Database, path: Path) -> None:
    await handler(database, path).make(MakeBackup(run_id=uuid4(), dry_run=True))
    run = await finished(database)
    actions = [(each["kind"], each["what"]) for each in run["details"]["plan"]["actions"]]
    assert actions == [("make_backup", str(path)), ("delete", OLDER)]
    assert files(path) == [OLDER]


async def test_a_run_without_a_folder_ends_with_a_note(database: Database) -> None:
    await handler(database, None).make(MakeBackup(run_id=uuid4()))
    run = await finished(database)
    assert (run["outcome"], run["details"]["note"]) == ("completed", NO_FOLDER)


async def test_a_folder_that_is_gone_fails_the_run(database: Database, tmp_path: Path) -> None:
    script = "print('{}')"
    await handler(database, tmp_path / "gone", script).make(MakeBackup(run_id=uuid4()))
    run = await finished(database)
    assert run["outcome"] == "failed"
    assert "gone: No such file" in run["problems"][0]
