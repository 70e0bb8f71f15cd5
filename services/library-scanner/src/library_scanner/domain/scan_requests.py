"""When to request a scan from Audiobookshelf for imports that it does not show yet.

Its watcher finds a new folder about 10 s after the last change. A scan at the same time may add the folder a second
time (seen with Audiobookshelf 2.36: 5 times in 410 imports). So the watcher gets time first, and then one scan serves
all imports that still wait.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

MIN_SCAN_INTERVAL = timedelta(seconds=60)
"""The least time between two scan requests."""
LONGEST_WAIT = timedelta(minutes=2)
"""The longest time from the placement of an import to the scan request, however many imports follow."""


@dataclass(frozen=True, slots=True)
class Placements:
    """When imports were placed, and when the last scan was requested."""

    last_placed_at: datetime | None
    last_scan_requested_at: datetime | None
    waits_since: datetime | None = None
    """When the oldest import was placed for which no scan was requested yet."""


def may_request_scan(placements: Placements, now: datetime, *, watcher: timedelta) -> bool:
    """Whether the watcher has had its time, and the last scan request is long enough ago.

    The watcher has its time for every placed import. But while further imports are placed, none waits for the scan
    longer than `LONGEST_WAIT`: a watcher that has not found a folder by then finds none.
    """
    quiet = placements.last_placed_at is None or now - placements.last_placed_at >= watcher
    quiet = quiet or (placements.waits_since is not None and now - placements.waits_since >= LONGEST_WAIT)
    request = placements.last_scan_requested_at
    return quiet and (request is None or now - request >= max(MIN_SCAN_INTERVAL, watcher))
