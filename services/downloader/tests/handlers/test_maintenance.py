"""The story of a download, the figures, and what is deleted when it is old."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.library.imports import ImportConfirmed
from shared.contracts.mam.releases import Release
from shared.contracts.system import CleanUp, TellStatistics, TellTimeline
from sqlalchemy import text

from .conftest import GOOD, Bench

Make = Callable[..., Any]


async def test_the_story_goes_from_the_queue_to_the_library(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.searching.search(SearchForDownload(download_id=download_id))
    await bench.carry()
    await bench.monitored()
    await bench.carry()
    book_id = uuid4()
    await bench.importing.confirmed(ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=book_id))

    told = await bench.accounting.tell_timeline(TellTimeline(download_ids=[download_id]))

    kinds = [entry.kind for entry in told.entries if not entry.kind.startswith("release_")]
    assert kinds == ["queued", "searched", "chosen", "grabbed", "transferred", "imported", "confirmed"]
    assert (told.download_ids, told.book_ids) == ([download_id], [book_id])


async def test_a_missing_book_tells_why_it_is_not_here_and_what_is_to_come(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    missing = a_missing_book()
    download_id = await stored(missing)
    unseeded: Release = a_release(seeders=0)
    bench.mam.releases = [unseeded]
    await bench.searching.search(SearchForDownload(download_id=download_id))

    told = await bench.accounting.tell_timeline(TellTimeline(missing_book_ids=[missing.id]))

    (rejected,) = [entry for entry in told.entries if entry.kind == "release_rejected"]
    assert "seeders" in rejected.words
    assert told.entries[-1].to_come
    assert told.entries[-1].kind == "retry_planned"
    assert told.entries[-1].at == (await bench.download(download_id)).next_retry_at


async def test_the_same_again_is_counted_and_not_repeated(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    for _ in range(2):
        bench.clock.passes(days=2)
        await bench.searching.search(SearchForDownload(download_id=download_id))

    told = await bench.accounting.tell_timeline(TellTimeline(download_ids=[download_id]))

    (searched,) = [entry for entry in told.entries if entry.kind == "searched"]
    assert searched.details["times"] == 2


async def test_nothing_is_told_of_what_is_not_known(bench: Bench) -> None:
    told = await bench.accounting.tell_timeline(TellTimeline(book_ids=[uuid4()]))

    assert (told.entries, told.download_ids) == ([], [])


async def test_old_finished_downloads_are_deleted_and_others_stay(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
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

    planned = await bench.accounting.clean_up(CleanUp(dry_run=True))
    done = await bench.accounting.clean_up(CleanUp())
    again = await bench.accounting.clean_up(CleanUp())
    figures = (await bench.accounting.tell_statistics(TellStatistics())).figures

    assert [each.deleted["downloads"] for each in (planned, done, again)] == [1, 1, 0]
    assert figures["downloads_by_status"] == {"abandoned": 1, "queued": 1, "imported": 1}
