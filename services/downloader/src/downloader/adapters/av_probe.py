"""Probes audio files in a process of its own, `audio_reader`, one process for all files of a download."""

import asyncio
import errno
import json
import math
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from downloader.domain.verification import ProbedAudio

READER = (sys.executable, "-I", "-m", "downloader.adapters.audio_reader")
_READY = b"ready\n"
_LONGEST_LINE = 64 * 1024
_MEMORY_BYTES = 1 << 30
_CPU_SECONDS = 30
_CPU_SECONDS_PER_MEGABYTE = 1.0
_CPU_SECONDS_PER_MEGABYTE_DECODED = 5.0
"""Many times what slow machines need: reading all packets takes about 0.15 s/MB, decoding 16 kbit/s about 2 s/MB."""
_OWN_FAULTS = {signal.SIGALRM, signal.SIGKILL, signal.SIGTERM}
"""Ends that say nothing about the file: the disk or the machine is too slow, or somebody stopped the process."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reader of one download's files may use."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int

    @classmethod
    def for_bytes(cls, size: int, *, decode_all: bool) -> "Limits":
        """Enough for files of this size in all."""
        rate = _CPU_SECONDS_PER_MEGABYTE_DECODED if decode_all else _CPU_SECONDS_PER_MEGABYTE
        cpu = _CPU_SECONDS + math.ceil(size / 1e6 * rate)
        return cls(_MEMORY_BYTES, cpu, 60 + 3 * cpu)


class _Facts(BaseModel):
    """One line of the reader."""

    promised_seconds: float | None
    held_seconds: float
    fault: str | None
    tags: dict[str, str]


class AvProbe:
    """`reader` is the program to start, `limits` are for tests; else they follow from the size of the files."""

    def __init__(self, *, decode_all: bool, reader: Sequence[str] = READER, limits: Limits | None = None) -> None:
        self._decode_all = decode_all
        self._reader = reader
        self._limits = limits

    async def probe(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """What each file promises and holds, in order, up to and with the first at which the reader died.

        Never raises for a file's content: that is its `fault`. Raises OSError when the reader cannot be started, is
        stopped, or takes too long by the clock, which all say nothing about the files.
        """
        size = await asyncio.to_thread(lambda: sum(path.stat().st_size for path in files))
        limits = self._limits or Limits.for_bytes(size, decode_all=self._decode_all)
        process = await asyncio.create_subprocess_exec(
            *self._reader,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd="/",
            env={"LANG": "C.UTF-8"},
            limit=_LONGEST_LINE,
        )
        try:
            async with asyncio.timeout(limits.wall_seconds + 5):
                return await self._read(process, files, root, limits)
        except TimeoutError as error:
            raise _too_slow(limits) from error
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def _read(self, process: Process, files: Sequence[Path], root: Path, limits: Limits) -> list[ProbedAudio]:
        task = {"limits": asdict(limits), "decode_all": self._decode_all, "files": [str(path) for path in files]}
        await _tell(process, json.dumps(task).encode())
        if await _line(process) != _READY:
            raise OSError(errno.ENOEXEC, "the audio reader does not start", self._reader[-1])
        probed: list[ProbedAudio] = []
        for path in files:
            name, line = str(path.relative_to(root)), await _line(process)
            if not line.endswith(b"\n"):
                probed.append(ProbedAudio(name, None, 0.0, _death(await process.wait(), limits)))
                return probed
            probed.append(_probed(name, line))
        return probed


async def _tell(process: Process, task: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    try:
        process.stdin.write(task)
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        return  # it shows in what is read


async def _line(process: Process) -> bytes:
    """One line, or what there is of it when the process ended or writes no end of it."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    try:
        return await process.stdout.readline()
    except ValueError:
        process.kill()
        return b""


def _probed(name: str, line: bytes) -> ProbedAudio:
    try:
        facts = _Facts.model_validate_json(line)
    except ValidationError:
        return ProbedAudio(name, None, 0.0, "cannot be read: the audio reader gave no facts")
    return ProbedAudio(name, facts.promised_seconds, facts.held_seconds, facts.fault, facts.tags)


def _death(status: int, limits: Limits) -> str:
    """Why the file at which the reader died cannot be played. Raises OSError where the file is not to blame."""
    if -status in _OWN_FAULTS:
        raise _too_slow(limits) if -status == signal.SIGALRM else OSError(errno.EINTR, "the audio reader was stopped")
    if -status == signal.SIGXCPU:
        return f"cannot be read: it took more than {limits.cpu_seconds} s of processor time"
    if status < 0:
        return f"cannot be read: the audio reader crashed at it ({signal.Signals(-status).name})"
    return f"cannot be read: the audio reader failed at it (status {status})"


def _too_slow(limits: Limits) -> OSError:
    return OSError(errno.ETIMEDOUT, f"reading the audio took longer than {limits.wall_seconds} s")
