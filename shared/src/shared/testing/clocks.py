"""A clock for tests that moves only when a test moves it."""

from datetime import UTC, datetime, timedelta


class ManualClock:
    """A clock that returns the time to which a test has set it.

    With `ticks` it advances by a millisecond each time it is read.
    """

    ticks = False

    def __init__(self, at: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        """The time to which the clock was set, in UTC."""
        if self.ticks:
            self.forward(milliseconds=1)
        return self.at

    def forward(self, **by: float) -> None:
        """Move the clock forward, with the arguments of `timedelta`."""
        self.at += timedelta(**by)
