"""The gauges of the gateway for `/metrics`."""

from datetime import UTC, datetime
from pathlib import Path

from gateway.backups.folder import BackupFolder
from gateway.postgres.metrics import GAUGES, newest_backup
from gateway.postgres.tables import WatchedPartRow
from shared.chassis.database import Database
from shared.testing.gauges import read_gauges
from sqlalchemy import insert

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_only_what_was_reported_is_a_health_issue(database: Database) -> None:
    async with database.engine.begin() as connection:
        for name, reported_at in (("prowlarr", NOON), ("audiobookshelf", None)):
            row = {"name": name, "bad_since": NOON, "seen_at": NOON, "told_at": reported_at}
            await connection.execute(insert(WatchedPartRow).values(row))

    figures = await read_gauges(database, GAUGES)

    assert figures["gapless_system_health_issues"] == {("prowlarr", "error"): 1.0}
    since = figures["gapless_system_health_issue_since_timestamp_seconds"]
    assert since == {("prowlarr",): NOON.timestamp()}


async def test_the_newest_backup_of_the_folder_is_shown_and_none_is_zero(database: Database, tmp_path: Path) -> None:
    async def shown(path: Path | None) -> dict[tuple[str, ...], float]:
        folder = BackupFolder(path, keep_count=5, keep_days=0)
        return (await read_gauges(database, [newest_backup(folder)]))["gapless_backup_last_success_timestamp_seconds"]

    assert await shown(None) == {}
    assert await shown(tmp_path / "unmounted") == {(): 0.0}
    assert await shown(tmp_path) == {(): 0.0}
    for name in ("gapless-20260228T013000Z.backup", "gapless-20260301T120000Z.backup", "gapless-unfinished"):
        (tmp_path / name).write_bytes(b"")
    assert await shown(tmp_path) == {(): NOON.timestamp()}
