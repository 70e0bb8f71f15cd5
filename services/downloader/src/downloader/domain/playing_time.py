"""Playing times of the known audio editions of a book, in minutes."""

from collections.abc import Sequence

from shared.books.releases.rules.edition import abridged_sign
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

TOLERANCE = 0.15
"""How much a listed playing time may differ from an edition's: uploaders round it, or state that of another cut."""


def known_minutes(wanted: MissingBook) -> list[int]:
    """All known playing times, shortest first; empty if there are none."""
    times = {*wanted.duration_choices, *([wanted.duration_minutes] if wanted.duration_minutes else [])}
    return sorted(each for each in times if each > 0)


def is_abridged(release: Release) -> bool:
    """Whether the release says that it is abridged. Its playing time is then not that of a known edition."""
    return abridged_sign(release.title, release.tags, release.abridged) is not None


def expected_minutes(wanted: MissingBook, release: Release | None) -> list[int]:
    """The playing times that the audio of a release may have: of a known edition, or as it is listed.

    An abridged release can only have the listed one.
    """
    listed = [release.duration_minutes] if release and release.duration_minutes else []
    return listed if release and is_abridged(release) else [*known_minutes(wanted), *listed]


def nearest(known: Sequence[float], minutes: float) -> float:
    """The known time nearest to this one."""
    return min(known, key=lambda each: abs(each - minutes))
