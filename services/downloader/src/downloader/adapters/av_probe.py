"""Probes the audio files of a download in a separate process, `audio_reader`."""

import asyncio
import errno
import json
import math
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from shared.translatable import translatable

from downloader.adapters.audio_process import read_line, send, start, wait_for_end
from downloader.domain.verification import ProbedAudio

READER = (sys.executable, "-I", "-m", "downloader.adapters.audio_reader")
_READY = b"ready\n"
_NO_RESULT = translatable("audio.no_result", "cannot be read: the audio reader returned no valid result")
_MEMORY_BYTES = 1 << 30
_CPU_SECONDS = 30
_CPU_SECONDS_PER_MEGABYTE = 1.0
_CPU_SECONDS_PER_MEGABYTE_DECODED = 5.0
"""Many times what a slow machine needs: about 0.15 s/MB to read all packets, and 2 s/MB to decode 16 kbit/s."""
_NOT_THE_FILE = {signal.SIGALRM, signal.SIGKILL, signal.SIGTERM}
"""Signals that do not mean a bad file: the disk or the machine is too slow, or the process was stopped."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the process that reads one download's files."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int

    @classmethod
    def for_bytes(cls, size: int, *, decode_all: bool) -> "Limits":
        """Limits that suffice for files of this total size."""
        rate = _CPU_SECONDS_PER_MEGABYTE_DECODED if decode_all else _CPU_SECONDS_PER_MEGABYTE
        cpu = _CPU_SECONDS + math.ceil(size / 1e6 * rate)
        return cls(_MEMORY_BYTES, cpu, 60 + 3 * cpu)


_HEADER_LIMITS = Limits(_MEMORY_BYTES, cpu_seconds=30, wall_seconds=45)
"""For the headers of all files of a folder; a person waits for the answer."""


class _Fault(BaseModel):
    """Why a file cannot be played: what kind of fault, what FFmpeg says, and how many packets do not decode."""

    kind: str
    why: str = ""
    packets: int = 0

    @property
    def words(self) -> str:
        """The fault in words. What FFmpeg says stays as it is in every language."""
        if self.kind == "broken":
            words = f"{self.packets} packets of audio do not decode"
            return translatable("audio.broken", words, packets=self.packets)
        if self.kind in _FAULTS:
            return _FAULTS[self.kind]
        return translatable("audio.unreadable", f"cannot be read: {self.why or self.kind}", why=self.why or self.kind)


_FAULTS = {
    "memory": translatable("audio.memory", "cannot be read within the memory limit"),
    "no_audio": translatable("audio.no_audio", "has no audio"),
    "no_stream": translatable("audio.no_stream", "has no audio stream"),
    "unknown_format": translatable("audio.unknown_format", "has audio in an unknown format"),
}


class _Facts(BaseModel):
    """One line of the reader."""

    header_seconds: float | None
    audio_seconds: float
    loudest: float | None
    fault: _Fault | None
    tags: dict[str, str]


class AvProbe:
    """`reader` is the program to start. Without `limits` they are computed from the size of the files."""

    def __init__(self, *, decode_all: bool, reader: Sequence[str] = READER, limits: Limits | None = None) -> None:
        self._decode_all = decode_all
        self._reader = reader
        self._limits = limits

    async def probe(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """Probe the files in order, up to and including the first that crashes the reader.

        A bad file has a `fault`. Raises OSError if the reader cannot be started, is stopped or times out, which says
        nothing about the files.
        """
        size = await asyncio.to_thread(lambda: sum(path.stat().st_size for path in files))
        limits = self._limits or Limits.for_bytes(size, decode_all=self._decode_all)
        return await self._run(files, root, limits, "all" if self._decode_all else "sampled")

    async def headers(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """Read only the headers and the tags, in order: `audio_seconds` is 0, and a damaged file may have no fault.

        Raises OSError like `probe`.
        """
        return await self._run(files, root, self._limits or _HEADER_LIMITS, "header")

    async def _run(self, files: Sequence[Path], root: Path, limits: Limits, how_much: str) -> list[ProbedAudio]:
        process = await start(self._reader)
        try:
            async with asyncio.timeout(limits.wall_seconds + 5):
                return await self._read(process, files, root, limits, how_much)
        except TimeoutError as error:
            raise _too_slow(limits) from error
        finally:
            if process.returncode is None:
                process.kill()
            await wait_for_end(process)

    async def _read(
        self, process: Process, files: Sequence[Path], root: Path, limits: Limits, how_much: str
    ) -> list[ProbedAudio]:
        task = {"limits": asdict(limits), "read": how_much, "files": [str(path) for path in files]}
        await send(process, json.dumps(task).encode())
        if await read_line(process) != _READY:
            raise OSError(errno.ENOEXEC, "the audio reader does not start", self._reader[-1])
        probed: list[ProbedAudio] = []
        for path in files:
            name, line = str(path.relative_to(root)), await read_line(process)
            if not line.endswith(b"\n"):
                probed.append(ProbedAudio(name, None, 0.0, _exit_fault(await wait_for_end(process), limits)))
                return probed
            probed.append(_probed(name, line))
        return probed


def _probed(name: str, line: bytes) -> ProbedAudio:
    try:
        facts = _Facts.model_validate_json(line)
    except ValidationError:
        return ProbedAudio(name, None, 0.0, _NO_RESULT)
    fault = None if facts.fault is None else facts.fault.words
    return ProbedAudio(name, facts.header_seconds, facts.audio_seconds, fault, facts.tags, facts.loudest)


def _exit_fault(status: int, limits: Limits) -> str:
    """The fault of the file that ended the reader. Raises OSError if the file is not the cause."""
    if -status in _NOT_THE_FILE:
        raise _too_slow(limits) if -status == signal.SIGALRM else OSError(errno.EINTR, "the audio reader was stopped")
    if -status == signal.SIGXCPU:
        words, seconds = f"cannot be read within {limits.cpu_seconds} s of processor time", limits.cpu_seconds
        return translatable("audio.processor", words, seconds=seconds)
    if status < 0:
        name = signal.Signals(-status).name
        words = f"cannot be read: it crashed the audio reader ({name})"
        return translatable("audio.crashed_reader", words, signal=name)
    words = f"cannot be read: the audio reader failed (status {status})"
    return translatable("audio.reader_failed", words, status=str(status))


def _too_slow(limits: Limits) -> OSError:
    return OSError(errno.ETIMEDOUT, f"reading the audio took longer than {limits.wall_seconds} s")
