"""A bad row stops no other row of a scheduled sweep. It is logged, and counted in the run."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from shared.contracts.downloads.commands import MonitorDownloads, SearchForDownload, SearchUpgrades, SearchWanted
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.events import DownloadCompleted
from shared.contracts.downloads.quality_profiles import ListQualityProfiles, NewQualityProfile, ReplaceQualityProfile
from shared.contracts.downloads.seeding import CheckSeeding, ListSeeding
from shared.contracts.runs import RunFinished
from shared.contracts.system import CleanUp
from shared.contracts.values import MissingStatus
from sqlalchemy import text

from .conftest import GOOD, SISTER, Bench

Make = Callable[..., Any]


async def change(bench: Bench, statement: str, **values: Any) -> None:
    async with bench.transaction() as tx:
        await tx.session.execute(text(statement), values)


async def make_unreadable(bench: Bench, download_id: UUID) -> None:
    """Store a row as a version with other fields would."""
    await change(bench, "update downloads.downloads set wanted = '{}' where id = :id", id=download_id)


async def make_unwritable(bench: Bench, download_id: UUID) -> None:
    """Let the database refuse each change of the row."""
    await change(
        bench,
        f"alter table downloads.downloads add constraint refused check (id <> '{download_id}') not valid",
    )


BAD_ROWS = pytest.mark.parametrize("make_bad", [make_unreadable, make_unwritable])


async def finished(bench: Bench, run_id: UUID) -> RunFinished:
    runs: list[RunFinished] = await bench.sent(RunFinished)
    (run,) = [each for each in runs if each.run_id == run_id]
    return run


@pytest.fixture
async def grabbed(bench: Bench, stored: Make, a_missing_book: Make, a_release: Make) -> list[UUID]:
    """Two downloads whose torrents are in the client; the first one is to become bad."""
    ids = []
    for offer in (GOOD, SISTER):
        bench.mam.releases = [a_release(id=offer.id, title=offer.title)]
        download_id = await stored(a_missing_book(title=offer.title))
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))
        await bench.deliver()
        assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
        ids.append(download_id)
    return ids


@BAD_ROWS
async def test_a_bad_row_stops_no_other_download_of_the_monitor(
    bench: Bench, grabbed: list[UUID], make_bad: Make
) -> None:
    bad, good = grabbed
    await make_bad(bench, bad)
    bench.seconds.now += 60
    run_id = uuid4()

    await bench.monitor_downloads.monitor(MonitorDownloads(run_id=run_id))

    assert [each.download_id for each in await bench.sent(DownloadCompleted)] == [good]
    run = await finished(bench, run_id)
    assert (run.tally.expected, run.tally.succeeded, run.tally.failed, len(run.problems)) == (2, 1, 1, 1)


async def test_a_bad_entry_stops_no_other_torrent_of_the_seeding_check(bench: Bench, grabbed: list[UUID]) -> None:
    bad, good = grabbed
    await bench.monitored()
    entries = (await bench.check_seeding.list_seeding(ListSeeding())).items
    hashes = {each.download_id: each.info_hash for each in entries}
    await change(bench, "update downloads.seeding set indexer = 'none' where info_hash = :h", h=hashes[bad])
    run_id = uuid4()

    await bench.check_seeding.check(CheckSeeding(run_id=run_id))

    async with bench.transaction() as tx:
        entry = await tx.seeding.find([hashes[good]])
    assert entry is not None
    assert entry.completed_at == bench.clock.now()
    run = await finished(bench, run_id)
    assert (run.tally.expected, run.tally.succeeded, run.tally.failed) == (2, 1, 1)
    assert hashes[bad] in run.problems[0]


async def test_a_missing_book_that_cannot_be_stored_stops_no_other_search(bench: Bench, a_missing_book: Make) -> None:
    bad, good = a_missing_book(title="Ozma\x00 of Oz"), a_missing_book(title="Tik-Tok of Oz")
    bench.library.missing = [bad, good]
    run_id = uuid4()

    await bench.search_wanted.search_wanted(SearchWanted(run_id=run_id))
    for command in await bench.sent(SearchForDownload):
        await bench.search_for_download.search(command)

    (command,) = await bench.sent(SearchForDownload)
    assert (await bench.download(command.download_id)).missing_book_id == good.id
    run = await finished(bench, run_id)
    assert (run.tally.succeeded, run.tally.failed) == (1, 1)
    assert str(bad.id) in run.problems[0]


async def test_a_bad_row_stops_no_repair_of_a_lost_event(bench: Bench, stored: Make, a_missing_book: Make) -> None:
    books = [a_missing_book(title=title, status=MissingStatus.DOWNLOADING) for title in ("Ozma", "Tik-Tok")]
    lost = {"status": DownloadStatus.ABANDONED, "error_type": ErrorType.VERIFY, "error": "no audio"}
    bad, _ = [await stored(book, **lost) for book in books]
    await make_unreadable(bench, bad)
    bench.library.missing = books
    run_id = uuid4()

    await bench.search_wanted.search_wanted(SearchWanted(run_id=run_id))

    assert "evt.downloads.download_failed" in await bench.sent_subjects()
    assert str(books[0].id) in (await finished(bench, run_id)).problems[0]


async def test_a_bad_row_stops_no_other_search_for_an_upgrade(
    bench: Bench, an_owned_book: Make, a_release: Make
) -> None:
    (default,) = await bench.quality_profiles.list_profiles(ListQualityProfiles())
    rules = NewQualityProfile.model_validate({"name": "Default", "upgrade": True})
    await bench.quality_profiles.replace(ReplaceQualityProfile(id=default.id, new=rules))
    bench.library.owned = [an_owned_book(), an_owned_book(abs_id="li_3", title="Ozma of Oz", path="Ozma")]
    await bench.search_upgrades.search_upgrades(SearchUpgrades(run_id=uuid4()))
    first, _ = [each.download_id for each in await bench.sent(SearchForDownload)]
    await bench.lose_messages()
    await change(bench, "update downloads.downloads set status = 'cancelled', updated_at = '2026-01-01'")
    await make_unreadable(bench, first)
    run_id = uuid4()

    await bench.search_upgrades.search_upgrades(SearchUpgrades(run_id=run_id))
    await bench.deliver()

    run = await finished(bench, run_id)
    assert (run.tally.succeeded, run.tally.failed) == (1, 1)


async def test_a_folder_that_cannot_be_deleted_stops_no_other_clean_up(bench: Bench) -> None:
    left = [bench.library_path / f".gapless-{uuid4()}-{'0' * 32}" for _ in range(2)]
    for folder in left:
        folder.mkdir()
    empty = bench.downloads_path / ("ab" * 20)
    empty.mkdir()
    long_ago = (bench.clock.now() - timedelta(days=900)).timestamp()
    os.utime(empty, (long_ago, long_ago))
    refuse_leftovers(bench, min(left))

    cleaned = await bench.clean_up.clean_up(CleanUp())

    assert [folder.exists() for folder in sorted(left)] == [True, False]
    assert (cleaned.deleted["unfinished_imports"], cleaned.deleted["empty_torrent_folders"]) == (1, 1)


def refuse_leftovers(bench: Bench, folder: Path) -> None:
    """Let the disk refuse to delete a folder, as one that is mounted read-only does."""
    remove = bench.folder.remove_leftovers

    async def remove_others(download_id: UUID) -> None:
        if str(download_id) in folder.name:
            raise PermissionError(1, "not permitted", str(folder))
        await remove(download_id)

    bench.folder.remove_leftovers = remove_others  # type: ignore[method-assign]
