"""The gauges of the gateway for `/metrics`. Names and labels follow exportarr where it has the same figure."""

import asyncio
from collections.abc import Sequence

from shared.chassis.metrics import WHOLE_TABLE_SECONDS, Gauge, Row
from sqlalchemy import func, literal, select

from gateway.backups.folder import BackupFolder, BackupFolderUnusable
from gateway.postgres.tables import WatchedPartRow

FOLDER_SECONDS = 2.0
"""A folder on a network disk that is away must not hold up the other gauges."""
_ISSUES = select(
    WatchedPartRow.name,
    literal("error").label("type"),
    literal(1).label("is_bad"),
    func.extract("epoch", WatchedPartRow.bad_since).label("since"),
).where(WatchedPartRow.told_at.is_not(None))

GAUGES = (
    Gauge(
        "gapless_system_health_issues",
        "services, outside systems and limits of the account that a notification has reported and that are not well",
        _ISSUES,
        ("source", "type"),
        figure="is_bad",
    ),
    Gauge(
        "gapless_system_health_issue_since_timestamp_seconds",
        "since when they are not well",
        _ISSUES,
        ("source",),
        figure="since",
    ),
)


def newest_backup(folder: BackupFolder) -> Gauge:
    """When the newest backup was made. It has no value if BACKUP_PATH is not set."""

    async def rows() -> Sequence[Row]:
        if folder.path is None:
            return []
        try:
            async with asyncio.timeout(FOLDER_SECONDS):
                backups = await asyncio.to_thread(folder.backups)
        except (BackupFolderUnusable, TimeoutError):
            return [(0,)]
        return [(backups[0].made_at.timestamp() if backups else 0,)]

    return Gauge(
        "gapless_backup_last_success_timestamp_seconds",
        "when the newest verified backup in BACKUP_PATH was made; 0 if there is none or the folder cannot be read",
        rows,
        kept_seconds=WHOLE_TABLE_SECONDS,
    )
