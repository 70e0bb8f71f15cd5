"""The transitions of a download that failed, was deferred, is retried, or is cancelled."""

from datetime import datetime, timedelta

from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.translatable import translatable

from downloader.domain.download_state import DownloadState
from downloader.domain.retry import Ladder, NextStep, deferred_until, ladder_of, next_retry_time


class RetryTransitions(DownloadState):
    """Failing, deferring, retrying and cancelling."""

    __slots__ = ()

    def failed(self, error_type: ErrorType, reason: str, now: datetime) -> None:
        """Schedule the next retry on the ladder of this error type, or abandon the download at its end."""
        ladder = ladder_of(error_type)
        before = self.transit_failures if ladder is Ladder.TRANSIT else self.offer_failures
        self.error_type, self.error = error_type, reason
        self.waiting_for = None
        self.delayed_until = self.delayed_release = None
        self.next_retry_at = next_retry_time(ladder, before, now, self.most_retries)
        if self.next_retry_at is None:
            self.status = DownloadStatus.ABANDONED
            words = translatable("download.abandoned", f"abandoned after the last retry: {reason}", why=reason)
            self.note("abandoned", words, error_type=error_type.value)
            return
        self.note("failed", reason, error_type=error_type.value)
        self.status = DownloadStatus.FAILED
        if ladder is Ladder.TRANSIT:
            self.transit_failures += 1
        else:
            self.offer_failures += 1

    def defer(self, error_type: ErrorType, why: str, now: datetime, *, not_before: timedelta = timedelta()) -> None:
        """Retry later because a system is unavailable. However often that happens, the download does not fail.

        It is then searched again; a release that a person chose stays chosen. `not_before` is the least delay.
        """
        chosen_by_person = self.awaits_grab and self.by_person
        if not chosen_by_person:
            self._clear_choice()
        self.status = DownloadStatus.SEARCHING if chosen_by_person else DownloadStatus.QUEUED
        self.waiting_for = None
        self.error_type, self.error = error_type, why
        self.next_retry_at = deferred_until(self.put_off_times, now, not_before)
        self.put_off_times += 1
        words = translatable("download.put_off", f"deferred, because {why}", why=why)
        self.note("put_off", words, error_type=error_type.value, until=self.next_retry_at.isoformat())

    def requeued(self, error_type: ErrorType, reason: str) -> None:
        """Drop the chosen release, which is bad, and queue the download for another search."""
        title = self.release.title if self.release else ""
        words = translatable("download.refused", f"“{title}”: {reason}", title=title, why=reason) if title else reason
        self.note("release_refused", words, error_type=error_type.value)
        self._clear_choice()
        self.status = DownloadStatus.QUEUED
        self.error_type, self.error = error_type, reason
        self.waiting_for = self.next_retry_at = None

    def removed(self, error_type: ErrorType, reason: str, now: datetime) -> None:
        """Its torrent was removed from the client: fail, so that the next retry is a new search."""
        self._clear_choice()
        self.failed(error_type, reason, now)

    def retried(self) -> NextStep:
        """Continue with the next step, which is returned."""
        step = self.next_step()
        if step is NextStep.IMPORT:
            self.status = DownloadStatus.COMPLETED
        elif step is NextStep.GRAB:
            self.status = DownloadStatus.SEARCHING
        else:
            self._clear_choice()
            self.status = DownloadStatus.QUEUED
        self.next_retry_at = None
        return step

    def retried_by_person(self) -> NextStep:
        """A person retries it: reset both ladders and continue with the next step, which is returned.

        That ends a delay: the kept release, or a better one, is then grabbed.
        """
        if self.is_delayed and self.last_attempt_at is not None:
            self.delayed_until = self.last_attempt_at
        self.transit_failures = self.offer_failures = self.put_off_times = 0
        self.note("tried_again", translatable("download.tried_again", "retried by a person"))
        return self.retried()

    def cancelled(self, why: str) -> None:
        """Mark it as cancelled, with the reason."""
        self.status = DownloadStatus.CANCELLED
        self.note("cancelled", why)
        self.delayed_until = self.delayed_release = None
        self.error, self.error_type = why, None
        self.waiting_for = self.next_retry_at = None
