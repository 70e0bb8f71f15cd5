"""The status changes of a download, and its two retry ladders."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.download import Download
from downloader.domain.retry import DELAYS, Ladder, NextStep
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
Make = Callable[..., Any]


def waits_after(download: Download, error_type: ErrorType) -> list[timedelta]:
    """Fail until the download is abandoned; returns the delay of each retry."""
    waits = []
    while download.status is not DownloadStatus.ABANDONED:
        download.failed(error_type, "a reason", NOW)
        if download.next_retry_at is not None:
            waits.append(download.next_retry_at - NOW)
    return waits


@pytest.mark.parametrize(
    ("error_type", "ladder"),
    [
        (ErrorType.NETWORK, Ladder.TRANSIT),
        (ErrorType.AUTH, Ladder.TRANSIT),
        (ErrorType.TIMEOUT, Ladder.TRANSIT),
        (ErrorType.CLIENT, Ladder.TRANSIT),
        (ErrorType.IMPORT, Ladder.TRANSIT),
        (ErrorType.NO_RELEASE, Ladder.OFFER),
        (ErrorType.VERIFY, Ladder.OFFER),
    ],
)
def test_a_failed_download_follows_its_retry_ladder_and_is_abandoned_at_the_end(
    a_download: Make, error_type: ErrorType, ladder: Ladder
) -> None:
    download = a_download()

    assert waits_after(download, error_type) == list(DELAYS[ladder])
    assert download.next_retry_at is None
    assert download.retry_count == download.max_retries


def test_the_retry_ladders_have_the_documented_delays() -> None:
    assert [delay.total_seconds() / 60 for delay in DELAYS[Ladder.TRANSIT]] == [5, 30, 120, 360, 1440]
    assert [delay.days for delay in DELAYS[Ladder.OFFER]] == [1, 3, 7]


def test_a_transit_failure_does_not_advance_the_offer_ladder(a_download: Make) -> None:
    download = a_download()
    download.failed(ErrorType.NO_RELEASE, "nothing", NOW)
    download.failed(ErrorType.NETWORK, "away", NOW)

    assert (download.offer_failures, download.transit_failures) == (1, 1)


def test_a_deferral_counts_no_failure_and_may_repeat_without_limit(a_download: Make) -> None:
    download = a_download(transit_failures=4, offer_failures=3)
    waits = []
    for _ in range(8):
        download.defer(ErrorType.NETWORK, "the tracker is away", NOW)
        waits.append((download.next_retry_at - NOW).total_seconds() / 60)

    assert waits == [5, 30, 120, 360, 1440, 1440, 1440, 1440]
    assert (download.status, download.is_deferred) == (DownloadStatus.QUEUED, True)
    assert (download.transit_failures, download.offer_failures) == (4, 3)


def test_a_system_that_names_a_retry_time_is_not_called_before_it(a_download: Make) -> None:
    download = a_download()
    download.defer(ErrorType.NETWORK, "throttled", NOW, not_before=timedelta(hours=1))

    assert download.next_retry_at == NOW + timedelta(hours=1)


def test_the_delay_is_short_again_after_every_indexer_answered(a_download: Make) -> None:
    download = a_download(put_off_times=5)
    download.searched(NOW)
    download.defer(ErrorType.NETWORK, "away", NOW)

    assert download.next_retry_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(("by_person", "step"), [(True, NextStep.GRAB), (False, NextStep.SEARCH)])
def test_only_a_release_chosen_by_a_person_stays_chosen_in_an_outage(
    a_download: Make, a_release: Make, by_person: bool, step: NextStep
) -> None:
    download = a_download()
    download.chose(uuid4(), a_release(), by_person=by_person, now=NOW)
    download.defer(ErrorType.NETWORK, "the tracker is away", NOW)

    assert download.is_deferred
    assert download.retried() is step
    assert (download.release is not None, download.is_deferred) == (by_person, False)


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ({"status": DownloadStatus.QUEUED}, True),
        ({"status": DownloadStatus.QUEUED, "next_retry_at": NOW}, True),
        ({"status": DownloadStatus.QUEUED, "next_retry_at": NOW + timedelta(seconds=1)}, False),
        ({"status": DownloadStatus.SEARCHING}, True),
        ({"status": DownloadStatus.SEARCHING, "choice_id": uuid4()}, False),
        ({"status": DownloadStatus.FAILED, "next_retry_at": NOW}, True),
        ({"status": DownloadStatus.FAILED, "next_retry_at": NOW + timedelta(seconds=1)}, False),
        ({"status": DownloadStatus.DOWNLOADING}, False),
        ({"status": DownloadStatus.IMPORTED}, False),
        ({"status": DownloadStatus.ABANDONED}, False),
        ({"status": DownloadStatus.CANCELLED}, False),
    ],
)
def test_only_queued_interrupted_or_due_downloads_are_searched(
    a_download: Make, state: dict[str, Any], may: bool
) -> None:
    assert a_download(**state).may_be_searched(NOW) is may


def test_a_torrent_that_may_be_in_the_client_is_looked_up_before_a_search(a_download: Make, a_release: Make) -> None:
    download = a_download(release=a_release(), choice_id=uuid4(), info_hash="a" * 40)
    download.failed(ErrorType.CLIENT, "qBittorrent is away", NOW)

    assert download.next_step() is NextStep.GRAB
    assert not download.may_be_searched(NOW + timedelta(days=1))


def test_a_failed_import_is_imported_again_and_not_searched(a_download: Make, a_release: Make) -> None:
    download = a_download(release=a_release(), info_hash="a" * 40, completed_at=NOW)
    download.failed(ErrorType.IMPORT, "disk full", NOW)

    assert download.retried() is NextStep.IMPORT
    assert download.status is DownloadStatus.COMPLETED


def test_a_removed_torrent_is_dropped_and_the_next_retry_is_a_search(a_download: Make, a_release: Make) -> None:
    download = a_download(status=DownloadStatus.DOWNLOADING, release=a_release(), info_hash="a" * 40)
    download.removed(ErrorType.CLIENT, "removed by a person", NOW)

    assert download.info_hash is None
    assert download.next_step() is NextStep.SEARCH


def test_a_retry_by_a_person_resets_both_ladders(a_download: Make) -> None:
    download = a_download()
    waits_after(download, ErrorType.NO_RELEASE)

    assert download.retried_by_person() is NextStep.SEARCH
    assert (download.status, download.retry_count) == (DownloadStatus.QUEUED, 0)
