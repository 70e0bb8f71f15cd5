"""What is due when, worked out a second time: from the calendar and the hands of the clock alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
MINUTE = timedelta(minutes=1)


def once_a_day(hour: int, minute: int, zone: str, on: Callable[[date], bool] = lambda _day: True) -> Iterator[datetime]:
    """The time of day on each such day: the moment the clocks go on when they skip it, the first when shown twice."""
    local = ZoneInfo(zone)
    for days in range(-1, 368):
        day = date(2026, 1, 1) + timedelta(days=days)
        if not on(day):
            continue
        wanted = datetime.combine(day, time(hour, minute), local)
        due = wanted.astimezone(UTC)
        if due.astimezone(local).replace(fold=0, tzinfo=None) != wanted.replace(tzinfo=None):
            # Skipped: read with the offset from before, it falls just as long after the moment of change.
            while (due - MINUTE).astimezone(local).utcoffset() == due.astimezone(local).utcoffset():
                due -= MINUTE
        yield due


def every(minutes: int, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Each moment at which the minute hand shows a multiple of so many."""
    moment, local = begin, ZoneInfo(zone)
    while moment <= end:
        if moment.astimezone(local).minute % minutes == 0:
            yield moment
        moment += MINUTE
