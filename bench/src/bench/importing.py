"""Placing a finished book in the library by hard links, and by copies to another file system, compared with `cp`."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from uuid import uuid4

from downloader.adapters.book_folder import build
from downloader.domain.placement import Method

from bench.figures import Figure
from bench.measurement import NotMeasured

SECTION = "import of a book"
FILES, FILE_BYTES = 200, 1 << 20
MEMORY_DISK = Path("/dev/shm")
RUNS = 5


def measure_imports(folder: Path) -> list[Figure]:
    """The median time of a book of 200 files of 1 MiB each.

    Our copies are written to disk and compared with the original; those of `cp` are not. Raises `NotMeasured` if the
    files are placed in another way, for example because there is no second file system.
    """
    source = folder / "finished"
    source.mkdir()
    for number in range(FILES):
        (source / f"{number:03}.mp3").write_bytes(os.urandom(FILE_BYTES))
    name = f"{FILES} files"
    linked = _median(lambda: _placed(source, folder / "library", Method.HARDLINK))
    cp_linked = _median(lambda: _cp(source, folder / "library", "-rl"))
    figures = [Figure(SECTION, f"{name} by hard links", linked, "ms", cp_linked, "cp -rl")]
    with tempfile.TemporaryDirectory(prefix="gapless-bench-", dir=MEMORY_DISK) as other:
        copied = _median(lambda: _placed(source, Path(other), Method.COPY))
        cp_copied = _median(lambda: _cp(source, Path(other), "-r"))
    shutil.rmtree(source)
    return [*figures, Figure(SECTION, f"{name} of 1 MiB copied and compared", copied, "ms", cp_copied, "cp -r")]


def _median(run: Callable[[], float]) -> float:
    run()
    return statistics.median(run() for _ in range(RUNS))


def _placed(source: Path, library: Path, method: Method) -> float:
    """The time of one import in milliseconds. Raises `NotMeasured`."""
    sources = {Path(path.name): path for path in source.iterdir()}
    started = time.perf_counter()
    placement = build(library, PurePosixPath("Author/Title"), sources, uuid4())
    milliseconds = (time.perf_counter() - started) * 1000
    shutil.rmtree(library / "Author")
    if set(placement.methods.values()) != {method}:
        raise NotMeasured(f"the files were placed by {', '.join(placement.counts)}, not by {method}")
    return milliseconds


def _cp(source: Path, library: Path, option: str) -> float:
    target = library / "Author" / "Title"
    target.parent.mkdir(parents=True)
    started = time.perf_counter()
    subprocess.run(["cp", option, str(source), str(target)], check=True)
    milliseconds = (time.perf_counter() - started) * 1000
    shutil.rmtree(library / "Author")
    return milliseconds
