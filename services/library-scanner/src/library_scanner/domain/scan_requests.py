"""When Audiobookshelf is asked to scan for imports that it does not show yet.

Its watcher takes a new folder up by itself about 10 s after the last change. A scan meanwhile may take the same folder
up a second time (seen with Audiobookshelf 2.36: 5 times in 410 imports). So the watcher comes first, and one scan
follows for all that still wait.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SCAN_AGAIN = timedelta(seconds=60)
"""How soon a scan is asked for again while something is still not shown."""


@dataclass(frozen=True, slots=True)
class Placements:
    """When the last import was placed, and when a scan was asked for last."""

    last_placed_at: datetime | None
    last_scan_asked_at: datetime | None


def may_ask_for_scan(placements: Placements, now: datetime, *, watcher: timedelta) -> bool:
    """Whether the watcher has had its time for everything that was placed, and no scan was asked for just now."""
    quiet = placements.last_placed_at is None or now - placements.last_placed_at >= watcher
    asked = placements.last_scan_asked_at
    return quiet and (asked is None or now - asked >= max(SCAN_AGAIN, watcher))
