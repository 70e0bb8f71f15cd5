"""The differences between versions of the Web API, as recorded from qBittorrent 4.5.2, 5.1.0 and 5.3.0.

For 5.3, the stand-in supports the differences in logins, in adding torrents, in trackers and in unknown categories.
The new fields of torrents and categories are not supported.
"""

from dataclasses import dataclass
from typing import Literal

Version = Literal["4.5", "5.1", "5.3"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The Web API of one version."""

    version: str
    api_version: str
    stop: str
    start: str
    stopped: str
    """The name of the stopped state: in states, as a filter, and as a parameter of torrents/add."""
    running: str
    never: int
    """The value of a time that is not set."""
    has_5_fields: bool
    cookie: str = "SID"
    answers_by_status: bool = False
    """Whether the answers to logins and additions are a status and JSON instead of "Ok." and "Fails."."""
    tracker_error: int = 4
    """The status of a tracker that rejects a torrent."""
    share_limits: tuple[str, ...] = ("ratioLimit", "seedingTimeLimit", "inactiveSeedingTimeLimit")
    """The required parameters of setShareLimits."""
    preferences: Literal["4.5", "5.1"] = "5.1"
    """The version whose recorded preferences are returned."""


DIALECTS: dict[Version, Dialect] = {
    "4.5": Dialect(
        "v4.5.2", "2.8.19", "pause", "resume", "paused", "resumed", 0, has_5_fields=False, preferences="4.5",
        share_limits=("ratioLimit", "seedingTimeLimit"),
    ),
    "5.1": Dialect("v5.1.0", "2.11.4", "stop", "start", "stopped", "running", -1, has_5_fields=True),
    "5.3": Dialect(
        "v5.3.0", "2.16.2", "stop", "start", "stopped", "running", -1,
        has_5_fields=True, cookie="QBT_SID_8080", answers_by_status=True, tracker_error=5,
        share_limits=(
            "ratioLimit", "seedingTimeLimit", "inactiveSeedingTimeLimit", "shareLimitAction", "shareLimitsMode",
        ),
    ),
}  # fmt: skip
