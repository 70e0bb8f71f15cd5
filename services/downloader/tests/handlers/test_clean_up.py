"""Old rows are deleted, and the statistics count the rest."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.system import CleanUp, TellStatistics
from sqlalchemy import text

from .conftest import Bench

Make = Callable[..., Any]


async def test_only_old_finished_downloads_are_deleted(bench: Bench, stored: Make, a_missing_book: Make) -> None:
    old = [
        await stored(a_missing_book(), status=status)
        for status in (DownloadStatus.IMPORTED, DownloadStatus.ABANDONED, DownloadStatus.QUEUED)
    ]
    new = await stored(a_missing_book(), status=DownloadStatus.IMPORTED)
    async with bench.transaction() as tx:
        for download_id, at in [(each, datetime(2026, 1, 1, tzinfo=UTC)) for each in old] + [(new, bench.clock.now())]:
            await tx.session.execute(
                text("update downloads.downloads set updated_at = :at where id = :id"), {"at": at, "id": download_id}
            )

    planned = await bench.clean_up.clean_up(CleanUp(dry_run=True))
    done = await bench.clean_up.clean_up(CleanUp())
    again = await bench.clean_up.clean_up(CleanUp())
    figures = (await bench.tell_statistics.tell_statistics(TellStatistics())).figures

    assert [each.deleted["downloads"] for each in (planned, done, again)] == [1, 1, 0]
    assert figures["downloads_by_status"] == {"abandoned": 1, "queued": 1, "imported": 1}
