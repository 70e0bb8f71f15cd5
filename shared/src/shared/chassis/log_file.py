"""Writes the log to a file that is rotated by its size. Each process writes its own file.

Two processes must not rotate one file. Therefore the file has the name of the service, and from the second replica on a
number: a process takes the first name that no other one holds. The lock ends with the process, so that the names stay
the same over restarts.
"""

import fcntl
import logging
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

MAX_PROCESSES = 100
"""Processes of one service that write to one folder."""


@dataclass(frozen=True)
class LogFile:
    """Where the log is written: `gapless.log` becomes `gapless-downloader.log`, and `gapless-downloader-2.log`.

    A file is rotated before it is larger than `max_bytes`; `count` older ones remain. If it is the `only` output,
    nothing is written to standard error.
    """

    path: Path
    max_bytes: int
    count: int
    only: bool = False


class RotatedLog(RotatingFileHandler):
    """The file of this process, which only its owner can read.

    If it cannot be written, one line on standard error says so, and the service goes on.
    """

    def __init__(self, file: LogFile, service: str) -> None:
        """Raises `OSError` if no file can be opened in the folder."""
        self._failed = False
        path, self._lock_file = _own_path(file.path, service)
        super().__init__(path, maxBytes=file.max_bytes, backupCount=file.count, encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, and rotate the file before if it is full. Never raises."""
        failed_before, self._failed = self._failed, False
        super().emit(record)
        if self._failed and not failed_before:
            with suppress(OSError, ValueError):
                sys.stderr.write(f"the log file {self.baseFilename} cannot be written\n")

    def handleError(self, record: logging.LogRecord) -> None:
        """Remember that the record was not written; the base class would print a traceback for each one."""
        self._failed = True

    def close(self) -> None:
        """Close the file, and let another process use its name."""
        with suppress(OSError, ValueError):  # what is buffered for a full disk
            super().close()
        self._lock_file.close()

    def _open(self) -> TextIO:  # type: ignore[override]  # text mode
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def _own_path(path: Path, service: str) -> tuple[Path, TextIO]:
    """The first path that no other process holds, and the open file whose lock holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, MAX_PROCESSES + 1):
        name = f"{path.stem}-{service}" if number == 1 else f"{path.stem}-{service}-{number}"
        lock = open(path.with_name(f".{name}.lock"), "a", encoding="utf-8")  # noqa: SIM115 - held by the process
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return path.with_name(f"{name}{path.suffix}"), lock
    raise OSError(f"{MAX_PROCESSES} processes of {service} write their logs to {path.parent} already")
