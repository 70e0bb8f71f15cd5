"""What people decide, and what they are refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.limits import Limits
from downloader.domain.refusals import AlreadyGrabbed, NotNow, ReleaseRejected
from shared.chassis.errors import NotFound, Refused
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.commands import AddToClient, ImportDownload, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import (
    CancelDownload,
    DownloadStatus,
    ErrorType,
    GetDownload,
    ListDownloads,
    RetryDownload,
)

from .conftest import DEAD, GOOD, Bench

Make = Callable[..., Any]


@pytest.fixture
def waiting(bench: Bench, wanted: Make) -> Make:
    """A download that waits for approval; returns it and the id of its best candidate."""

    async def make(**changes: Any) -> tuple[UUID, UUID]:
        bench.asking._surroundings.limits = Limits(min_free_disk_bytes=0)
        download_id = await wanted(GOOD, **changes)
        await bench.searching.search(SearchForDownload(download_id=download_id))
        page = await bench.reading.list_candidates(ListCandidates(download_id=download_id))
        return download_id, page.items[0].id

    return make


@pytest.mark.parametrize("changes", [{}, {"snatched_before": True}])
async def test_an_approved_release_is_grabbed_also_a_doubtful_one(
    bench: Bench, waiting: Make, changes: dict[str, Any]
) -> None:
    download_id, candidate_id = await waiting(**changes)

    await bench.deciding.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))
    await bench.carry()

    page = await bench.reading.list_candidates(ListCandidates(download_id=download_id))
    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
    assert [each.grabbed for each in page.items] == [True]


async def test_a_rejected_release_is_not_grabbed_for_anybody(bench: Bench, waiting: Make) -> None:
    download_id, candidate_id = await waiting(language="GER")

    with pytest.raises(ReleaseRejected, match="language"):
        await bench.deciding.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))


async def test_a_book_is_not_grabbed_twice(bench: Bench, waiting: Make) -> None:
    download_id, candidate_id = await waiting()
    await bench.deciding.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))

    with pytest.raises(AlreadyGrabbed):
        await bench.deciding.grab(GrabRelease(download_id=download_id, candidate_id=candidate_id))
    assert len(await bench.told(AddToClient)) == 1


async def test_another_download_s_candidate_is_not_found(bench: Bench, waiting: Make, stored: Make) -> None:
    _, candidate_id = await waiting()

    with pytest.raises(NotFound):
        await bench.deciding.grab(GrabRelease(download_id=await stored(), candidate_id=candidate_id))


async def test_an_abandoned_download_begins_anew(bench: Bench, stored: Make) -> None:
    download_id = await stored(
        status=DownloadStatus.ABANDONED, error_type=ErrorType.NO_RELEASE, error="none", offer_failures=3
    )

    download = await bench.deciding.retry(RetryDownload(id=download_id))

    assert (download.status, download.retry_count) == (DownloadStatus.QUEUED, 0)
    assert len(await bench.told(SearchForDownload)) == 1


async def test_what_is_under_way_is_not_begun_anew(bench: Bench, stored: Make) -> None:
    with pytest.raises(NotNow, match="downloading"):
        await bench.deciding.retry(RetryDownload(id=await stored(status=DownloadStatus.DOWNLOADING)))


async def test_a_cancelled_book_with_a_new_download_is_not_brought_back(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    book = a_missing_book()
    download_id = await stored(book)
    await bench.cancelled(download_id)
    await stored(book)

    with pytest.raises(AlreadyGrabbed):
        await bench.deciding.retry(RetryDownload(id=download_id))


async def test_cancelling_removes_a_torrent_of_which_nothing_came(bench: Bench, wanted: Make) -> None:
    download_id = await grabbed(bench, wanted, DEAD)

    download = await bench.cancelled(download_id)

    assert download.status is DownloadStatus.CANCELLED
    assert "removed from the client" in (download.error or "")
    assert await bench.client.find([download.info_hash or ""]) is None


async def test_cancelling_leaves_a_torrent_whose_seeding_duty_is_open_and_says_so(bench: Bench, wanted: Make) -> None:
    download_id = await grabbed(bench, wanted, GOOD)
    await bench.monitored()

    download = await bench.deciding.cancel(CancelDownload(id=download_id))

    assert "stays in the client: seeded for" in (download.error or "")
    assert await bench.client.find([download.info_hash or ""]) is not None


async def test_a_cancelled_download_is_not_imported(bench: Bench, wanted: Make) -> None:
    download_id = await grabbed(bench, wanted, GOOD)
    await bench.monitored()
    await bench.cancelled(download_id)
    await bench.carry()

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED
    assert list(bench.library_path.iterdir()) == []


async def grabbed(bench: Bench, wanted: Make, offer: Any) -> UUID:
    download_id: UUID = await wanted(offer)
    await bench.searching.search(SearchForDownload(download_id=download_id))
    await bench.carry()
    return download_id


async def test_what_is_due_is_searched_and_what_is_not_is_left(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    failed = {"status": DownloadStatus.FAILED, "error_type": ErrorType.NO_RELEASE, "error": "none"}
    due = await stored(**failed, next_retry_at=bench.clock.now())
    await stored(a_missing_book(title="Ozma"), **failed, next_retry_at=bench.clock.now() + timedelta(hours=1))

    await bench.retrying.retry_failed(RetryFailedDownloads(run_id=uuid4()))

    assert [each.download_id for each in await bench.told(SearchForDownload)] == [due]


async def test_what_stands_still_is_set_going(bench: Bench, stored: Make, a_release: Make) -> None:
    await stored(status=DownloadStatus.COMPLETED, release=a_release())
    bench.clock.time = (await first(bench)).updated_at + timedelta(hours=2)

    await bench.retrying.retry_failed(RetryFailedDownloads())

    assert len(await bench.told(ImportDownload)) == 1


async def first(bench: Bench) -> Any:
    return (await bench.reading.list_downloads(ListDownloads())).items[0]


async def test_an_unknown_download_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.reading.get_download(GetDownload(id=uuid4()))


async def test_an_unknown_sort_is_refused_with_the_fields_there_are(bench: Bench) -> None:
    with pytest.raises(Refused, match="created_at") as refused:
        await bench.reading.list_downloads(ListDownloads(sort="colour"))

    assert refused.value.status == 422
