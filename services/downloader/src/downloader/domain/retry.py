"""When a failed download is tried again: two ladders, after whose last step it is abandoned."""

from datetime import datetime, timedelta
from enum import StrEnum

from shared.contracts.downloads.downloads import ErrorType


class Ladder(StrEnum):
    """What failed in transit is soon worth another try; what was not on offer takes days to appear."""

    TRANSIT = "transit"
    OFFER = "offer"


DELAYS = {
    Ladder.TRANSIT: (
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=6),
        timedelta(hours=24),
    ),
    Ladder.OFFER: (timedelta(days=1), timedelta(days=3), timedelta(days=7)),
}

_NOT_ON_OFFER = frozenset({ErrorType.NO_RELEASE, ErrorType.VERIFY})


def ladder_of(error_type: ErrorType) -> Ladder:
    return Ladder.OFFER if error_type in _NOT_ON_OFFER else Ladder.TRANSIT


def next_try(ladder: Ladder, failures_before: int, now: datetime, most: int | None = None) -> datetime | None:
    """When to try again after one more failure; None when the ladder is at its end.

    `most` is how often a person wants it tried: less than the ladder's steps, or its last step again and again.
    """
    delays = DELAYS[ladder]
    if failures_before >= (len(delays) if most is None else most):
        return None
    return now + delays[min(failures_before, len(delays) - 1)]


def ask_again_at(times_before: int, now: datetime, not_before: timedelta) -> datetime:
    """When to ask a system again that did not answer: by the short ladder, its last step again and again.

    `not_before` is how long the system itself wants to be left alone.
    """
    steps = DELAYS[Ladder.TRANSIT]
    return now + max(steps[min(times_before, len(steps) - 1)], not_before)
