"""Simultaneous imports of one download, and torrents with files of the same name."""

import asyncio
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.postgres.metrics import IMPORTS
from downloader.domain.conversion import ConversionRule
from downloader.domain.verification import ProbedAudio
from downloader.handlers.retry_failed_downloads import STUCK_AFTER
from shared.contracts.downloads.commands import ImportDownload, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.library.imports import ConfirmImport
from shared.contracts.system import CleanUp
from shared.testing.counters import Counted
from sqlalchemy import text

from .conftest import GOOD, SAME_NAME, Bench

PLACE = "L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Tom Reed}"


class SlowProbe:
    """Reads the audio as soon as `go` is set."""

    def __init__(self) -> None:
        self._probe = AvProbe(decode_all=False)
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        self.times = 0

    async def probe(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        self.times += 1
        self.begun.set()
        await self.go.wait()
        return await self._probe.probe(files, root)


@pytest.fixture
async def transferred(bench: Bench, wanted: Callable[..., Any]) -> UUID:
    download_id: UUID = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    return download_id


async def test_a_second_import_does_not_disturb_the_first(bench: Bench, transferred: UUID) -> None:
    probe = SlowProbe()
    import_download = bench.import_with(probe)
    command = ImportDownload(download_id=transferred)
    first = asyncio.create_task(import_download.import_download(command))
    await probe.begun.wait()

    await asyncio.wait_for(import_download.import_download(command), 60)
    probe.go.set()
    await first

    assert probe.times == 1
    assert len(await bench.sent(ConfirmImport)) == 1
    assert os.listdir(bench.library_path / PLACE) == [GOOD.files[0].name]


async def test_a_placed_import_is_counted_once_by_how_its_files_were_placed(bench: Bench, transferred: UUID) -> None:
    counted = Counted()
    command = ImportDownload(download_id=transferred)

    await bench.import_with(AvProbe(decode_all=False)).import_download(command)
    await bench.import_with(AvProbe(decode_all=False)).import_download(command)

    assert counted.of(IMPORTS) == {("hardlink", "placed"): 1.0}


async def test_an_import_that_still_runs_is_not_sent_again(bench: Bench, transferred: UUID) -> None:
    await bench.deliver()
    async with bench.transaction() as tx:
        download = await tx.downloads.get(transferred)
        assert download is not None
        download.library_path = None
        await tx.downloads.save(download)
        await tx.session.execute(text("update downloads.downloads set updated_at = '2026-01-01'"))
    bench.clock.forward(seconds=2 * STUCK_AFTER.total_seconds())

    async with bench.locks.held(transferred) as held:
        await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
        while_running = await bench.sent(ImportDownload)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert held
    assert while_running == []
    assert len(await bench.sent(ImportDownload)) == 1


async def test_the_lock_of_an_import_ends_with_its_connection(bench: Bench, transferred: UUID) -> None:
    async with bench.locks.held(transferred) as first:
        async with bench.locks.held(transferred) as second:
            pass
        async with bench.transaction() as tx:
            # With a timeout the function returns when the session has ended, not when the signal was sent.
            terminate = "select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and granted"
            await tx.session.execute(text(terminate))
        async with bench.locks.held(transferred) as third:
            pass

    assert (first, second, third) == (True, False, True)


async def test_a_download_that_is_cancelled_while_its_audio_is_read_is_not_placed(
    bench: Bench, transferred: UUID
) -> None:
    probe = SlowProbe()
    import_download = bench.import_with(probe)
    first = asyncio.create_task(import_download.import_download(ImportDownload(download_id=transferred)))
    await probe.begun.wait()

    await bench.cancelled(transferred)
    probe.go.set()
    await first

    assert (await bench.download(transferred)).status is DownloadStatus.CANCELLED
    assert os.listdir(bench.library_path) == []


async def test_unfinished_folders_are_cleaned_up_unless_their_import_runs(bench: Bench) -> None:
    dead, running = uuid4(), uuid4()
    for download_id in (dead, running):
        (bench.library_path / f".gapless-{download_id}-{uuid4().hex}").mkdir()

    async with bench.locks.held(running):
        cleaned = [await bench.clean_up.clean_up(CleanUp(dry_run=dry)) for dry in (True, False, False)]

    assert [each.deleted["unfinished_imports"] for each in cleaned] == [1, 1, 0]
    assert await Filesystem(bench.library_path, bench.downloads_path).unfinished_imports() == [running]


async def test_a_release_with_the_file_names_of_a_rejected_one_is_imported(
    bench: Bench, wanted: Callable[..., Any]
) -> None:
    """The rejected torrent keeps seeding a file of the same name with another recording."""
    download_id = await wanted(SAME_NAME, GOOD)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    for _ in range(2):
        await bench.deliver()
        await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    assert GOOD.files[0].name == SAME_NAME.files[0].name
    assert (download.release_id, download.error, download.library_path) == (GOOD.id, None, PLACE)
    torrents = (await bench.session.call("GET", "torrents/info")).json()
    assert sorted(torrent["progress"] for torrent in torrents) == [1, 1]
    assert len({torrent["content_path"] for torrent in torrents}) == 2


@pytest.mark.parametrize("convert", [False, True])
async def test_files_that_a_person_deletes_before_the_import_are_downloaded_again(
    bench: Bench, transferred: UUID, convert: bool
) -> None:
    if convert:
        bench.conversion = ConversionRule(tag=True)
        bench.import_download = bench.import_with(AvProbe(decode_all=False))
    delete_finished_files(bench)
    await bench.deliver()
    begun_again = await bench.download(transferred)
    for _ in range(3):
        await bench.monitored()
    await bench.deliver()

    assert begun_again.status is DownloadStatus.DOWNLOADING
    assert rechecks(bench) == 1
    assert (await bench.download(transferred)).library_path == PLACE


async def test_deleted_files_are_checked_once_and_nothing_is_imported_while_they_are_downloaded(
    bench: Bench, transferred: UUID
) -> None:
    delete_finished_files(bench)
    await bench.deliver()
    async with bench.transaction() as tx:
        download = await tx.downloads.get(transferred)
        assert download is not None
        download.completed(content_path=str(bench.downloads_path), now=bench.clock.now())  # as of an old answer
        await tx.downloads.save(download)
    await bench.import_download.import_download(ImportDownload(download_id=transferred))
    waits = await bench.download(transferred)
    for _ in range(3):
        await bench.monitored()
    delete_finished_files(bench)
    await bench.deliver()

    failed = await bench.download(transferred)
    assert waits.status is DownloadStatus.DOWNLOADING
    assert rechecks(bench) == 1
    assert (failed.status, failed.error_type) == (DownloadStatus.FAILED, ErrorType.IMPORT)
    assert "the finished files do not exist" in (failed.error or "")


async def test_a_complete_torrent_that_a_person_stopped_is_not_started_to_replace_deleted_files(
    bench: Bench, transferred: UUID
) -> None:
    info_hash = (await bench.download(transferred)).info_hash or ""
    torrent = await bench.client.find([info_hash])
    assert torrent is not None
    await bench.client.stop(torrent)
    delete_finished_files(bench)
    await bench.deliver()

    assert (await bench.download(transferred)).status is DownloadStatus.FAILED
    assert rechecks(bench) == 0


def delete_finished_files(bench: Bench) -> None:
    for folder in list(bench.downloads_path.iterdir()):
        shutil.rmtree(folder)


def rechecks(bench: Bench) -> int:
    return sum(call.path == "/api/v2/torrents/recheck" for call in bench.server.outcomes.requests)
