"""When to request a scan from Audiobookshelf for imports that it does not show yet.

Its watcher finds a new folder about 10 s after the last change. A scan at the same time may add the folder a second
time (seen with Audiobookshelf 2.36: 5 times in 410 imports). So the watcher gets time first, and then one scan serves
all imports that still wait.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

MIN_SCAN_INTERVAL = timedelta(seconds=60)
"""The least time between two scan requests."""


@dataclass(frozen=True, slots=True)
class Placements:
    """When the last import was placed, and when the last scan was requested."""

    last_placed_at: datetime | None
    last_scan_requested_at: datetime | None


def may_request_scan(placements: Placements, now: datetime, *, watcher: timedelta) -> bool:
    """Whether the watcher has had its time for every placed import, and the last scan request is long enough ago."""
    quiet = placements.last_placed_at is None or now - placements.last_placed_at >= watcher
    request = placements.last_scan_requested_at
    return quiet and (request is None or now - request >= max(MIN_SCAN_INTERVAL, watcher))
