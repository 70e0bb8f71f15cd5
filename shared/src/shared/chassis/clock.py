"""Time is passed in, so that tests need not wait for it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def apart(told: datetime, asked: datetime, answered: datetime) -> timedelta:
    """Nothing when it lies between question and answer, else how far outside."""
    if told < asked:
        return told - asked
    return max(told - answered, timedelta())
