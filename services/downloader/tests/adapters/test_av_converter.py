"""The process that merges audio ends with the service, and is limited."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from downloader.adapters.av_converter import AvConverter
from downloader.domain.audio_tags import BookTags
from downloader.domain.conversion import ConversionFailed, ConversionJob
from sandbox.content import Tags, audio_content
from shared.testing.waiting import until

ID = uuid4()
MERGE = """
import asyncio, sys
from pathlib import Path
from uuid import uuid4
from downloader.adapters.av_converter import AvConverter
from downloader.domain.audio_tags import BookTags
from downloader.domain.conversion import ConversionJob

async def shown(share):
    print(share, flush=True)
    return True

files = {Path(path.name): path for path in Path(sys.argv[1]).iterdir()}
job = ConversionJob(uuid4(), files, BookTags("Oz"), 36_000.0)
asyncio.run(AvConverter(Path(sys.argv[2])).merge(job, Path("Oz.m4b"), shown))
"""
"""A service that merges the files of a folder and prints the progress."""


async def go_on(_share: float) -> bool:
    return True


@pytest.fixture
def long_book(download_folder: Path) -> Path:
    """Two files of five hours each."""
    content = audio_content("1.mp3", 18_000, Tags("1", "Oz"))
    for name in ("1.mp3", "2.mp3"):
        (download_folder / name).write_bytes(content)
    return download_folder


def test_the_converter_ends_with_the_service(long_book: Path, library_folder: Path) -> None:
    service = subprocess.Popen(
        [sys.executable, "-c", MERGE, str(long_book), str(library_folder)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert service.stdout is not None
        assert service.stdout.readline()  # it has begun
        children = Path(f"/proc/{service.pid}/task/{service.pid}/children").read_text().split()
        assert len(children) == 1
        assert os.getpriority(os.PRIO_PROCESS, int(children[0])) == 19
    finally:
        service.send_signal(signal.SIGKILL)
        service.wait(60)

    def has_ended() -> bool:
        try:
            return "zombie" in Path(f"/proc/{children[0]}/status").read_text()
        except FileNotFoundError:
            return True

    asyncio.run(until(has_ended))


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too much processor time"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "stopped by SIGSEGV"),
        ("print('no json')", "no valid result"),
        ("", "the converter failed"),
    ],
)
async def test_a_converter_that_ends_is_named(library_folder: Path, program: str, words: str) -> None:
    source = library_folder / "1.mp3"
    source.write_bytes(b"audio")
    job = ConversionJob(ID, {Path("1.mp3"): source}, BookTags("Oz"), 10.0)
    with pytest.raises(ConversionFailed, match=words):
        await AvConverter(library_folder, [sys.executable, "-c", program]).merge(job, Path("Oz.m4b"), go_on)


async def test_a_file_that_is_no_audio_is_named(library_folder: Path) -> None:
    source = library_folder / "1.mp3"
    source.write_bytes(b"no audio" * 1000)
    job = ConversionJob(ID, {Path("1.mp3"): source}, BookTags("Oz"), 10.0)
    with pytest.raises(ConversionFailed, match="Invalid data"):
        await AvConverter(library_folder).merge(job, Path("Oz.m4b"), go_on)
