"""The delay of a quality profile, in which a better release may appear."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.quality_profiles import ProfileRules
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.decision import Decision
from downloader.domain.download import Download


@dataclass(frozen=True, slots=True)
class Delay:
    """The delay of one book. `until` is when it ends; None if it has not begun, because no good release was found."""

    now: datetime
    rules: ProfileRules = field(default_factory=ProfileRules)
    until: datetime | None = None

    def end_for(self, chosen: Decision) -> datetime | None:
        """When the best release may be grabbed; None if at once.

        The delay begins with the first good release. A better one does not begin it again.
        """
        hours = self.rules.delay_hours
        skipped = (self.rules.freeleech_skips_delay and chosen.is_free) or (
            self.rules.top_format_skips_delay and chosen.format == self.rules.formats[0]
        )
        if not hours or skipped:
            return None
        until = self.until or self.now + timedelta(hours=hours)
        return until if until > self.now else None


def keep_release(download: Download, release: Release, until: datetime) -> None:
    """Keep a good release until then. It is grabbed at that time unless a better one came."""
    if download.delayed_release is None or download.delayed_release.id != release.id:
        download.note("delayed", kept_words(release, until), until=until.isoformat())
    download.status = DownloadStatus.QUEUED
    download.waiting_for = download.error = download.error_type = None
    download.delayed_release, download.delayed_until, download.next_retry_at = release, until, until


def drop_kept_release(download: Download) -> None:
    """Forget the release that was kept. The next good one begins another delay."""
    if download.is_delayed:
        download.next_retry_at = None
    download.delayed_until = download.delayed_release = None


def kept_words(release: Release, until: datetime) -> str:
    """What happens to a release that is kept for a delay."""
    title, indexer = release.title, release.indexer_name
    at = f"{until:%Y-%m-%d %H:%M} UTC"
    words = f"“{title}” from {indexer} will be grabbed at {at} unless a better release appears"
    return translatable("download.kept_until", words, title=title, indexer=indexer, until=until.isoformat())
