"""Due times computed a second time, from the calendar and the clock alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
MINUTE = timedelta(minutes=1)


def once_a_day(hour: int, minute: int, zone: str, on: Callable[[date], bool] = lambda _day: True) -> Iterator[datetime]:
    """Yield the time of day on each such day: right after the gap if the clocks skip it, the first if it repeats."""
    local = ZoneInfo(zone)
    for days in range(-1, 368):
        day = date(2026, 1, 1) + timedelta(days=days)
        if not on(day):
            continue
        wanted = datetime.combine(day, time(hour, minute), local)
        due = wanted.astimezone(UTC)
        if due.astimezone(local).replace(fold=0, tzinfo=None) != wanted.replace(tzinfo=None):
            # Skipped: with the offset from before the change, it falls equally long after the change.
            while (due - MINUTE).astimezone(local).utcoffset() == due.astimezone(local).utcoffset():
                due -= MINUTE
        yield due


def every(minutes: int, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield each time whose minute is a multiple of `minutes`."""
    moment, local = begin, ZoneInfo(zone)
    while moment <= end:
        if moment.astimezone(local).minute % minutes == 0:
            yield moment
        moment += MINUTE
