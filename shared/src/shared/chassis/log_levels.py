"""The least serious level that is logged, of this process and of each service in it, changed while they run.

A level that is set over the API holds until it is set again, its time is over, or the process ends.
"""

import logging
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from shared.contracts.logs import LogLevel, LogLevelState

_NUMBERS = {
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.INFO: logging.INFO,
    LogLevel.WARNING: logging.WARNING,
    LogLevel.ERROR: logging.ERROR,
}
_METHODS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "warn": logging.WARNING}


@dataclass(frozen=True, slots=True)
class _Chosen:
    level: LogLevel
    ends_at: float | None
    until: datetime | None


class LogLevels:
    """The level from the settings, and what was chosen instead for single services."""

    def __init__(
        self, apply: Callable[[int], None] = lambda _level: None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`apply` sets the level below which no logger of the process makes records."""
        self._apply = apply
        self._configured = LogLevel.INFO
        self._chosen: dict[str, _Chosen] = {}
        self._monotonic = monotonic

    def configure(self, level: str) -> None:
        """Set the level from the settings, such as `INFO`. What was chosen before is forgotten."""
        self._configured = LogLevel(level.lower())
        self._chosen.clear()
        self._apply(self._lowest())

    def choose(self, service: str, level: LogLevel | None, seconds: int | None, now: datetime) -> None:
        """Set the level of a service for some seconds, or until the process ends. None: the one from the settings."""
        self._chosen.pop(service, None)
        if level is not None:
            ends_at = None if seconds is None else self._monotonic() + seconds
            until = None if seconds is None else now + timedelta(seconds=seconds)
            self._chosen[service] = _Chosen(level, ends_at, until)
        self._apply(self._lowest())

    def state(self, service: str) -> LogLevelState:
        """The level of a service now, and until when it was chosen."""
        chosen = self._valid(service)
        return LogLevelState(
            service=service,
            level=chosen.level if chosen else self._configured,
            configured=self._configured,
            chosen=chosen is not None,
            until=chosen.until if chosen else None,
        )

    def is_logged(self, service: str, number: int) -> bool:
        """Whether an event of a service is logged, by the number that the standard library has for its level."""
        chosen = self._valid(service) if self._chosen else None
        return number >= _NUMBERS[chosen.level if chosen else self._configured]

    def is_line_logged(self, number: int) -> bool:
        """Whether a line of a library is logged: if the settings or the choice for any service of the process allow it.

        A line names no service, so a higher level of one service does not hide it.
        """
        for service in list(self._chosen):
            self._valid(service)
        return number >= self._lowest()

    def _lowest(self) -> int:
        return min(_NUMBERS[level] for level in (self._configured, *(each.level for each in self._chosen.values())))

    def _valid(self, service: str) -> _Chosen | None:
        chosen = self._chosen.get(service)
        if chosen is not None and chosen.ends_at is not None and self._monotonic() >= chosen.ends_at:
            del self._chosen[service]
            self._apply(self._lowest())
            return None
        return chosen


LEVELS = LogLevels(logging.getLogger().setLevel)
"""The levels of this process."""


def drop_unwanted(_logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that drops events below the level of their service. It comes first."""
    if not LEVELS.is_logged(str(event.get("service", "")), _METHODS.get(method, logging.ERROR)):
        raise structlog.DropEvent
    return event


def filter_line(record: logging.LogRecord) -> bool:
    """A filter of the handler: whether a line is logged. Events of structlog were filtered before."""
    return isinstance(record.msg, dict) or LEVELS.is_line_logged(record.levelno)
