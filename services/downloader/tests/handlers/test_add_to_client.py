"""Reasons for which a release is not added to the client."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sandbox.outcomes import Outcome
from sandbox.testing import an_offer
from shared.chassis.errors import RemoteRefusedUs, RemoteUnavailable
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.candidates import ListCandidates
from shared.contracts.downloads.commands import AddToClient, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType

from .conftest import DEAD, GOOD, Bench

Make = Callable[..., Any]


async def test_a_torrent_larger_than_its_listing_is_refused_before_it_is_added(
    bench: Bench, wanted: Make, a_missing_book: Make
) -> None:
    large = an_offer(id="900001", files=[{"name": "oz.mp3", "duration_minutes": 900}], filetype="mp3")
    bench.mam.torrents["900001"] = large
    download_id = await wanted(GOOD, size_bytes=45_000_000)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    download = await bench.download(download_id)
    blocked = await bench.blocklist.list_blocklist(ListBlocklist())
    assert bench.adds() == 0
    assert (download.status, download.error_type) == (DownloadStatus.FAILED, ErrorType.NO_RELEASE)
    assert "size: the torrent has" in blocked.items[0].reason


async def test_a_torrent_that_the_tracker_refuses_is_retried_on_the_transit_ladder(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    bench.mam.error = RemoteRefusedUs("MyAnonamouse", "torrent 900001 came as a page")
    await bench.deliver()

    download = await bench.download(download_id)
    assert (download.status, download.error_type, download.retry_count) == (DownloadStatus.FAILED, ErrorType.AUTH, 1)
    assert download.next_retry_at == bench.clock.now() + timedelta(minutes=5)


async def test_the_account_is_checked_again_before_the_grab(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    bench.account.unsatisfied = 100
    await bench.deliver()

    download = await bench.download(download_id)
    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))).items
    assert download.status is DownloadStatus.QUEUED
    assert "cannot be grabbed now" in (download.waiting_for or "")
    assert (bench.mam.fetches, bench.adds()) == (0, 0)
    assert candidate.account is not None
    assert candidate.account.unsatisfied == 100


async def test_a_grab_waits_while_the_account_cannot_be_checked(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    bench.account.error = RemoteUnavailable("MyAnonamouse", "mam-search is not running")
    await bench.deliver()

    download = await bench.download(download_id)
    assert (download.status, download.next_retry_at) == (
        DownloadStatus.QUEUED,
        bench.clock.now() + timedelta(minutes=5),
    )
    assert "mam-search is not running" in (download.error or "")
    assert (bench.mam.fetches, bench.adds()) == (0, 0)


async def test_a_full_disk_reserves_nothing_at_the_account(
    bench: Bench, wanted: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    async def full() -> int:
        return 1

    monkeypatch.setattr(bench.context_loader, "free_bytes", full)
    await bench.deliver()

    assert "GiB free" in ((await bench.download(download_id)).waiting_for or "")
    assert bench.account.reserved == {}


async def test_nothing_is_grabbed_with_a_wrong_library_path(bench: Bench, wanted: Make) -> None:
    bench.library.paths = ["L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz"]
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    download = await bench.download(download_id)
    assert download.status is DownloadStatus.QUEUED
    assert "library folder: none of 1 books of Audiobookshelf" in (download.waiting_for or "")
    assert (bench.mam.fetches, bench.adds()) == (0, 0)


async def test_a_torrent_of_another_download_is_not_grabbed(
    bench: Bench, wanted: Make, stored: Make, a_missing_book: Make, torrent_hash: str
) -> None:
    await stored(a_missing_book(title="Ozma of Oz"), status=DownloadStatus.DOWNLOADING, info_hash=torrent_hash)
    download_id = await wanted(GOOD)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    assert bench.adds() == 0
    blocked = await bench.blocklist.list_blocklist(ListBlocklist())
    assert "Ozma of Oz" in blocked.items[0].reason


@pytest.fixture
async def torrent_hash(bench: Bench, a_release: Make) -> str:
    info_hash = (await bench.mam.fetch(a_release())).identity.info_hash
    bench.mam.fetches = 0
    return info_hash


async def test_a_download_cancelled_during_its_add_does_not_stay_in_the_client(
    bench: Bench, wanted: Make, torrent_hash: str
) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    add = bench.client.add

    async def cancelled_while_adding(torrent: Any, _wanted_files: Any = None) -> Any:
        there = await add(torrent)
        async with bench.transaction() as tx:
            download = await tx.downloads.get(download_id)
            assert download is not None
            download.cancelled("cancelled by a person")
            await tx.downloads.save(download)
        return there

    bench.client.add = cancelled_while_adding  # type: ignore[method-assign, assignment]
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED
    assert await bench.client.find([torrent_hash]) is None


async def test_a_torrent_that_appears_after_its_download_was_cancelled_is_removed(bench: Bench, wanted: Make) -> None:
    """The client reports an error but adds the torrent; meanwhile a person cancels."""
    download_id = await wanted(DEAD)
    info_hash = await announced_and_cancelled(bench, download_id)
    assert await bench.client.find([info_hash]) is None
    late = await bench.client.add(await bench.mam.fetch(bench.mam.releases[0]))
    assert late.hashes == (info_hash,)

    await bench.monitored()

    assert await bench.client.find([info_hash]) is None


async def announced_and_cancelled(bench: Bench, download_id: Any) -> str:
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    real = bench.client.add

    async def late(_torrent: Any, _wanted_files: Any = None) -> Any:
        await bench.cancelled(download_id)
        raise RemoteUnavailable("qBittorrent", "no answer in time")

    bench.client.add = late  # type: ignore[method-assign, assignment]
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))
    bench.client.add = real  # type: ignore[method-assign]
    download = await bench.download(download_id)
    assert download.status is DownloadStatus.CANCELLED
    return download.info_hash or ""


async def test_a_torrent_that_the_client_cannot_start_again_is_removed_and_added_again(
    bench: Bench, wanted: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Transmission does so if all files of a torrent are gone."""
    download_id = await wanted(DEAD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    bench.server.outcomes.switch_on(Outcome(kind="missingFiles", times=1))
    await bench.monitored()

    async def cannot_recover(_torrent: Any) -> bool:
        return False

    monkeypatch.setattr(bench.client, "recover", cannot_recover)
    bench.clock.forward(minutes=6)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()
    await bench.monitored()

    download = await bench.download(download_id)
    assert (download.status, download.client_state) == (DownloadStatus.DOWNLOADING, "stalledDL")
    assert bench.adds() == 2
