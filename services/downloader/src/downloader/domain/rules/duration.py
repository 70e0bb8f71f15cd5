"""The playing time of a listing must be that of a known edition of the book."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.releases import Release

from downloader.domain.limits import Situation
from downloader.domain.playing_time import TOLERANCE, known_minutes, nearest

_ANOTHER_BOOK = 2.0
"""Times the longest edition from which on it cannot be the book alone."""


def duration(release: Release, situation: Situation) -> Finding | None:
    """Too short is rejected (abridged, or cut off), too long is rejected (a pack), a little off is doubtful."""
    known = known_minutes(situation.wanted)
    got = release.duration_minutes
    if not known or not got:
        return None
    choice = nearest(known, got)
    words = f"{got} minutes"
    want = f"{' or '.join(str(each) for each in known)} minutes, to {TOLERANCE:.0%}"
    if abs(got - choice) <= TOLERANCE * choice:
        return Finding("duration", Outcome.ACCEPTED, words, want, 1.0 - abs(got - choice) / choice)
    if got < min(known) * (1 - 2 * TOLERANCE) or got > max(known) * _ANOTHER_BOOK:
        return Finding("duration", Outcome.REJECTED, words, want, 0.0)
    return Finding("duration", Outcome.DOUBTFUL, words, want, 0.0)
