"""The program that merges the audio of a book or tags copies of it. `AvConverter` starts it in a separate process.

Like `audio_reader` it limits its memory, time and open files, because the audio is untrusted. It also limits the size
of what it writes, has the lowest priority, uses one thread, and ends with the process that started it.

It reads one JSON document from standard input, `{"limits": …, "merge": … or null, "tag": [path, …], "tags": …}`, and
writes lines of JSON: the seconds that are merged so far, `{"seconds": …}`, and at the end the result, `{"chapters": …,
"seconds": …, "how": …}`, or the problem in words, `{"problem": …}`, with its code and figures if it has them.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

import av
from av.error import FFmpegError
from mutagen import MutagenError
from shared.contracts.library.chapters import Chapter
from shared.contracts.translatable import translatables
from shared.translatable import message_of, translatable

from downloader.adapters.audio_merge import CannotMerge, merge
from downloader.adapters.audio_tagger import CannotTag, Tags, cover_in, write_tags
from downloader.domain.audio_order import UnknownOrder
from downloader.domain.chapters import ListedChapters

_REPORT_EVERY_SECONDS = 1.0
_LARGEST_COVER_BYTES = 8 << 20
_OPEN_FILES = 64
_SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html."""


def main() -> None:
    """Read the task from standard input, do it, and write the result."""
    task = json.load(sys.stdin)
    _end_with_parent(task["parent"])
    _limit(task["limits"])
    try:
        _write(_result(task))
    except (CannotMerge, CannotTag, UnknownOrder) as error:
        _write(_problem(message_of(error)))
    except MemoryError:
        _write(_problem(translatable("audio.converter_memory", "the memory limit does not suffice")))
    except (FFmpegError, MutagenError, OSError, ValueError, RuntimeError) as error:
        _write({"problem": getattr(error, "strerror", None) or str(error) or type(error).__name__})


def _result(task: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"seconds": 0.0, "chapters": 0, "how": ""}
    job = task["merge"]
    cover = b""
    if job is not None:
        listed = job["listed"] and ListedChapters(
            [Chapter(title, start_ms) for start_ms, title in job["listed"]["chapters"]], job["listed"]["seconds"]
        )
        merged = merge(job["files"], job["names"], job["target"], listed, _Progress())
        found = _chapters_of(job["target"])
        if found != len(merged.chapters):
            wanted = len(merged.chapters)
            words = f"the merged file has {found} chapters instead of {wanted}"
            raise CannotMerge(translatable("audio.chapters", words, found=found, wanted=wanted))
        cover = _first_cover(job["files"])
        result = {"seconds": merged.seconds, "chapters": len(merged.chapters), "how": merged.how}
    if task["cover"]:
        with open(task["cover"], "rb") as file:
            cover = file.read(_LARGEST_COVER_BYTES + 1)
    tags = Tags(**task["tags"], cover=cover if len(cover) <= _LARGEST_COVER_BYTES else b"", only_file=task["only_file"])
    for path in task["tag"]:
        write_tags(path, tags)
        _sync(path)
    return result


def _problem(words: str) -> dict[str, Any]:
    parts = translatables(problem=words).get("problem")
    return {"problem": words, "translatable": parts and parts.model_dump()}


def _first_cover(paths: Sequence[str]) -> bytes:
    """The picture in the first file; empty if there is none, or if its tags cannot be read."""
    try:
        return cover_in(paths[0])
    except (MutagenError, OSError, ValueError):
        return b""


def _chapters_of(path: str) -> int:
    with av.open(path, mode="r", format="mp4") as container:
        return len(container.chapters())


def _sync(path: str) -> None:
    """Write the file to the disk, so that it is complete after a power failure too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Progress:
    """Writes the merged seconds, at most once a second."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _REPORT_EVERY_SECONDS

    def __call__(self, seconds: float) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _REPORT_EVERY_SECONDS
            _write({"seconds": round(seconds, 1)})


def _write(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 - the output is what the service reads


def _end_with_parent(parent: int) -> None:
    """Let Linux kill this process when the service ends, however that happens."""
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        sys.exit(1)


def _limit(limits: dict[str, int]) -> None:
    """Set limits that this process cannot raise, and the lowest priority."""
    os.nice(19)
    cpu = limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits["wall_seconds"])


if __name__ == "__main__":
    main()
