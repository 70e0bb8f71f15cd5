"""Clocks. A clock is passed as a parameter, so that tests need not wait."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """The current time, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The current time, in UTC."""
        return datetime.now(UTC)


def clock_difference(reported: datetime, sent: datetime, received: datetime) -> timedelta:
    """The least difference of another clock that explains the time it reported.

    `sent` and `received` are when the request was sent and its answer received, by our clock. The result is negative
    when the other clock is behind, and zero when the reported time lies in between.
    """
    if reported < sent:
        return reported - sent
    return max(reported - received, timedelta())
