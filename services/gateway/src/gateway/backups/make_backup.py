"""The task `backup`: writes a backup to the folder in a process of its own, and deletes old ones."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from typing import Any

from pydantic import SecretStr
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import Refused, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.gateway.backups import MakeBackup
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import translatable

from gateway.backups.folder import BackupFolder
from gateway.backups.job import MAX_SECONDS, BackupNotPossible, environment_of_backup, last_line

COMMAND = (sys.executable, "-m", "backup.to_folder")
EXIT_BUSY = 75
BUSY_SECONDS = 60.0
NO_FOLDER = translatable("run.no_backup_folder", "BACKUP_PATH is not set, so no backup is made on a schedule")


class MakeBackupHandler:
    """Carries out `MakeBackup`."""

    def __init__(
        self,
        transaction: Transactions[Transaction],
        clock: Clock,
        folder: BackupFolder,
        database_url: SecretStr | None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._folder = folder
        self._database_url = database_url
        self._command = command

    async def make(self, command: MakeBackup) -> None:
        """Make a verified backup, then delete those that are not kept any longer.

        If none can be made, nothing is deleted, and the run fails with the reason. Without a folder the run ends with
        a note. Raises `TryAgainLater` while another replica makes one.
        """
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
        details: dict[str, Any] = {"note": NO_FOLDER}
        problems, tally = [], RunTally(expected=0)
        try:
            if command.dry_run:
                details = (await asyncio.to_thread(self._plan)).as_details()
            elif self._folder.path is not None:
                made = await self._write()
                deleted = await asyncio.to_thread(self._folder.delete_outdated, self._clock.now())
                details = {"backup": made, "deleted": deleted}
                tally = RunTally(expected=1, processed=1, succeeded=1)
                logger(service="gateway").info("backup_made", name=made["name"], deleted=len(deleted))
        except Refused as refusal:
            problems, details = [refusal.detail], {}
            tally = RunTally(expected=1, processed=1, failed=1)
            logger(service="gateway").warning("backup_failed", because=refusal.code)
        outcome = RunOutcome.FAILED if problems else RunOutcome.COMPLETED
        async with self._transaction() as tx:
            tx.runs.finished(command.run_id, tally, outcome=outcome, problems=problems, details=details)

    def _plan(self) -> Plan:
        if self._folder.path is None:
            return Plan.of([], notes=[NO_FOLDER])
        old = self._folder.outdated(self._clock.now(), upcoming=1)
        delete = [PlannedAction.of("delete", each.name, _size(each.size_bytes)) for each in old]
        return Plan.of([PlannedAction.of("make_backup", str(self._folder.path)), *delete])

    async def _write(self) -> dict[str, Any]:
        """Write and verify a backup. Raises `BackupNotPossible`, and `TryAgainLater` while another one is written."""
        if self._database_url is None:
            words = "BACKUP_DATABASE_URL is not set: use gapless backup"
            raise BackupNotPossible(translatable("run.no_backup_database", words))
        process = await asyncio.create_subprocess_exec(
            *self._command,
            str(self._folder.path),
            env=environment_of_backup(self._database_url),
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            async with asyncio.timeout(MAX_SECONDS):
                output, errors = await process.communicate()
        except TimeoutError as error:
            minutes = round(MAX_SECONDS / 60)
            words = f"it was not finished within {minutes} minutes"
            raise BackupNotPossible(translatable("run.backup_too_slow", words, minutes=minutes)) from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == EXIT_BUSY:
            raise TryAgainLater(BUSY_SECONDS, last_line(errors, process.returncode))
        if process.returncode != 0:
            raise BackupNotPossible(last_line(errors, process.returncode))
        made: dict[str, Any] = json.loads(output)
        return made


def _size(size_bytes: int) -> str:
    return translatable("plan.size", f"{size_bytes} bytes", size=size_bytes)
