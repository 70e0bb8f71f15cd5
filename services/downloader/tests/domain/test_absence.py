"""Why the book of a download is not in the library yet."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from downloader.domain.absence import absence_of
from downloader.domain.conclusion import NO_RELEASE_WORDS
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.library.absences import AbsenceReason

Make = Callable[..., Any]
TOMORROW = datetime(2026, 6, 2, 12, tzinfo=UTC)
NOTHING = {"error_type": ErrorType.NO_RELEASE, "error": NO_RELEASE_WORDS}
UNACCEPTABLE = {"error_type": ErrorType.NO_RELEASE, "error": "none of 2 releases is acceptable"}


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"status": DownloadStatus.QUEUED}, AbsenceReason.SEARCHING),
        ({"status": DownloadStatus.SEARCHING, "error": "the last release was bad"}, AbsenceReason.SEARCHING),
        ({"waiting_for": "approval: “Ozma of Oz”"}, AbsenceReason.APPROVAL),
        ({"waiting_for": "a decision on 2 doubtful releases"}, AbsenceReason.DECISION),
        ({"waiting_for": "“Oz” cannot be grabbed now: free disk: 1 GiB"}, AbsenceReason.DISK),
        ({"waiting_for": "“Oz” cannot be grabbed now: no slot"}, AbsenceReason.ACCOUNT),
        ({"error_type": ErrorType.NETWORK, "next_retry_at": TOMORROW}, AbsenceReason.UNAVAILABLE),
        ({"next_retry_at": TOMORROW, "delayed_until": TOMORROW}, AbsenceReason.DELAYED),
        ({"status": DownloadStatus.DOWNLOADING}, AbsenceReason.DOWNLOADING),
        ({"status": DownloadStatus.COMPLETED}, AbsenceReason.IMPORTING),
        ({"status": DownloadStatus.COMPLETED, "waiting_for": "the choice of a book"}, AbsenceReason.DECISION),
        ({"status": DownloadStatus.IMPORTING}, AbsenceReason.IMPORTING),
        ({"status": DownloadStatus.FAILED, **NOTHING}, AbsenceReason.NO_RELEASE),
        ({"status": DownloadStatus.FAILED, **UNACCEPTABLE}, AbsenceReason.UNACCEPTABLE),
        ({"status": DownloadStatus.FAILED, "error_type": ErrorType.VERIFY}, AbsenceReason.FAILED),
        ({"status": DownloadStatus.ABANDONED, **NOTHING}, AbsenceReason.GIVEN_UP),
        ({"status": DownloadStatus.CANCELLED}, AbsenceReason.CANCELLED),
    ],
)
def test_the_reason_follows_from_the_state(a_download: Make, state: dict[str, Any], reason: AbsenceReason) -> None:
    assert absence_of(a_download(**state)).reason is reason


def test_every_status_has_a_reason(a_download: Make) -> None:
    assert all(absence_of(a_download(status=status)).reason for status in DownloadStatus)


def test_long_words_are_cut(a_download: Make) -> None:
    assert absence_of(a_download(error="x" * 5_000)).words == "x" * 1_000


def test_a_search_of_an_earlier_version_counts_as_the_last_one(a_download: Make) -> None:
    assert absence_of(a_download(searched_at=TOMORROW)).last_searched_at == TOMORROW
