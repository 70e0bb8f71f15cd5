"""What differs between the Web API's versions, as recorded from qBittorrent 4.5.2 and 5.1.0."""

from dataclasses import dataclass
from typing import Literal

Version = Literal["4.5", "5.1"]


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


DIALECTS: dict[Version, Dialect] = {
    "4.5": Dialect("v4.5.2", "2.8.19", "pause", "resume", "paused", "resumed", 0, has_5_fields=False),
    "5.1": Dialect("v5.1.0", "2.11.4", "stop", "start", "stopped", "running", -1, has_5_fields=True),
}
