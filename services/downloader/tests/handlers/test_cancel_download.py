"""A person cancels a download."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import (
    CancelDownload,
    DownloadStatus,
)

from .conftest import DEAD, GOOD, Bench

Make = Callable[..., Any]


async def test_cancelling_removes_a_torrent_without_downloaded_data(bench: Bench, wanted: Make) -> None:
    download_id = await grabbed(bench, wanted, DEAD)

    download = await bench.cancelled(download_id)

    assert download.status is DownloadStatus.CANCELLED
    assert "removed from the client" in (download.error or "")
    assert await bench.client.find([download.info_hash or ""]) is None


async def test_cancelling_keeps_a_torrent_that_has_to_seed_and_says_so(bench: Bench, wanted: Make) -> None:
    download_id = await grabbed(bench, wanted, GOOD)
    await bench.monitored()

    download = await bench.cancel_download.cancel(CancelDownload(id=download_id))

    assert "stays in the client: seeded for" in (download.error or "")
    assert await bench.client.find([download.info_hash or ""]) is not None


async def test_a_cancelled_download_is_not_imported(bench: Bench, wanted: Make) -> None:
    download_id = await grabbed(bench, wanted, GOOD)
    await bench.monitored()
    await bench.cancelled(download_id)
    await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED
    assert list(bench.library_path.iterdir()) == []


async def grabbed(bench: Bench, wanted: Make, offer: Any) -> UUID:
    download_id: UUID = await wanted(offer)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    return download_id
