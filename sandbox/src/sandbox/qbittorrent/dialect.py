"""The differences between versions of the Web API, as recorded from qBittorrent 4.5.2, 5.1.0 and 5.3.0."""

from dataclasses import dataclass
from typing import Literal

Version = Literal["4.5", "5.1", "5.3"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The Web API of one version. `recording` is the version of the recordings."""

    recording: Version
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
    has_5_3_fields: bool = False
    cookie: str = "SID"
    answers_by_status: bool = False
    """Whether the answers to logins and additions are a status and JSON instead of "Ok." and "Fails.".

    Errors then name missing parameters, and there can be an API key.
    """
    tracker_error: int = 4
    """The status of a tracker that rejects a torrent."""
    share_limits: tuple[str, ...] = ("ratioLimit", "seedingTimeLimit", "inactiveSeedingTimeLimit")
    """The required parameters of setShareLimits."""


DIALECTS: dict[Version, Dialect] = {
    "4.5": Dialect(
        "4.5", "v4.5.2", "2.8.19", "pause", "resume", "paused", "resumed", 0, has_5_fields=False,
        share_limits=("ratioLimit", "seedingTimeLimit"),
    ),
    "5.1": Dialect("5.1", "v5.1.0", "2.11.4", "stop", "start", "stopped", "running", -1, has_5_fields=True),
    "5.3": Dialect(
        "5.3", "v5.3.0", "2.16.2", "stop", "start", "stopped", "running", -1,
        has_5_fields=True, has_5_3_fields=True, cookie="QBT_SID_8080", answers_by_status=True, tracker_error=5,
        share_limits=(
            "ratioLimit", "seedingTimeLimit", "inactiveSeedingTimeLimit", "shareLimitAction", "shareLimitsMode",
        ),
    ),
}  # fmt: skip
