"""The size for each hour of playing time must be within the bounds of the quality profile."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer
from shared.translatable import translatable

from downloader.domain.limits import GrabContext
from downloader.domain.playing_time import known_minutes

_RULE = "size per hour"
_UNKNOWN = translatable("release.unknown_playing_time", "an unknown playing time")


def size_per_hour(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if the size is out of bounds for the listing's playing time, or else for every known one.

    None if the profile has no bounds, and for a magnet link that a person gave without its size. Doubtful if no playing
    time is known.
    """
    if release.indexer is Indexer.MANUAL and release.size_bytes <= 0:
        return None
    low, high = context.profile.rules.min_mb_per_hour, context.profile.rules.max_mb_per_hour
    if low is None and high is None:
        return None
    want = _bounds(low, high)
    minutes = [release.duration_minutes] if release.duration_minutes else known_minutes(context.wanted)
    if not minutes:
        return Finding(_RULE, Outcome.DOUBTFUL, _UNKNOWN, want, 0.0)
    sizes = [release.size_bytes / 1e6 * 60 / each for each in minutes]
    words = f"{' or '.join(f'{size:.1f}' for size in sizes)} MB per hour"
    got = translatable("release.mb_per_hour", words, mb=[round(size, 1) for size in sizes])
    fits = any((low is None or size >= low) and (high is None or size <= high) for size in sizes)
    return Finding(_RULE, Outcome.ACCEPTED if fits else Outcome.REJECTED, got, want, 1.0 if fits else 0.0)


def _bounds(low: float | None, high: float | None) -> str:
    if low is None:
        return translatable("release.mb_per_hour_at_most", f"at most {high:g} MB per hour", high=high)
    if high is None:
        return translatable("release.mb_per_hour_at_least", f"at least {low:g} MB per hour", low=low)
    return translatable("release.mb_per_hour_between", f"{low:g} to {high:g} MB per hour", low=low, high=high)
