"""A person chooses the release that is grabbed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from downloader.domain.limits import Limits
from downloader.domain.refusals import AlreadyGrabbed, ReleaseRejected
from shared.chassis.errors import NotFound
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.commands import AddToClient, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import (
    DownloadStatus,
)
from shared.testing.clocks import ManualClock

from .conftest import GOOD, Bench

Make = Callable[..., Any]


@pytest.fixture
def waiting(bench: Bench, wanted: Make) -> Make:
    """A download that waits for approval; returns it and the id of its best candidate."""

    async def make(**changes: Any) -> tuple[UUID, UUID]:
        bench.context_loader.limits = Limits(min_free_disk_bytes=0)
        download_id = await wanted(GOOD, **changes)
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))
        page = await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))
        return download_id, page.items[0].id

    return make


@pytest.mark.parametrize("changes", [{}, {"snatched_before": True}])
async def test_an_approved_release_is_grabbed_even_if_doubtful(
    bench: Bench, waiting: Make, changes: dict[str, Any]
) -> None:
    download_id, candidate_id = await waiting(**changes)

    await bench.grab_release.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))
    await bench.deliver()

    page = await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
    assert [each.grabbed for each in page.items] == [True]


async def test_a_rejected_release_is_never_grabbed(bench: Bench, waiting: Make) -> None:
    download_id, candidate_id = await waiting(language="GER")

    with pytest.raises(ReleaseRejected, match="language"):
        await bench.grab_release.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))


async def test_a_book_is_not_grabbed_twice(bench: Bench, waiting: Make) -> None:
    download_id, candidate_id = await waiting()
    await bench.grab_release.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))

    with pytest.raises(AlreadyGrabbed):
        await bench.grab_release.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))
    assert len(await bench.sent(AddToClient)) == 1


async def test_a_chosen_release_waits_for_the_account_and_is_then_grabbed(
    bench: Bench, waiting: Make, clock: ManualClock
) -> None:
    download_id, candidate_id = await waiting()
    bench.account.unsatisfied = 100
    await bench.grab_release.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))
    await bench.deliver()

    download = await bench.download(download_id)
    assert (download.status, download.release_title) == (DownloadStatus.SEARCHING, GOOD.title)
    assert "cannot be grabbed now" in str(download.waiting_for)

    bench.account.unsatisfied = 4
    clock.forward(hours=1)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()

    download = await bench.download(download_id)
    assert (download.status, download.waiting_for) == (DownloadStatus.DOWNLOADING, None)
    assert await bench.sent(SearchForDownload) == []


async def test_another_release_is_chosen_while_the_first_one_waits(bench: Bench, waiting: Make) -> None:
    download_id, candidate_id = await waiting()
    bench.account.unsatisfied = 100
    grab = GrabRelease(download_id=download_id, candidate_id=candidate_id)
    await bench.grab_release.grab(grab)
    await bench.deliver()
    bench.account.unsatisfied = 4

    await bench.grab_release.grab(grab)
    await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_another_download_s_candidate_is_not_found(bench: Bench, waiting: Make, stored: Make) -> None:
    _, candidate_id = await waiting()

    with pytest.raises(NotFound):
        await bench.grab_release.grab(GrabRelease(download_id=await stored(), candidate_id=candidate_id))
