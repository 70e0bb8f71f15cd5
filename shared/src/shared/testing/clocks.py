"""A clock for tests: time goes on when they say so."""

from datetime import UTC, datetime, timedelta


class StandingClock:
    """Shows the moment it was set to."""

    def __init__(self, at: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        """Move on by so many `seconds`, `minutes`, `hours` or `days`."""
        self.at += timedelta(**by)
