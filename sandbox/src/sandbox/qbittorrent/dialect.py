"""What differs between the Web API's versions, as recorded from qBittorrent 4.5.2, 5.1.0 and 5.3.0.

Of 5.3 the stand-in speaks what differs in logins, in adding torrents, in trackers and in unknown categories; further
fields of its torrents and categories are left out.
"""

from dataclasses import dataclass
from typing import Literal

Version = Literal["4.5", "5.1", "5.3"]


@dataclass(frozen=True, slots=True)
class Dialect:
    version: str
    api_version: str
    stop: str
    start: str
    stopped: str
    """The word for a torrent that was stopped: in states, as a filter, and as parameter of torrents/add."""
    running: str
    never: int
    """How a time that has not come is told."""
    has_5_fields: bool
    cookie: str = "SID"
    says_by_status: bool = False
    """Whether logins and additions are answered with a status and JSON, not with "Ok." and "Fails."."""
    tracker_error: int = 4
    """The status of a tracker that refuses a torrent."""
    preferences: Literal["4.5", "5.1"] = "5.1"
    """The recorded version whose preferences are shown."""


DIALECTS: dict[Version, Dialect] = {
    "4.5": Dialect(
        "v4.5.2", "2.8.19", "pause", "resume", "paused", "resumed", 0, has_5_fields=False, preferences="4.5",
    ),
    "5.1": Dialect("v5.1.0", "2.11.4", "stop", "start", "stopped", "running", -1, has_5_fields=True),
    "5.3": Dialect(
        "v5.3.0", "2.16.2", "stop", "start", "stopped", "running", -1,
        has_5_fields=True, cookie="QBT_SID_8080", says_by_status=True, tracker_error=5,
    ),
}  # fmt: skip
