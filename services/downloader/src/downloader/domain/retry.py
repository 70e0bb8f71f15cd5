"""When a failed download is tried again: two ladders, after whose last step it is abandoned."""

from datetime import datetime, timedelta
from enum import StrEnum

from shared.contracts.downloads import ErrorType


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


def next_try(ladder: Ladder, failures_before: int, now: datetime) -> datetime | None:
    """When to try again after one more failure; None when the ladder is at its end."""
    delays = DELAYS[ladder]
    return now + delays[failures_before] if failures_before < len(delays) else None
