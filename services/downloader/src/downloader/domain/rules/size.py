"""The size must give a usual bitrate for an audiobook."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer
from shared.translatable import translatable

from downloader.domain.limits import GrabContext
from downloader.domain.playing_time import known_minutes

_NO_SIZE = translatable("release.no_size", "no size")


def size(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if the bitrate is out of bounds for the listing's playing time, or else for every known one.

    None for a magnet link that a person gave without its size: the size is checked when the client has its metadata.
    """
    if release.indexer is Indexer.MANUAL and release.size_bytes <= 0:
        return None
    minutes = [release.duration_minutes] if release.duration_minutes else known_minutes(context.wanted)
    rules, limits = context.profile.rules, context.limits
    low = limits.min_bitrate_kbps if rules.min_bitrate_kbps is None else rules.min_bitrate_kbps
    high = limits.max_bitrate_kbps if rules.max_bitrate_kbps is None else rules.max_bitrate_kbps
    want = translatable("release.bitrates", f"{low:g} to {high:g} kbit/s", low=low, high=high)
    if release.size_bytes <= 0:
        return Finding("size", Outcome.REJECTED, _NO_SIZE, want, 0.0)
    if not minutes:
        return None
    rates = [release.size_bytes * 8 / 1000 / (60 * each) for each in minutes]
    words = f"{release.size_bytes / 1e6:.1f} MB, {' or '.join(f'{rate:.0f}' for rate in rates)} kbit/s"
    got = translatable("release.size", words, size=release.size_bytes, kbps=[round(rate) for rate in rates])
    fits = any(low <= rate <= high for rate in rates)
    return Finding("size", Outcome.ACCEPTED if fits else Outcome.REJECTED, got, want, 1.0 if fits else 0.0)
