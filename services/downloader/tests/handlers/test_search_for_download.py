"""What a search decides, and its reasons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from downloader.adapters.postgres.metrics import JUDGED
from downloader.domain.limits import Limits
from shared.chassis.errors import RemoteRefusedUs, RemoteUnavailable
from shared.contracts.downloads.candidates import ListCandidates, Verdict
from shared.contracts.downloads.commands import AddToClient, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType, RetryDownload
from shared.contracts.downloads.events import DownloadFailed
from shared.contracts.downloads.failed_attempts import ListFailedAttempts
from shared.contracts.runs import RunFinished, RunOutcome
from shared.contracts.values import Indexer
from shared.testing.counters import Counted

from .conftest import GOOD, Bench

AWAY = RemoteUnavailable("MyAnonamouse", "no answer in time")
Make = Callable[..., Any]


async def searched(bench: Bench, download_id: Any) -> Any:
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    return await bench.download(download_id)


async def test_the_best_release_is_grabbed(bench: Bench, wanted: Make) -> None:
    download = await searched(bench, await wanted(GOOD))

    assert (download.status, download.release_id) == (DownloadStatus.SEARCHING, GOOD.id)
    assert len(await bench.sent(AddToClient)) == 1


async def test_every_candidate_is_stored_with_its_reasons(bench: Bench, stored: Make, a_release: Make) -> None:
    bench.mam.releases = [a_release(), a_release(id="900002", language="GER")]
    download_id = await stored()
    await searched(bench, download_id)

    page = await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))

    assert [(each.release.id, each.verdict) for each in page.items] == [
        ("900001", Verdict.ACCEPTED),
        ("900002", Verdict.REJECTED),
    ]
    assert all(each.reasons for each in page.items)


async def test_judged_releases_are_counted_by_verdict_and_rule(bench: Bench, stored: Make, a_release: Make) -> None:
    counted = Counted()
    bench.mam.releases = [a_release(), a_release(id="2", language="GER"), a_release(id="3", language="GER")]

    await searched(bench, await stored())

    assert counted.of(JUDGED) == {("accepted", ""): 1.0, ("rejected", "language"): 2.0}


async def test_the_next_search_replaces_the_candidates(bench: Bench, stored: Make, a_release: Make) -> None:
    download_id = await stored()
    bench.mam.releases = [a_release(id="1", language="GER")]
    await searched(bench, download_id)
    bench.mam.releases = [a_release(id="2", language="GER")]
    bench.clock.forward(days=1)
    await searched(bench, download_id)

    page = await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))

    assert [each.release.id for each in page.items] == ["2"]


async def test_prowlarr_is_searched_only_when_mam_has_nothing_acceptable(
    bench: Bench, wanted: Make, stored: Make, a_release: Make
) -> None:
    await searched(bench, await wanted(GOOD))
    searches_before = bench.prowlarr.searches
    bench.mam.releases = [a_release(language="GER")]
    await searched(bench, await stored())

    assert (searches_before, bench.prowlarr.searches) == (0, 1)


async def test_a_search_without_releases_is_retried_after_a_day(bench: Bench, stored: Make) -> None:
    download = await searched(bench, await stored())

    assert (download.status, download.error_type) == (DownloadStatus.FAILED, ErrorType.NO_RELEASE)
    assert download.next_retry_at == bench.clock.now() + timedelta(days=1)


async def test_an_unavailable_indexer_defers_the_download(bench: Bench, stored: Make) -> None:
    bench.mam.error = AWAY
    download = await searched(bench, await stored())

    assert (download.status, download.error_type) == (DownloadStatus.QUEUED, ErrorType.NETWORK)
    assert "MyAnonamouse" in (download.error or "")
    assert download.next_retry_at == bench.clock.now() + timedelta(minutes=5)


async def test_a_disabled_indexer_of_prowlarr_defers_the_download(bench: Bench, stored: Make) -> None:
    bench.prowlarr.unavailable = "Prowlarr has switched off its indexer 3"
    download = await searched(bench, await stored())

    assert download.error_type is ErrorType.NETWORK


async def test_refused_credentials_have_the_error_type_auth(bench: Bench, stored: Make) -> None:
    bench.mam.error = RemoteRefusedUs("MyAnonamouse", "the session expired")

    assert (await searched(bench, await stored())).error_type is ErrorType.AUTH


async def test_a_release_is_grabbed_while_another_indexer_is_unavailable(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    bench.mam.error = AWAY
    bench.prowlarr.releases = [a_release(indexer=Indexer.PROWLARR, indexer_name="AudioTracker", id="3:x")]
    download = await searched(bench, await stored())

    assert (download.status, download.source) == (DownloadStatus.SEARCHING, "PROWLARR")


async def test_without_automatic_download_it_waits_for_approval(bench: Bench, wanted: Make) -> None:
    bench.context_loader.limits = Limits(min_free_disk_bytes=0)
    download = await searched(bench, await wanted(GOOD))

    assert download.status is DownloadStatus.QUEUED
    assert (download.waiting_for or "").startswith("approval: “The Marvelous Land of Oz”")
    assert await bench.sent(AddToClient) == []


async def test_a_doubtful_release_waits_for_a_person_and_is_named(bench: Bench, wanted: Make) -> None:
    download = await searched(bench, await wanted(GOOD, snatched_before=True))

    assert download.status is DownloadStatus.QUEUED
    assert "snatched" in (download.waiting_for or "")


async def test_nothing_is_grabbed_against_the_account_s_rules(bench: Bench, wanted: Make) -> None:
    bench.account.unsatisfied = 100
    download = await searched(bench, await wanted(GOOD))

    assert download.status is DownloadStatus.QUEUED
    assert "cannot be grabbed now: standing: got 100 unsatisfied torrents of 100" in (download.waiting_for or "")
    assert await bench.sent(AddToClient) == []


async def test_the_figures_of_the_account_are_stored_with_the_decision(bench: Bench, wanted: Make) -> None:
    bench.account.unsatisfied = 12
    download_id = await wanted(GOOD)
    await searched(bench, download_id)

    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))).items
    assert candidate.account is not None
    assert (candidate.account.unsatisfied, candidate.account.slots_left) == (12, 81)
    assert any(reason.rule == "standing" for reason in candidate.reasons)


async def test_nothing_is_grabbed_while_the_account_cannot_be_read(bench: Bench, wanted: Make) -> None:
    bench.account.error = AWAY
    download = await searched(bench, await wanted(GOOD))

    assert (download.status, download.error_type) == (DownloadStatus.QUEUED, ErrorType.NETWORK)
    assert "nothing is grabbed without the account's standing" in (download.error or "")
    assert await bench.sent(AddToClient) == []


async def test_two_grabs_do_not_use_the_last_slot_of_the_account(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    bench.account.slots = 1
    first = await stored()
    bench.mam.releases = [a_release()]
    await searched(bench, first)
    ozma = a_missing_book(title="Ozma of Oz", sequence="3")
    bench.mam.releases = [a_release(id="900009", title="Ozma of Oz", series=[{"name": "Oz", "sequence": "3"}])]
    chosen = await searched(bench, await stored(ozma))
    await bench.deliver()

    second = await bench.download(chosen.id)
    assert (await bench.download(first)).status is DownloadStatus.DOWNLOADING
    assert (second.status, second.release_id) == (DownloadStatus.QUEUED, None)
    assert "5 unsatisfied torrents of 100" in (second.waiting_for or "")


async def test_a_download_waits_for_disk_space(bench: Bench, wanted: Make) -> None:
    bench.context_loader.limits = Limits(min_free_disk_bytes=2**60, auto_download=bench.limits.auto_download)
    download = await searched(bench, await wanted(GOOD))

    assert "GiB free" in (download.waiting_for or "")


@pytest.mark.parametrize(("info_hash", "factor"), [(None, 1.1), ("a" * 40, 1.0)])
async def test_running_downloads_reserve_disk_space(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make, info_hash: str | None, factor: float
) -> None:
    """The largest possible size until the torrent is known, and then its size."""
    ozma = {"choice_id": uuid4(), "release": a_release(id="900009"), "size_bytes": 1_000_000, "info_hash": info_hash}
    await stored(a_missing_book(title="Ozma of Oz"), status=DownloadStatus.SEARCHING, **ozma)

    async with bench.transaction() as tx:
        assert await tx.downloads.remaining_bytes(excluding=uuid4()) == int(1_000_000 * factor)


async def test_a_grab_at_mam_through_prowlarr_uses_a_slot_of_the_account(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    bench.account.unsatisfied = 100
    bench.prowlarr.releases = [a_release(id="1:x", indexer=Indexer.PROWLARR, indexer_name="My Anonamouse")]
    download = await searched(bench, await stored())

    assert "100 unsatisfied torrents of 100" in (download.waiting_for or "")


async def test_a_search_does_not_replace_an_earlier_choice_of_a_person(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    choice = uuid4()
    download_id = await stored(status=DownloadStatus.SEARCHING, choice_id=choice, release=a_release(id="7"))
    bench.mam.releases = [a_release(id="8")]

    download = await searched(bench, download_id)

    assert (download.release_id, bench.mam.searches) == ("7", 0)


async def test_a_repeated_failure_is_counted_permanently(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    for days in (1, 3, 7, 7):
        await searched(bench, download_id)
        bench.clock.forward(days=days)

    page = await bench.list_downloads.list_failed_attempts(ListFailedAttempts(download_id=download_id))
    (failure,) = page.items
    assert (failure.count, failure.permanent, failure.error_type) == (4, True, ErrorType.NO_RELEASE)
    assert (await bench.download(download_id)).status is DownloadStatus.ABANDONED
    assert (await bench.sent(DownloadFailed))[-1].next_retry_at is None


async def test_a_run_ends_with_its_last_search(bench: Bench, stored: Make) -> None:
    run_id, download_id = uuid4(), await stored()
    async with bench.transaction() as tx:
        await tx.runs.open(run_id, [str(download_id)])
    bench.mam.error = AWAY

    await bench.search_for_download.search(SearchForDownload(download_id=download_id, run_id=run_id))

    (finished,) = await bench.sent(RunFinished)
    assert finished.outcome is RunOutcome.FAILED
    assert "MyAnonamouse" in finished.problems[0]


async def test_a_search_without_releases_does_not_fail_the_run(bench: Bench, stored: Make) -> None:
    run_id, download_id = uuid4(), await stored()
    async with bench.transaction() as tx:
        await tx.runs.open(run_id, [str(download_id)])

    await bench.search_for_download.search(SearchForDownload(download_id=download_id, run_id=run_id))

    (finished,) = await bench.sent(RunFinished)
    assert (finished.outcome, finished.tally.succeeded) == (RunOutcome.COMPLETED, 1)


async def test_a_release_that_we_grabbed_before_is_not_doubtful(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await searched(bench, download_id)
    await bench.deliver()
    await bench.cancelled(download_id)
    await bench.retry_download.retry(RetryDownload(id=download_id))
    bench.mam.releases = [bench.mam.releases[0].model_copy(update={"snatched_before": True})]
    await bench.deliver()

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_prowlarr_is_used_when_the_account_is_at_its_limit(bench: Bench, stored: Make, a_release: Make) -> None:
    bench.account.unsatisfied = 100
    bench.mam.releases = [a_release()]
    bench.prowlarr.releases = [a_release(id="1:x", indexer=Indexer.PROWLARR, indexer_name="AudioTracker")]

    download = await searched(bench, await stored())

    assert (download.status, download.release_id) == (DownloadStatus.SEARCHING, "1:x")


async def test_a_search_continues_until_an_acceptable_release_is_found(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    download_id = await stored()
    bench.mam.releases = [a_release(id="1", title="Ozma of Oz")]
    bench.mam.further = [[a_release(id="1", title="Ozma of Oz")], [a_release(id="2")], [a_release(id="3")]]

    download = await searched(bench, download_id)

    assert (download.release_id, bench.mam.searches, bench.prowlarr.searches) == ("2", 3, 0)


async def test_a_search_stops_at_the_first_query_with_an_acceptable_release(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    download_id = await stored()
    bench.mam.releases = [a_release(id="1")]
    bench.mam.further = [[a_release(id="2")]]

    await searched(bench, download_id)

    assert bench.mam.searches == 1


async def test_a_release_under_another_title_and_author_of_the_book_is_grabbed(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    names = {"other_titles": ["The Further Adventures of Tip"], "other_authors": ["Edith Van Dyne"]}
    download_id = await stored(a_missing_book(**names))
    bench.mam.releases = [
        a_release(id="1", title="The Further Adventures of Tip", authors=["Edith Van Dyne"], series=[])
    ]

    assert (await searched(bench, download_id)).release_id == "1"
