"""A person retries a download."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.domain.refusals import AlreadyGrabbed, NotNow
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import (
    DownloadStatus,
    ErrorType,
    RetryDownload,
)

from .conftest import Bench

Make = Callable[..., Any]


async def test_an_abandoned_download_is_retried(bench: Bench, stored: Make) -> None:
    download_id = await stored(
        status=DownloadStatus.ABANDONED, error_type=ErrorType.NO_RELEASE, error="none", offer_failures=3
    )

    download = await bench.retry_download.retry(RetryDownload(id=download_id))

    assert (download.status, download.retry_count) == (DownloadStatus.QUEUED, 0)
    assert len(await bench.sent(SearchForDownload)) == 1


async def test_a_running_download_is_not_retried(bench: Bench, stored: Make) -> None:
    with pytest.raises(NotNow, match="downloading"):
        await bench.retry_download.retry(RetryDownload(id=await stored(status=DownloadStatus.DOWNLOADING)))


async def test_a_cancelled_download_is_not_retried_if_its_book_has_a_new_one(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    book = a_missing_book()
    download_id = await stored(book)
    await bench.cancelled(download_id)
    await stored(book)

    with pytest.raises(AlreadyGrabbed):
        await bench.retry_download.retry(RetryDownload(id=download_id))
