"""A download from the queue to the files in the library. Only the indexers are fakes."""

import os
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.download_client import Torrent
from downloader.domain.torrent import ClientTorrent
from shared.chassis.errors import RemoteUnavailable, TryAgainLater
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.commands import AddToClient, ImportDownload, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.events import DownloadCompleted, DownloadImported, ReleaseGrabbed
from shared.contracts.downloads.failed_attempts import ListFailedAttempts
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed

from .conftest import CUT_OFF, DEAD, GOOD, OTHER_BOOK, SISTER, Bench

RETRY = RetryFailedDownloads()
PLACE = "L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Tom Reed}"


async def test_a_wanted_book_ends_in_the_library_folder(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await wanted(GOOD)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    (confirm,) = await bench.sent(ConfirmImport)
    (grabbed,) = await bench.sent(ReleaseGrabbed)
    assert (download.status, download.library_path, download.error) == (DownloadStatus.IMPORTING, PLACE, None)
    assert os.listdir(bench.library_path / PLACE) == [GOOD.files[0].name]
    assert confirm.relative_path == PLACE
    assert grabbed.info_hash == download.info_hash
    assert len(await bench.sent(DownloadCompleted)) == 1


async def test_a_book_is_not_placed_inside_a_series_folder_that_is_a_book(
    bench: Bench, wanted: Callable[..., Any]
) -> None:
    download_id = await wanted(GOOD)
    bench.library.folders = ["L. Frank Baum/Oz"]

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    assert download.library_path == "L. Frank Baum/The Marvelous Land of Oz {Tom Reed}"


async def test_no_audio_is_read_while_the_library_is_unavailable(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await wanted(CUT_OFF)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()

    bench.library.error = RemoteUnavailable("library", "away")
    with pytest.raises(TryAgainLater):
        await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.IMPORTING
    bench.library.error = None
    await bench.import_download.import_download(ImportDownload(download_id=download_id))
    assert (await bench.download(download_id)).error_type is ErrorType.VERIFY


async def test_the_torrent_keeps_seeding_after_the_import(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await imported(bench, wanted)

    download = await bench.download(download_id)
    torrent = await bench.client.find([download.info_hash or ""])
    assert download.status is DownloadStatus.IMPORTED
    assert torrent is not None
    assert torrent.progress == 1


async def imported(bench: Bench, wanted: Callable[..., Any]) -> Any:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()
    confirmed = ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=uuid4())
    await bench.import_download.confirmed(confirmed)
    return download_id


async def test_an_import_is_announced_once_however_often_it_is_confirmed(
    bench: Bench, wanted: Callable[..., Any]
) -> None:
    download_id = await imported(bench, wanted)
    book_id = (await bench.download(download_id)).book_id
    assert book_id is not None

    again = ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=book_id)
    await bench.import_download.confirmed(again)

    (event,) = await bench.sent(DownloadImported)
    assert event.book_id == book_id


async def test_an_import_that_is_confirmed_late_is_imported(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()

    await bench.import_download.unconfirmed(ImportUnconfirmed(download_id=download_id, why="not shown after 60 s"))
    meanwhile = await bench.download(download_id)
    await bench.import_download.confirmed(
        ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=uuid4())
    )

    assert (meanwhile.status, meanwhile.error) == (DownloadStatus.IMPORTING, "not shown after 60 s")
    assert (await bench.download(download_id)).status is DownloadStatus.IMPORTED


async def test_a_broken_upload_is_blocked_and_the_next_release_grabbed(
    bench: Bench, wanted: Callable[..., Any]
) -> None:
    download_id = await wanted(CUT_OFF, GOOD)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()
    between = await bench.download(download_id)
    await bench.monitored()
    await bench.deliver()

    blocked = await bench.blocklist.list_blocklist(ListBlocklist())
    failures = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    assert [each.release_id for each in blocked.items] == [CUT_OFF.id]
    assert [each.error_type for each in failures.items] == [ErrorType.VERIFY]
    assert (between.status, between.release_id) == (DownloadStatus.DOWNLOADING, GOOD.id)
    assert (await bench.download(download_id)).status is DownloadStatus.IMPORTING
    assert os.listdir(bench.library_path / PLACE) == [GOOD.files[0].name]


async def test_a_dead_torrent_is_removed_and_the_next_release_grabbed(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await wanted(DEAD, GOOD)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    dead_hash = (await bench.download(download_id)).info_hash or ""
    await bench.monitored(hours=1)
    early = await bench.download(download_id)
    await bench.monitored(hours=24)
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()

    assert (early.status, early.release_id) == (DownloadStatus.DOWNLOADING, DEAD.id)
    assert await bench.client.find([dead_hash]) is None
    late = await bench.download(download_id)
    assert (late.status, late.release_id) == (DownloadStatus.IMPORTING, GOOD.id)


async def test_adding_again_after_a_crash_adds_nothing(
    bench: Bench, wanted: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between "added" and "stored": the message is redelivered, and the client already has the torrent."""
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    add = bench.client.add

    async def added_and_killed(torrent: Torrent, _wanted_files: Any = None) -> ClientTorrent:
        await add(torrent)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bench.client, "add", added_and_killed)
        with pytest.raises(KeyboardInterrupt):
            await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    assert bench.adds() == 1
    assert bench.mam.fetches == 1
    assert len(await bench.sent(ReleaseGrabbed)) == 1
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_message_redelivered_after_the_grab_does_not_change_the_torrent(
    bench: Bench, wanted: Callable[..., Any]
) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    download = await bench.download(download_id)
    assert download.status is DownloadStatus.DOWNLOADING
    assert await bench.client.find([download.info_hash or ""]) is not None
    assert (bench.adds(), bench.mam.searches) == (1, 1)


async def test_placing_again_after_a_crash_changes_nothing(
    bench: Bench, wanted: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()

    place = bench.folder.place

    async def placed_and_killed(*what: Any) -> None:
        await place(*what)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bench.folder, "place", placed_and_killed)
        with pytest.raises(KeyboardInterrupt):
            await bench.import_download.import_download(ImportDownload(download_id=download_id))
    for _ in range(2):
        await bench.import_download.import_download(ImportDownload(download_id=download_id))

    assert len(await bench.sent(ConfirmImport)) == 1
    assert os.listdir(bench.library_path / PLACE) == [GOOD.files[0].name]


async def test_an_unavailable_client_is_retried_with_the_same_release(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    real = bench.client.add

    async def added_without_response(torrent: Any, _wanted_files: Any = None) -> Any:
        await real(torrent)
        raise RemoteUnavailable("qBittorrent", "no answer in time")

    bench.client.add = added_without_response  # type: ignore[method-assign, assignment]
    await bench.deliver()
    failed = await bench.download(download_id)
    bench.client.add = real  # type: ignore[method-assign]
    bench.clock.forward(minutes=6)
    await bench.retry_failed_downloads.retry_failed(RETRY)
    await bench.deliver()

    assert (failed.status, failed.error_type) == (DownloadStatus.FAILED, ErrorType.NETWORK)
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
    assert (bench.adds(), bench.mam.searches) == (1, 1)


async def test_files_of_another_book_are_rejected_and_the_next_release_grabbed(
    bench: Bench, wanted: Callable[..., Any]
) -> None:
    download_id = await wanted(OTHER_BOOK, GOOD)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    for _ in range(2):
        await bench.deliver()
        await bench.monitored()
    await bench.deliver()

    failures = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    download = await bench.download(download_id)
    assert [each.reason for each in failures.items] == [
        "contents: 'Bram Stoker - Dracula' names “Dracula” by Bram Stoker,"
        " not “The Marvelous Land of Oz” by L. Frank Baum"
    ]
    assert (download.release_id, download.library_path) == (GOOD.id, PLACE)


async def test_files_of_another_book_by_the_author_are_rejected(bench: Bench, wanted: Callable[..., Any]) -> None:
    bench.library.titles = ["The Marvelous Land of Oz", "Queen Zixi of Ix"]
    download_id = await wanted(SISTER)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()

    failures = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    (reason,) = [each.reason for each in failures.items if each.error_type is ErrorType.VERIFY]
    assert "“Queen Zixi of Ix”, another book of that author or series" in reason
