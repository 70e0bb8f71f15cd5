"""Why the book of a download is not in the library yet."""

from shared.contracts.downloads.downloads import DownloadStatus, ErrorType, WaitsFor
from shared.contracts.library.absences import Absence, AbsenceReason
from shared.contracts.translatable import translatables

from downloader.domain.conclusion import NO_RELEASE_WORDS
from downloader.domain.delay import kept_words
from downloader.domain.download import Download
from downloader.domain.waiting import kind_of_waiting

_MAX_WORDS = 1_000
_WAITING = {
    WaitsFor.APPROVAL: AbsenceReason.APPROVAL,
    WaitsFor.DECISION: AbsenceReason.DECISION,
    WaitsFor.DISK: AbsenceReason.DISK,
    WaitsFor.ACCOUNT: AbsenceReason.ACCOUNT,
}
_BY_STATUS = {
    DownloadStatus.DOWNLOADING: AbsenceReason.DOWNLOADING,
    DownloadStatus.COMPLETED: AbsenceReason.IMPORTING,
    DownloadStatus.IMPORTING: AbsenceReason.IMPORTING,
    DownloadStatus.IMPORTED: AbsenceReason.IMPORTING,
    DownloadStatus.ABANDONED: AbsenceReason.GIVEN_UP,
    DownloadStatus.CANCELLED: AbsenceReason.CANCELLED,
}


def absence_of(download: Download) -> Absence:
    """Why the book is not in the library yet, from the state of its download."""
    reason, words = _reason(download)
    release = download.delayed_release if reason is AbsenceReason.DELAYED else download.release
    return Absence(
        reason=reason,
        words=words[:_MAX_WORDS] if words else None,
        translatable=translatables(words=words),
        download_id=download.id,
        release_title=release.title if release else None,
        last_search=download.last_search,
        last_searched_at=download.last_search_at or download.searched_at,
        next_try_at=download.next_retry_at,
    )


def _reason(download: Download) -> tuple[AbsenceReason, str | None]:
    words = download.waiting_for or download.error
    if download.status in {DownloadStatus.QUEUED, DownloadStatus.SEARCHING}:
        return _reason_before_the_client(download), _kept_words(download) or words
    if download.status is DownloadStatus.FAILED:
        return _reason_of_failure(download), words
    if download.status is DownloadStatus.COMPLETED and download.waiting_for is not None:
        return AbsenceReason.DECISION, words
    return _BY_STATUS[download.status], words


def _reason_before_the_client(download: Download) -> AbsenceReason:
    if download.is_delayed:
        return AbsenceReason.DELAYED
    if download.waiting_for is not None:
        return _WAITING[kind_of_waiting(download.waiting_for)]
    return AbsenceReason.UNAVAILABLE if download.next_retry_at is not None else AbsenceReason.SEARCHING


def _reason_of_failure(download: Download) -> AbsenceReason:
    if download.error_type is not ErrorType.NO_RELEASE:
        return AbsenceReason.FAILED
    return AbsenceReason.NO_RELEASE if download.error == NO_RELEASE_WORDS else AbsenceReason.UNACCEPTABLE


def _kept_words(download: Download) -> str | None:
    if not download.is_delayed or download.delayed_release is None or download.delayed_until is None:
        return None
    return kept_words(download.delayed_release, download.delayed_until)
