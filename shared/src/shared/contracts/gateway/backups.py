"""Backups on a schedule, and the list of them."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.model import Model
from shared.contracts.runs import DryRun
from shared.contracts.values import Moment, RunId


class MakeBackup(Command):
    """Write a backup to the folder of backups, verify it, and delete those that are not kept any longer."""

    subject: ClassVar[str] = "cmd.gateway.make_backup"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class StoredBackup(Model):
    """One backup in the folder. It was verified after it was written."""

    name: str = Field(description="the name of its file", examples=["gapless-20260301T013000Z.backup"])
    made_at: Moment
    size_bytes: int


class ScheduledBackups(Model):
    """The backups in the folder, newest first, and how many are kept."""

    path: str | None = Field(description="the folder; null: BACKUP_PATH is not set, so none are made on a schedule")
    keep_count: int = Field(description="how many are kept at most")
    keep_days: int = Field(description="for how many days they are kept; 0: regardless of their age")
    free_bytes: int | None = Field(None, description="free space in the folder; null: unknown")
    items: list[StoredBackup] = []
