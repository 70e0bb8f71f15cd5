"""Merges and tags audio in a separate process, `audio_converter`, with files in a hidden folder of the library.

If this process ends, so does the other one. What it leaves is in the hidden folder, which the next attempt removes.
"""

import asyncio
import errno
import json
import math
import os
import shutil
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from shared.contracts.translatable import Translatable, with_code
from shared.translatable import translatable

from downloader.adapters.audio_process import read_line, send, start, wait_for_end
from downloader.adapters.book_folder import make_hidden_folder
from downloader.adapters.file_transfer import checksum, copy
from downloader.domain.audio_tags import BookTags, can_be_tagged
from downloader.domain.conversion import ConversionFailed, ConversionJob, Converted, Progress, kept_with_merged
from downloader.domain.verification import is_audio

CONVERTER = (sys.executable, "-I", "-m", "downloader.adapters.audio_converter")
_MEMORY_BYTES = 1 << 30
_CPU_SECONDS = 60
_CPU_SECONDS_PER_MEGABYTE = 20.0
"""Many times what a slow machine needs to decode and encode files with 16 kbit/s."""
_WALL_TIMES_CPU = 4
"""The process has the lowest priority, so that it may wait for others."""
_MOST_FILE_BYTES = 16 << 20
"""What the merged file may be larger than all the files that it is made of."""
_LEAST_STEP = 0.02
"""The share of the work after which progress is reported."""
_COVER = "cover"
_NO_RESULT = translatable("audio.converter_no_result", "the converter returned no valid result")


class _Line(BaseModel):
    """One line of the converter: its progress, its result, or its problem."""

    seconds: float = 0.0
    chapters: int | None = None
    how: str = ""
    problem: str | None = None
    translatable: Translatable | None = None


class AvConverter:
    """`converter` is the program to start."""

    def __init__(self, library: Path, converter: Sequence[str] = CONVERTER) -> None:
        self._library = library
        self._converter = converter

    async def merge(self, job: ConversionJob, name: Path, progress: Progress) -> Converted:
        """Merge the audio into one file of this name in a new hidden folder. The caller holds the import lock.

        Raises `ConversionFailed` and OSError.
        """
        audio = {path: source for path, source in job.sources.items() if is_audio(path.name)}
        folder = await asyncio.to_thread(make_hidden_folder, self._library, job.download_id)
        target = folder / "merged.m4b"
        listed = job.chapters
        merge = {
            "files": [str(source) for source in audio.values()],
            "names": [str(path) for path in audio],
            "target": str(target),
            "listed": listed
            and {"chapters": [[each.start_ms, each.title] for each in listed.chapters], "seconds": listed.seconds},
        }
        size = await asyncio.to_thread(_size_of, audio.values())
        free = (await asyncio.to_thread(shutil.disk_usage, self._library)).free
        if free < size + _MOST_FILE_BYTES:
            words = f"the disk of LIBRARY_PATH has {free >> 20} MiB free, {size >> 20} MiB are needed"
            raise ConversionFailed(translatable("audio.no_room", words, free=free, needed=size))
        task = {"merge": merge, "tag": [str(target)], "tags": _tags(job.tags), "only_file": True}
        done = await self._run(task, folder, job, size, progress)
        digest = await asyncio.to_thread(checksum, target)
        words = f"{len(audio)} files were merged into one with {done.chapters} chapters, {done.how}"
        return Converted(kept_with_merged(job.sources) | {name: target}, {name: digest.hex()}, words)

    async def tag(self, job: ConversionJob) -> Converted:
        """Tag copies of the audio files in a new hidden folder. The caller holds the import lock.

        Raises `ConversionFailed` and OSError.
        """
        folder = await asyncio.to_thread(make_hidden_folder, self._library, job.download_id)
        audio = [path for path in job.sources if is_audio(path.name)]
        tagged = [path for path in audio if can_be_tagged(path.name)]
        copies = {path: folder / f"{number}{path.suffix}" for number, path in enumerate(tagged)}
        for path, target in copies.items():
            await asyncio.to_thread(copy, job.sources[path], target)
        task = {"merge": None, "tag": [str(target) for target in copies.values()], "tags": _tags(job.tags)}
        size = await asyncio.to_thread(_size_of, copies.values())
        await self._run(task | {"only_file": len(audio) == 1}, folder, job, size, _go_on)
        made = {path: (await asyncio.to_thread(checksum, target)).hex() for path, target in copies.items()}
        return Converted({**job.sources, **copies}, made, f"copies of {len(copies)} files were tagged")

    async def _run(
        self, task: Mapping[str, Any], folder: Path, job: ConversionJob, size: int, progress: Progress
    ) -> _Line:
        """Start the converter, report its progress, and return its result."""
        cover = job.picture
        if cover is None and job.cover:
            cover = folder / _COVER
            await asyncio.to_thread(cover.write_bytes, job.cover)
        cpu = _CPU_SECONDS + math.ceil(size / 1e6 * _CPU_SECONDS_PER_MEGABYTE)
        limits = {
            "memory_bytes": _MEMORY_BYTES,
            "cpu_seconds": cpu,
            "wall_seconds": _WALL_TIMES_CPU * cpu,
            "file_bytes": size + len(job.cover) + _MOST_FILE_BYTES,
        }
        whole = {**task, "limits": limits, "parent": os.getpid(), "cover": cover and str(cover)}
        process = await start(self._converter)
        try:
            async with asyncio.timeout(limits["wall_seconds"] + 5):
                await send(process, json.dumps(whole).encode())
                return await self._result(process, job.seconds, progress)
        except TimeoutError as error:
            words, seconds = f"it took longer than {limits['wall_seconds']} s", limits["wall_seconds"]
            raise ConversionFailed(translatable("audio.too_long", words, seconds=seconds)) from error
        finally:
            if process.returncode is None:
                process.kill()
            await wait_for_end(process)

    async def _result(self, process: Process, seconds: float, progress: Progress) -> _Line:
        reported = 0.0
        while True:
            line = await read_line(process)
            if not line.endswith(b"\n"):
                raise ConversionFailed(_words_of_end(await wait_for_end(process)))
            found = _parsed(line)
            if found.problem is not None:
                raise ConversionFailed(with_code(found.problem, found.translatable))
            if found.chapters is not None:
                return found
            share = min(1.0, found.seconds / seconds) if seconds else 0.0
            if share >= reported + _LEAST_STEP:
                reported = share
                if not await progress(share):
                    raise OSError(errno.ECANCELED, "the conversion was stopped")


async def _go_on(_share: float) -> bool:
    return True


def _parsed(line: bytes) -> _Line:
    try:
        return _Line.model_validate_json(line)
    except ValidationError:
        raise ConversionFailed(_NO_RESULT) from None


def _words_of_end(status: int) -> str:
    if status < 0:
        name = signal.Signals(-status).name
        if name == "SIGXCPU":
            return translatable("audio.converter_processor", "it needed too much processor time")
        return translatable("audio.converter_stopped", f"the converter was stopped by {name}", signal=name)
    return translatable("audio.converter_failed", f"the converter failed (status {status})", status=str(status))


def _tags(tags: BookTags) -> dict[str, Any]:
    return {
        name: value or "" if not isinstance(value, (list, tuple)) else value for name, value in asdict(tags).items()
    }


def _size_of(paths: Any) -> int:
    return sum(path.stat().st_size for path in paths)
