"""Playing times of the known audio editions of a book, in minutes."""

from collections.abc import Sequence

from shared.contracts.library.missing_books import MissingBook

TOLERANCE = 0.15
"""How much a listed playing time may differ from an edition's: uploaders round it, or state that of another cut."""


def known_minutes(wanted: MissingBook) -> list[int]:
    """All known playing times, shortest first; empty if there are none."""
    times = {*wanted.duration_choices, *([wanted.duration_minutes] if wanted.duration_minutes else [])}
    return sorted(each for each in times if each > 0)


def nearest(known: Sequence[float], minutes: float) -> float:
    """The known time nearest to this one."""
    return min(known, key=lambda each: abs(each - minutes))
