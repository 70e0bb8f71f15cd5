"""Makes a backup in a process of its own, and passes it on while it is made.

The process has the memory and the database connection of the backup, and ends with it. Nothing is stored on the disk:
when the caller reads slowly, the process waits.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence

from pydantic import SecretStr
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.translatable import translatable

BLOCK_BYTES = 1 << 18
MAX_SECONDS = 3600.0
"""A backup that takes longer is ended: Postgres keeps old rows for it all the time."""
COMMAND = (sys.executable, "-m", "backup.stream")
_PASSED_ON = ("PATH", "LANG", "PGSSLROOTCERT", "SSL_CERT_FILE")


class BackupNotPossible(Refused):
    """The gateway cannot make a backup."""

    code = "backup_not_possible"
    status = 503
    title = "No backup"


class BackupInProgress(Refused):
    """Another backup is being made."""

    code = "backup_in_progress"
    title = "A backup is in progress"


def environment_of_backup(database_url: SecretStr) -> dict[str, str]:
    """The environment of a process that makes a backup: no secret but the address of the database."""
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return known | {"BACKUP_DATABASE_URL": database_url.get_secret_value()}


def last_line(errors: bytes, status: int | None) -> str:
    """The last line that a process wrote to standard error, or its exit status."""
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:500] if lines else f"it ended with the status {status}"


class BackupJob:
    """Makes one backup at a time in each replica."""

    def __init__(self, database_url: SecretStr | None, command: Sequence[str] = COMMAND) -> None:
        self._database_url = database_url
        self._command = command
        self._lock = asyncio.Lock()
        self._running: RunningBackup | None = None

    async def start(self) -> "RunningBackup":
        """Begin a backup. Who calls it closes what it returns.

        Raises `BackupInProgress`, and `BackupNotPossible` if it cannot begin.
        """
        if self._database_url is None:
            raise BackupNotPossible(
                translatable("refused.no_backup_database", "BACKUP_DATABASE_URL is not set: use gapless backup")
            )
        async with self._lock:
            if self._running is not None and not self._running.has_ended:
                raise BackupInProgress(
                    translatable("refused.backup_under_way", "wait until it is downloaded, then try again")
                )
            environment = environment_of_backup(self._database_url)
            process = await asyncio.create_subprocess_exec(*self._command, env=environment, stdout=PIPE, stderr=PIPE)
            self._running = running = RunningBackup(process)
        try:
            await running.begin()
        except BaseException:
            await running.close()
            raise
        return running


class RunningBackup:
    """A backup that is being made. It ends by itself after `MAX_SECONDS`."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._first = b""
        self._watchdog = asyncio.get_running_loop().call_later(MAX_SECONDS, self._kill)

    @property
    def has_ended(self) -> bool:
        """Whether its process has ended."""
        return self._process.returncode is not None

    async def begin(self) -> None:
        """Wait for its first block. Raises `BackupNotPossible` if there is none."""
        self._first = await self._read()
        if not self._first:
            await self._require_success()

    async def blocks(self) -> AsyncIterator[bytes]:
        """Its blocks. Raises `BackupNotPossible` after them if it is not complete."""
        block = self._first
        while block:
            yield block
            block = await self._read()
        await self._require_success()
        logger(service="gateway").info("backup_downloaded")

    async def close(self) -> None:
        """End its process, if it has not ended."""
        self._watchdog.cancel()
        if not self.has_ended:
            self._kill()
            await self._process.communicate()

    def _kill(self) -> None:
        if not self.has_ended:
            self._process.kill()

    async def _read(self) -> bytes:
        return await self._process.stdout.read(BLOCK_BYTES) if self._process.stdout else b""

    async def _require_success(self) -> None:
        _, errors = await self._process.communicate()
        if self._process.returncode != 0:
            logger(service="gateway").warning("backup_failed", status=self._process.returncode)
            raise BackupNotPossible(last_line(errors, self._process.returncode))
