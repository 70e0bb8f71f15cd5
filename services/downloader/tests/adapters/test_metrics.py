"""The gauges of downloads for `/metrics`."""

from collections.abc import Callable
from typing import Any

from downloader.adapters.postgres.metrics import GAUGES
from shared.chassis.database import Database
from shared.contracts.downloads.downloads import DownloadStatus
from shared.testing.gauges import read_gauges


async def test_downloads_are_counted_by_status_and_health(database: Database, stored: Callable[..., Any]) -> None:
    await stored(status=DownloadStatus.QUEUED)
    await stored(status=DownloadStatus.QUEUED, waiting_for="approval of 1 release")
    await stored(status=DownloadStatus.IMPORTED)

    figures = await read_gauges(database, GAUGES)

    assert figures["gapless_queue_total"] == {("queued", "ok", ""): 1.0, ("queued", "warning", ""): 1.0}
    assert figures["gapless_history_total"] == {("imported",): 1.0}
    assert figures["gapless_imports_waiting"] == {(): 0.0}
