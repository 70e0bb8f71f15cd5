"""The stream of events: server-sent events, as the HTML standard defines their format."""

import json
from dataclasses import dataclass, field
from typing import Any

QUIET_SECONDS = 45.0
"""A stream without a line for this long is interrupted: the gateway sends a comment every 15 seconds."""
PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60.0


@dataclass(frozen=True)
class Event:
    """One event. `kind` is `reset` if events are missing before it: read the lists again."""

    kind: str
    data: dict[str, Any]
    id: int | None = None
    """Its position among all events; None for the speeds of downloads."""


@dataclass
class EventReader:
    """Puts lines together to events, and remembers the last id."""

    last_id: int | None
    pause_seconds: float = PAUSE_SECONDS
    connected: bool = False
    """Whether the gateway accepted the present connection."""
    _kind: str = "message"
    _id: int | None = None
    _data: list[str] = field(default_factory=list)

    def headers(self) -> dict[str, str]:
        """The header with which the stream continues after the last event."""
        return {} if self.last_id is None else {"Last-Event-ID": str(self.last_id)}

    def begin(self) -> None:
        """Forget an event that was interrupted: the gateway sends it again."""
        self.connected = True
        self._clear()

    def read(self, line: str) -> Event | None:
        """The event that this line completes, or None."""
        if not line:
            return self._complete()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            self._kind = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and value.isdecimal():
            self._id = int(value)
        elif name == "retry" and value.isdecimal():
            self.pause_seconds = min(int(value) / 1000, LONGEST_PAUSE_SECONDS)
        return None

    def _complete(self) -> Event | None:
        data, kind, number = self._data, self._kind, self._id
        self._clear()
        if number is not None:
            self.last_id = number
        if not data:
            return None
        content = json.loads("\n".join(data))
        return Event(kind, content if isinstance(content, dict) else {"value": content}, number)

    def _clear(self) -> None:
        self._kind, self._id, self._data = "message", None, []
