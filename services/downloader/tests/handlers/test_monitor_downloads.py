"""Failures of downloads in the client."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.client_state import ClientState
from downloader.domain.torrent import ClientTorrent
from downloader.handlers import monitor_downloads
from sandbox.outcomes import Outcome
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.commands import MonitorDownloads, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.events import DownloadProgressed
from shared.contracts.runs import RunFinished, RunOutcome

from .conftest import DEAD, GOOD, Bench

Make = Callable[..., Any]


@pytest.fixture
def downloading(bench: Bench, wanted: Make) -> Make:
    async def start(*offers: Any) -> UUID:
        download_id: UUID = await wanted(*(offers or (DEAD,)))
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))
        await bench.deliver()
        return download_id

    return start


async def test_a_torrent_removed_by_a_person_fails_and_that_release_is_not_grabbed_again(
    bench: Bench, downloading: Make
) -> None:
    download_id = await downloading(DEAD, GOOD)
    torrent = await bench.client.find([(await bench.download(download_id)).info_hash or ""])
    assert torrent is not None
    await bench.client.remove(torrent, with_files=True)

    await bench.monitored()
    waiting = await bench.download(download_id)
    await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    blocked = await bench.blocklist.list_blocklist(ListBlocklist())
    assert (waiting.status, waiting.client_state) == (DownloadStatus.DOWNLOADING, "vanished")
    assert (download.status, download.error_type) == (DownloadStatus.FAILED, ErrorType.CLIENT)
    assert "by a person" in (download.error or "")
    assert [each.release_id for each in blocked.items] == [DEAD.id]


async def test_a_download_that_has_just_begun_is_not_stalled_because_the_poll_took_long(
    bench: Bench, downloading: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    download_id = await downloading(DEAD)
    changes = bench.client.changes

    async def slow() -> Any:
        found = await changes()
        bench.clock.forward(hours=30)
        return found

    monkeypatch.setattr(bench.client, "changes", slow)
    await bench.monitored()

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


@pytest.mark.parametrize("failure", ["errored", "missingFiles"])
async def test_an_error_in_the_client_is_retried_by_the_ladder(bench: Bench, downloading: Make, failure: str) -> None:
    download_id = await downloading()
    bench.server.outcomes.switch_on(Outcome(kind=failure, times=1))
    await bench.monitored()
    failed = await bench.download(download_id)
    bench.clock.forward(minutes=6)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()

    assert (failed.status, failed.error_type) == (DownloadStatus.FAILED, ErrorType.CLIENT)
    await bench.monitored()
    download = await bench.download(download_id)
    assert (download.status, download.client_state) == (DownloadStatus.DOWNLOADING, "stalledDL")
    assert bench.adds() == 1


async def test_every_stalled_download_has_its_tracker_asked_in_turn(
    bench: Bench, stored: Make, a_missing_book: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = ["a" * 40, "b" * 40, "c" * 40]
    for info_hash in hashes:
        await stored(a_missing_book(), status=DownloadStatus.DOWNLOADING, info_hash=info_hash)
    asked = []

    async def changes() -> tuple[bool, dict[str, ClientTorrent]]:
        return True, {each: a_stalled_torrent(each) for each in hashes}

    async def tracker_fault(torrent: ClientTorrent) -> str | None:
        asked.append(torrent.hashes[0])
        return None

    monkeypatch.setattr(bench.client, "changes", changes)
    monkeypatch.setattr(bench.client, "tracker_fault", tracker_fault)
    monkeypatch.setattr(monitor_downloads, "_MAX_TRACKER_CHECKS", 1)
    for _ in range(4):
        await bench.monitored()

    assert sorted(asked[:3]) == hashes
    assert asked[3] == asked[0]


def a_stalled_torrent(info_hash: str) -> ClientTorrent:
    return ClientTorrent(
        hashes=(info_hash,), name="Oz", state=ClientState.STALLED, client_state="stalledDL", progress=0.0, size_bytes=1
    )


async def test_a_torrent_that_a_person_stopped_waits(bench: Bench, downloading: Make) -> None:
    download_id = await downloading()
    info_hash = (await bench.download(download_id)).info_hash
    await bench.session.call("POST", "torrents/stop", data={"hashes": info_hash})

    await bench.monitored(hours=48)

    download = await bench.download(download_id)
    assert (download.status, download.client_state) == (DownloadStatus.DOWNLOADING, "stoppedDL")


async def test_an_unavailable_client_is_named_and_changes_nothing(bench: Bench, downloading: Make) -> None:
    download_id = await downloading()
    bench.server.outcomes.switch_on(Outcome(kind="away"))

    await bench.monitor_downloads.monitor(MonitorDownloads(run_id=uuid4()))

    (finished,) = await bench.sent(RunFinished)
    assert finished.outcome is RunOutcome.FAILED
    assert "qBittorrent" in finished.problems[0]
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_an_empty_answer_does_not_lose_a_download(bench: Bench, downloading: Make) -> None:
    download_id = await downloading()
    bench.server.outcomes.switch_on(Outcome(kind="empty", path="/api/v2/sync/*"))

    await bench.monitored(hours=1)
    await bench.monitored(hours=1)

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_run_reports_what_it_found(bench: Bench, downloading: Make) -> None:
    await downloading(GOOD)
    bench.seconds.now += 60

    await bench.monitor_downloads.monitor(MonitorDownloads(run_id=uuid4()))

    (finished,) = await bench.sent(RunFinished)
    assert finished.outcome is RunOutcome.COMPLETED
    assert finished.details == {"checked": 1, "completed": 1}


async def test_a_torrent_that_a_killed_client_lost_is_added_again_and_its_release_not_blocked(
    bench: Bench, downloading: Make
) -> None:
    download_id = await downloading(GOOD)
    before = await bench.download(download_id)
    bench.clock.forward(seconds=2)
    bench.restart_client()

    await bench.monitored()
    await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    blocked = await bench.blocklist.list_blocklist(ListBlocklist())
    assert (download.status, download.info_hash) == (DownloadStatus.DOWNLOADING, before.info_hash)
    assert await bench.client.find([before.info_hash or ""]) is not None
    assert (blocked.items, download.retry_count) == ([], 0)


async def test_a_torrent_is_added_again_once_only(bench: Bench, downloading: Make) -> None:
    download_id = await downloading()
    for _ in range(2):
        bench.clock.forward(seconds=2)
        bench.restart_client()
        await bench.monitored()
        await bench.monitored()
        await bench.deliver()

    download = await bench.download(download_id)
    assert (download.status, download.error_type) == (DownloadStatus.FAILED, ErrorType.CLIENT)


async def test_a_torrent_missing_long_after_its_grab_counts_as_removed(bench: Bench, downloading: Make) -> None:
    download_id = await downloading()
    bench.clock.forward(minutes=11)
    bench.restart_client()

    await bench.monitored()
    await bench.monitored()

    assert (await bench.download(download_id)).status is DownloadStatus.FAILED


async def test_progress_is_announced_once_per_percent(bench: Bench, downloading: Make) -> None:
    download_id = await downloading(GOOD)
    download = await bench.download(download_id)
    limit = {"hashes": download.info_hash, "limit": str((download.size_bytes or 0) // 400)}
    await bench.session.call("POST", "torrents/setDownloadLimit", data=limit)
    for _ in range(20):
        await bench.monitored(seconds=1)
    reported = [each.progress for each in await bench.sent(DownloadProgressed)]
    hundredths = [int(progress * 100) for progress in reported]
    assert hundredths
    assert hundredths == sorted(set(hundredths))
