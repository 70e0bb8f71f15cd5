"""A good release is kept for the delay of its profile, and grabbed unless a better one came."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.blocklist import BlockRelease
from shared.contracts.downloads.commands import RetryFailedDownloads, SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import Download, DownloadStatus, RetryDownload
from shared.contracts.downloads.quality_profiles import (
    ListQualityProfiles,
    NewQualityProfile,
    ReplaceQualityProfile,
)
from shared.contracts.mam.releases import Release
from shared.contracts.runs import Plan, RunFinished
from shared.contracts.system import TellTimeline
from shared.contracts.values import Indexer

from .conftest import CUT_OFF, GOOD, Bench

Make = Callable[..., Any]
A_DAY = timedelta(days=1)


async def delay_by(bench: Bench, **rules: Any) -> None:
    """Give the default profile a delay of a day."""
    (default,) = await bench.quality_profiles.list_profiles(ListQualityProfiles())
    new = NewQualityProfile.model_validate({"name": "Default", "delay_hours": 24.0} | rules)
    await bench.quality_profiles.replace(ReplaceQualityProfile(id=default.id, new=new))


async def search(bench: Bench, download_id: UUID, *releases: Release) -> Download:
    bench.mam.releases = list(releases)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    return await bench.download(download_id)


async def sweep(bench: Bench) -> None:
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.deliver()


@pytest.fixture
def mp3(a_release: Make) -> Release:
    found: Release = a_release(id=GOOD.id, filetype="mp3")
    return found


@pytest.fixture
def m4b(a_release: Make) -> Release:
    found: Release = a_release(id=CUT_OFF.id)
    return found


async def test_a_good_release_is_kept_and_grabbed_when_the_delay_ends(bench: Bench, stored: Make, mp3: Release) -> None:
    await delay_by(bench)
    download_id = await stored()

    kept = await search(bench, download_id, mp3)

    assert (kept.status, kept.delayed_until) == (DownloadStatus.QUEUED, bench.clock.now() + A_DAY)
    assert (kept.delayed_release_title, kept.waiting_for, kept.error) == (mp3.title, None, None)
    bench.clock.forward(hours=23)
    await sweep(bench)
    assert (await bench.download(download_id)).status is DownloadStatus.QUEUED
    bench.clock.forward(hours=1)
    await sweep(bench)
    grabbed = await bench.download(download_id)
    assert (grabbed.status, grabbed.release_id) == (DownloadStatus.DOWNLOADING, mp3.id)
    assert (grabbed.delayed_until, grabbed.delayed_release_title) == (None, None)


async def test_a_better_release_that_appears_during_the_delay_is_grabbed_at_its_end(
    bench: Bench, stored: Make, mp3: Release, m4b: Release
) -> None:
    await delay_by(bench)
    download_id = await stored()
    until = (await search(bench, download_id, mp3)).delayed_until
    bench.clock.forward(hours=12)

    kept = await search(bench, download_id, mp3, m4b)

    assert (kept.delayed_release_title, kept.delayed_until) == (m4b.title, until)
    bench.clock.forward(hours=12)
    await sweep(bench)
    assert (await bench.download(download_id)).release_id == m4b.id


async def test_the_kept_release_is_grabbed_although_a_later_search_fails_to_find_it(
    bench: Bench, stored: Make, mp3: Release
) -> None:
    await delay_by(bench)
    download_id = await stored()
    await search(bench, download_id, mp3)
    bench.mam.releases = []
    bench.prowlarr.error = RemoteUnavailable("Prowlarr", "connection refused")
    bench.clock.forward(hours=25)

    await sweep(bench)

    assert (await bench.download(download_id)).release_id == mp3.id


async def test_every_indexer_is_searched_for_a_better_release(
    bench: Bench, stored: Make, mp3: Release, a_release: Make
) -> None:
    await delay_by(bench)
    better = a_release(id="p", indexer=Indexer.PROWLARR, indexer_name="Elsewhere", title="Land of Oz, The Marvelous")
    bench.prowlarr.releases = [better.model_copy(update={"title": "The Marvelous Land of Oz [ENG / M4B]"})]

    kept = await search(bench, await stored(), mp3)

    assert kept.delayed_release_title == "The Marvelous Land of Oz [ENG / M4B]"


@pytest.mark.parametrize(
    ("rules", "release"),
    [
        ({"freeleech_skips_delay": True}, {"filetype": "mp3", "freeleech": True}),
        ({"top_format_skips_delay": True}, {"filetype": "m4b"}),
        ({"delay_hours": 0}, {"filetype": "mp3"}),
    ],
)
async def test_a_release_may_skip_the_delay(
    bench: Bench, stored: Make, a_release: Make, rules: dict[str, Any], release: dict[str, Any]
) -> None:
    await delay_by(bench, **rules)

    grabbed = await search(bench, await stored(), a_release(**release))

    assert grabbed.status is DownloadStatus.DOWNLOADING


async def test_scheduled_searches_look_for_a_better_release_during_the_delay(
    bench: Bench, a_missing_book: Make, mp3: Release, m4b: Release
) -> None:
    await delay_by(bench)
    bench.library.missing = [a_missing_book()]
    for releases in ([mp3], [mp3, m4b]):
        bench.mam.releases = releases
        await bench.search_wanted.search_wanted(SearchWanted())
        await bench.deliver()
        bench.clock.forward(hours=6)

    async with bench.transaction() as tx:
        (download,) = await tx.downloads.of_missing_book(bench.library.missing[0].id)
    assert download.delayed_release == m4b


async def test_a_person_may_end_the_delay(bench: Bench, stored: Make, mp3: Release) -> None:
    await delay_by(bench)
    download_id = await stored()
    await search(bench, download_id, mp3)

    await bench.retry_download.retry(RetryDownload(id=download_id))
    await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_kept_release_that_is_blocked_is_dropped_and_the_next_good_one_is_kept(
    bench: Bench, stored: Make, mp3: Release, m4b: Release
) -> None:
    await delay_by(bench)
    download_id = await stored()
    await search(bench, download_id, m4b, mp3)
    bench.clock.forward(hours=1)

    await bench.blocklist.block(BlockRelease(indexer=m4b.indexer, release_id=m4b.id, title=m4b.title))
    await bench.deliver()

    kept = await bench.download(download_id)
    assert kept.delayed_until == bench.clock.now() + A_DAY
    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
    assert download is not None
    assert download.delayed_release == mp3


async def test_the_timeline_shows_when_the_kept_release_is_grabbed(bench: Bench, stored: Make, mp3: Release) -> None:
    await delay_by(bench)
    download_id = await stored()
    await search(bench, download_id, mp3)

    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(download_ids=[download_id]))

    planned = [entry for entry in timeline.entries if entry.to_come]
    assert [(entry.kind, entry.at) for entry in planned] == [("grab_planned", bench.clock.now() + A_DAY)]
    assert mp3.title in planned[0].words
    assert any(entry.kind == "delayed" for entry in timeline.entries)


async def test_a_dry_run_shows_that_a_release_would_be_kept(bench: Bench, a_missing_book: Make, mp3: Release) -> None:
    await delay_by(bench)
    bench.library.missing, bench.mam.releases = [a_missing_book()], [mp3]

    await bench.search_wanted.search_wanted(SearchWanted(dry_run=True, run_id=UUID(int=1)))

    (finished,) = await bench.sent(RunFinished)
    queued, waits = Plan.model_validate(finished.details["plan"]).actions
    assert (queued.kind, waits.kind) == ("queue", "wait")
    assert "unless a better release appears" in waits.words
