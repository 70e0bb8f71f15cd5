"""When a failed download is retried: two ladders of delays, after the last of which it is abandoned."""

from datetime import datetime, timedelta
from enum import StrEnum

from shared.contracts.downloads.downloads import ErrorType


class NextStep(StrEnum):
    """The step with which a failed download continues."""

    SEARCH = "search"
    GRAB = "grab"
    READ_PAGE = "read_page"
    """The client downloads the torrent, and the page of the release was asked for without an answer."""
    IMPORT = "import"
    CONVERT = "convert"
    """The files are verified, and are merged or tagged before they are placed."""
    CONFIRM = "confirm"
    """The files are placed, and the library has not reported the book yet."""
    MOVE_ASIDE = "move_aside"
    """The book is in the library, and the files of the one that it replaces are still there."""
    ANNOUNCE = "announce"
    """The book is in the library, and the metadata service has not described it yet."""


class Ladder(StrEnum):
    """Transit errors are retried soon; a missing release takes days to appear."""

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

_OFFER_ERRORS = frozenset({ErrorType.NO_RELEASE, ErrorType.VERIFY})


def ladder_of(error_type: ErrorType) -> Ladder:
    """The ladder for this kind of error."""
    return Ladder.OFFER if error_type in _OFFER_ERRORS else Ladder.TRANSIT


def next_retry_time(
    ladder: Ladder, failures_before: int, now: datetime, max_retries: int | None = None
) -> datetime | None:
    """When to retry after one more failure; None at the end of the ladder.

    `max_retries` is the number of retries that a person set. Beyond the ladder's steps, the last one is repeated.
    """
    delays = DELAYS[ladder]
    if failures_before >= (len(delays) if max_retries is None else max_retries):
        return None
    return now + delays[min(failures_before, len(delays) - 1)]


def deferred_until(times_before: int, now: datetime, not_before: timedelta) -> datetime:
    """When to retry after a system was unavailable: by the transit ladder, whose last step is repeated.

    `not_before` is the least delay that the system requires.
    """
    steps = DELAYS[Ladder.TRANSIT]
    return now + max(steps[min(times_before, len(steps) - 1)], not_before)
