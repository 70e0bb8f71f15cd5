"""A listing's playing time must be that of a known edition."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.limits import GrabContext
from downloader.domain.playing_time import TOLERANCE, is_abridged, known_minutes, nearest

_ANOTHER_BOOK = 2.0
"""More than this many times the longest edition, the release has more than this book."""


def duration(release: Release, context: GrabContext) -> Finding | None:
    """Rejected if far too short (abridged or incomplete) or too long (a pack); doubtful if it differs somewhat.

    None for an abridged recording if the profile accepts those: its playing time is its own.
    """
    known = known_minutes(context.wanted)
    got = release.duration_minutes
    if not known or not got or (context.profile.rules.abridged and is_abridged(release)):
        return None
    choice = nearest(known, got)
    words = translatable("release.minutes", f"{got} minutes", minutes=got)
    either = " or ".join(str(each) for each in known)
    want = translatable(
        "release.minutes_wanted", f"{either} minutes ±{TOLERANCE:.0%}", minutes=known, tolerance=TOLERANCE
    )
    if abs(got - choice) <= TOLERANCE * choice:
        return Finding("duration", Outcome.ACCEPTED, words, want, 1.0 - abs(got - choice) / choice)
    if got < min(known) * (1 - 2 * TOLERANCE) or got > max(known) * _ANOTHER_BOOK:
        return Finding("duration", Outcome.REJECTED, words, want, 0.0)
    return Finding("duration", Outcome.DOUBTFUL, words, want, 0.0)
