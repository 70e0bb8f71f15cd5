"""A person changes a download."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from downloader.domain.refusals import NotNow
from sandbox.outcomes import Outcome
from shared.chassis.errors import NotFound
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import (
    DeleteDownload,
    DownloadStatus,
    GetDownloadProgress,
    UpdateDownload,
)
from shared.contracts.downloads.failed_attempts import HideFailedAttempts, ListFailedAttempts

from .conftest import GOOD, Bench

Make = Callable[..., Any]


async def test_a_priority_set_by_a_person_survives_the_next_search(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    missing = a_missing_book()
    download_id = await stored(missing)

    await bench.update_download.update(UpdateDownload(id=download_id, priority=77))
    async with bench.transaction() as tx:
        await tx.downloads.want([missing], bench.clock.now())

    assert (await bench.download(download_id)).priority == 77


async def test_a_download_is_retried_as_often_as_a_person_sets(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    await bench.update_download.update(UpdateDownload(id=download_id, max_retries=0))

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    assert (await bench.download(download_id)).status is DownloadStatus.ABANDONED


async def test_only_a_failed_download_has_a_retry_time(bench: Bench, stored: Make) -> None:
    later = bench.clock.now() + timedelta(days=2)
    failed, queued = await stored(status=DownloadStatus.FAILED), await stored()

    changed = await bench.update_download.update(UpdateDownload(id=failed, next_retry_at=later))

    assert changed.next_retry_at == later
    with pytest.raises(NotNow, match="next_retry_at"):
        await bench.update_download.update(UpdateDownload(id=queued, next_retry_at=later))


async def test_only_an_ended_download_is_deleted(bench: Bench, stored: Make) -> None:
    ended, queued = await stored(status=DownloadStatus.CANCELLED), await stored()

    await bench.update_download.delete(DeleteDownload(id=ended))

    with pytest.raises(NotFound):
        await bench.download(ended)
    with pytest.raises(NotNow, match="queued"):
        await bench.update_download.delete(DeleteDownload(id=queued))


async def test_failures_are_hidden_until_it_fails_again(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    shown = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))

    await bench.update_download.hide_failed_attempts(HideFailedAttempts(download_id=download_id))
    hidden = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    bench.clock.forward(days=2)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    again = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))

    assert (shown.total, hidden.total) == (1, 0)
    assert [each.count for each in again.items] == [2]


async def test_progress_is_read_from_the_client_or_has_the_problem(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    bench.seconds.now += 10

    live = await bench.update_download.progress(GetDownloadProgress(id=download_id))
    bench.server.outcomes.switch_on(Outcome(kind="away"))
    stale = await bench.update_download.progress(GetDownloadProgress(id=download_id))

    assert live.live
    assert live.progress > 0
    assert (stale.live, stale.progress) == (False, 0.0)
    assert "qBittorrent" in (stale.problem or "")
