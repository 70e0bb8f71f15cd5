"""A download is deferred while a system that it needs is unavailable. That is not a failure of the book."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.commands import RetryFailedDownloads, SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import DownloadStatus, RetryDownload
from shared.contracts.downloads.events import DownloadFailed
from shared.contracts.downloads.failed_attempts import ListFailedAttempts
from shared.contracts.runs import RunFinished
from shared.contracts.system import TellTimeline

from .conftest import GOOD, Bench

Make = Callable[..., Any]
AWAY = RemoteUnavailable("MyAnonamouse", "no answer rpc.mam.search")


async def searched(bench: Bench, download_id: UUID) -> Any:
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    return await bench.download(download_id)


async def a_day_of_retries(bench: Bench) -> None:
    """Run the retry task every three hours for a day, which is often enough."""
    for _ in range(8):
        bench.clock.forward(hours=3)
        await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
        await bench.deliver()


@pytest.mark.parametrize(
    "error",
    [
        AWAY,
        RemoteThrottled("MyAnonamouse", "too often", 900),
        RemoteRefusedUs("MyAnonamouse", "the session expired"),
        RemoteAnsweredNonsense("MyAnonamouse", "a page for maintenance"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_outage_of_ten_days_does_not_fail_a_book(bench: Bench, wanted: Make, error: RemoteError) -> None:
    download_id = await wanted(GOOD)
    bench.mam.error = error
    await searched(bench, download_id)
    for _ in range(10):
        await a_day_of_retries(bench)
    deferred = await bench.download(download_id)
    searches = bench.mam.searches
    bench.mam.error = None
    await a_day_of_retries(bench)

    failures = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    assert (deferred.status, deferred.retry_count, failures.items) == (DownloadStatus.QUEUED, 0, [])
    assert searches <= 15, "an unavailable system is not searched again and again"
    assert await bench.sent(DownloadFailed) == []
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_deferred_download_is_shown_in_the_timeline_and_the_run(bench: Bench, stored: Make) -> None:
    run_id, download_id = uuid4(), await stored()
    async with bench.transaction() as tx:
        await tx.runs.open(run_id, [str(download_id)])
    bench.mam.error = AWAY
    await bench.search_for_download.search(SearchForDownload(download_id=download_id, run_id=run_id))

    async with bench.transaction() as tx:
        timeline = await tx.timelines.of(TellTimeline(download_ids=[download_id]))
    (finished,) = await bench.sent(RunFinished)
    assert "deferred, because MyAnonamouse: no answer" in finished.problems[0]
    assert [each.words for each in timeline.entries if each.kind == "put_off"] == [
        "deferred, because MyAnonamouse: no answer rpc.mam.search"
    ]
    assert [(each.kind, each.to_come) for each in timeline.entries][-1] == ("retry_planned", True)


async def test_the_run_reports_an_indexer_that_refused_us_even_if_another_has_the_book(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    run_id, download_id = uuid4(), await stored()
    async with bench.transaction() as tx:
        await tx.runs.open(run_id, [str(download_id)])
    bench.mam.error = RemoteRefusedUs("MyAnonamouse", "answered 403; make a new session")
    bench.prowlarr.releases = [a_release(id=GOOD.id, indexer="PROWLARR", indexer_name="AudioTracker")]
    await bench.search_for_download.search(SearchForDownload(download_id=download_id, run_id=run_id))
    await bench.deliver()

    (finished,) = await bench.sent(RunFinished)
    assert "answered 403; make a new session" in finished.problems[0]
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_deferred_download_is_not_searched_before_it_is_due(bench: Bench, a_missing_book: Make) -> None:
    bench.library.missing = [a_missing_book()]
    bench.mam.error = AWAY
    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()
    bench.clock.forward(minutes=4)
    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()
    too_early = bench.mam.searches
    bench.clock.forward(minutes=1)
    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()

    assert (too_early, bench.mam.searches) == (1, 2)


async def test_a_deferred_download_is_searched_at_once_after_the_outage(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    bench.mam.error = AWAY
    await searched(bench, download_id)
    bench.mam.error = None
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads(at_once=True))
    await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_person_can_retry_a_deferred_download_at_once(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    bench.mam.error = AWAY
    await searched(bench, download_id)
    bench.mam.error = None
    await bench.retry_download.retry(RetryDownload(id=download_id))
    await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_torrent_that_cannot_be_fetched_now_is_deferred_and_searched_again(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await searched(bench, download_id)
    bench.mam.error = RemoteUnavailable("MyAnonamouse", "maintenance")
    await bench.deliver()
    deferred = await bench.download(download_id)
    bench.mam.error = None
    bench.clock.forward(minutes=5)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()

    assert (deferred.status, deferred.retry_count, deferred.release_id) == (DownloadStatus.QUEUED, 0, None)
    assert "maintenance" in (deferred.error or "")
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_release_that_a_person_chose_is_still_chosen_after_the_outage(bench: Bench, wanted: Make) -> None:
    bench.context_loader.limits = type(bench.limits)(min_free_disk_bytes=0)
    download_id = await wanted(GOOD)
    await searched(bench, download_id)
    page = await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))
    await bench.grab_release.grab(GrabRelease(download_id=download_id, candidate_id=page.items[0].id))
    bench.account.error = AWAY
    await bench.deliver()
    deferred = await bench.download(download_id)
    bench.account.error = None
    bench.clock.forward(minutes=5)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()

    assert (deferred.status, deferred.release_id) == (DownloadStatus.SEARCHING, GOOD.id)
    assert deferred.next_retry_at is not None
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
    assert bench.mam.searches == 1


async def test_a_download_deferred_for_longer_does_not_count_as_stuck(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    bench.mam.error = RemoteThrottled("MyAnonamouse", "closed for maintenance", 6 * 3600)
    await searched(bench, download_id)
    bench.clock.forward(hours=5)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()

    assert bench.mam.searches == 1
    assert (await bench.download(download_id)).next_retry_at == bench.clock.now() + timedelta(hours=1)
