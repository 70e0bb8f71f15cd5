"""What a person changes of a download, and of the blocklist."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.refusals import NotNow
from sandbox.outcomes import Outcome
from shared.chassis.errors import NotFound, RemoteUnavailable
from shared.contracts.downloads.blocklist import BlockRelease, ListBlocklist, UnblockRelease
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import (
    DeleteDownload,
    DownloadStatus,
    GetDownloadProgress,
    ListDownloads,
    SearchDownloads,
    UpdateDownload,
)
from shared.contracts.downloads.failed_attempts import HideFailedAttempts, ListFailedAttempts
from shared.contracts.downloads.interactive_search import GrabFoundRelease, SearchReleases
from shared.contracts.values import Indexer

from .conftest import GOOD, Bench

Make = Callable[..., Any]


async def test_a_priority_that_a_person_set_outlasts_the_next_look_at_what_is_missing(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    missing = a_missing_book()
    download_id = await stored(missing)

    await bench.adjusting.update(UpdateDownload(id=download_id, priority=77))
    async with bench.transaction() as tx:
        await tx.downloads.want([missing], bench.clock.now())

    assert (await bench.download(download_id)).priority == 77


async def test_a_download_is_tried_as_often_as_a_person_says(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    await bench.adjusting.update(UpdateDownload(id=download_id, max_retries=0))

    await bench.searching.search(SearchForDownload(download_id=download_id))

    assert (await bench.download(download_id)).status is DownloadStatus.ABANDONED


async def test_only_a_failed_download_has_a_next_try(bench: Bench, stored: Make) -> None:
    later = bench.clock.now() + timedelta(days=2)
    failed, queued = await stored(status=DownloadStatus.FAILED), await stored()

    changed = await bench.adjusting.update(UpdateDownload(id=failed, next_retry_at=later))

    assert changed.next_retry_at == later
    with pytest.raises(NotNow, match="next_retry_at"):
        await bench.adjusting.update(UpdateDownload(id=queued, next_retry_at=later))


async def test_only_the_record_of_an_ended_download_is_taken_away(bench: Bench, stored: Make) -> None:
    ended, queued = await stored(status=DownloadStatus.CANCELLED), await stored()

    await bench.adjusting.delete(DeleteDownload(id=ended))

    with pytest.raises(NotFound):
        await bench.download(ended)
    with pytest.raises(NotNow, match="queued"):
        await bench.adjusting.delete(DeleteDownload(id=queued))


async def test_failures_are_hidden_until_it_fails_again(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    await bench.searching.search(SearchForDownload(download_id=download_id))
    shown = await bench.reading.list_failed_attempts(ListFailedAttempts(download_id=download_id))

    await bench.adjusting.hide_failed_attempts(HideFailedAttempts(download_id=download_id))
    hidden = await bench.reading.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    bench.clock.passes(days=2)
    await bench.searching.search(SearchForDownload(download_id=download_id))
    again = await bench.reading.list_failed_attempts(ListFailedAttempts(download_id=download_id))

    assert (shown.total, hidden.total) == (1, 0)
    assert [each.count for each in again.items] == [2]


async def test_progress_is_as_the_client_shows_it_or_says_why_not(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.searching.search(SearchForDownload(download_id=download_id))
    await bench.carry()
    bench.seconds.now += 10

    live = await bench.adjusting.progress(GetDownloadProgress(id=download_id))
    bench.server.outcomes.switch_on(Outcome(kind="away"))
    stale = await bench.adjusting.progress(GetDownloadProgress(id=download_id))

    assert live.live
    assert live.progress > 0
    assert (stale.live, stale.progress) == (False, 0.0)
    assert "qBittorrent" in (stale.problem or "")


async def test_a_release_is_blocked_found_in_the_list_and_let_go(bench: Bench) -> None:
    blocked = await bench.adjusting.block(
        BlockRelease(indexer=Indexer.MAM, release_id="12", title="Oz 100%", reason="reads another book")
    )

    found = [
        (await bench.reading.list_blocklist(query)).total
        for query in (
            ListBlocklist(query="100%"), ListBlocklist(query="another"), ListBlocklist(query="tarzan"),
            ListBlocklist(indexer=Indexer.PROWLARR),
        )
    ]  # fmt: skip
    await bench.adjusting.unblock(UnblockRelease(id=blocked.id))

    assert found == [1, 1, 0, 0]
    assert (await bench.reading.list_blocklist(ListBlocklist())).total == 0
    with pytest.raises(NotFound):
        await bench.adjusting.unblock(UnblockRelease(id=blocked.id))


async def test_downloads_are_found_by_words_and_by_what_they_wait_for(bench: Bench, stored: Make) -> None:
    await stored(waiting_for="approval")

    async def found(words: str) -> int:
        return (await bench.reading.search_downloads(SearchDownloads(query=words))).total

    assert [await found("oz baum"), await found("oz doyle"), await found("%")] == [1, 0, 0]
    assert (await bench.reading.list_downloads(ListDownloads(waiting=True))).total == 1
    assert (await bench.reading.list_downloads(ListDownloads(waiting=False))).total == 0


async def test_an_interactive_search_judges_everything_and_names_who_is_away(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    missing = a_missing_book()
    bench.library.missing = [missing]
    bench.mam.releases = [a_release(id="1"), a_release(id="2", title="Ozma of Oz", seeders=0)]
    bench.prowlarr.error = RemoteUnavailable("Prowlarr", "connection refused")

    found = await bench.browsing.search(SearchReleases(missing_book_id=missing.id))

    assert [(each.release.id, each.verdict) for each in found.releases] == [
        ("1", Verdict.ACCEPTED), ("2", Verdict.REJECTED),
    ]  # fmt: skip
    assert found.releases[1].reasons
    assert found.problems == ["Prowlarr: connection refused"]
    assert (await bench.reading.list_downloads(ListDownloads())).total == 0


async def test_a_release_found_by_words_is_grabbed_without_a_download(bench: Bench, a_release: Make) -> None:
    bench.mam.releases = [a_release()]
    found = await bench.browsing.search(SearchReleases(query="marvelous land of oz"))

    release = found.releases[0].release
    taken = await bench.creating.grab(GrabFoundRelease(indexer=release.indexer, release_id=release.id))
    await bench.carry()

    assert (await bench.download(taken.id)).status is DownloadStatus.DOWNLOADING


async def test_a_search_for_a_missing_book_that_is_none_is_refused(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.browsing.search(SearchReleases(missing_book_id=uuid4()))
