"""Releases whose audio is hostile: their verification fails and is counted, and the next release is imported."""

import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from downloader.adapters.av_probe import AvProbe
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.failed_attempts import ListFailedAttempts

from .conftest import GOOD, SAME_NAME, Bench

PLACE = "L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Tom Reed}"
CRASHES = "import json, os, sys; json.load(sys.stdin); print('ready', flush=True); os.kill(os.getpid(), 11)"


@pytest.fixture
async def transferred(bench: Bench, wanted: Callable[..., Any]) -> UUID:
    """A download whose first release is complete in the client, and not imported yet."""
    download_id: UUID = await wanted(SAME_NAME, GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    return download_id


async def rejected(bench: Bench, download_id: UUID) -> str:
    """Import the first release, which is blocked and counted, and grab the next one; returns why."""
    await bench.deliver()
    failures = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    (failure,) = failures.items
    assert (failure.error_type, failure.release_id, failure.count) == (ErrorType.VERIFY, SAME_NAME.id, 1)
    assert await bench.blocked_releases() == [SAME_NAME.id]
    return failure.reason


async def import_next(bench: Bench, download_id: UUID) -> None:
    """Import the next release, and nothing else."""
    await bench.monitored()
    await bench.deliver()
    download = await bench.download(download_id)
    assert (download.status, download.library_path) == (DownloadStatus.IMPORTING, PLACE)
    assert os.listdir(bench.library_path / PLACE) == [GOOD.files[0].name]


async def test_a_file_that_crashes_the_audio_reader_fails_the_verification_of_its_release(
    bench: Bench, transferred: UUID
) -> None:
    working = bench.import_download
    bench.import_download = bench.import_with(AvProbe(decode_all=False, reader=[sys.executable, "-c", CRASHES]))

    reason = await rejected(bench, transferred)

    bench.import_download = working
    assert "it crashed the audio reader (SIGSEGV)" in reason
    await import_next(bench, transferred)


@pytest.mark.parametrize(
    "content",
    [b"ffconcat version 1.0\nfile /etc/passwd\n", b"#EXTM3U\nhttp://127.0.0.1:9/x.mp3\n", b"", bytes(100_000)],
)
async def test_a_release_that_is_no_audio_is_rejected(bench: Bench, transferred: UUID, content: bytes) -> None:
    (file,) = bench.downloads_path.rglob("*.m4b")
    file.write_bytes(content)

    reason = await rejected(bench, transferred)

    assert file.name in reason
    await import_next(bench, transferred)
