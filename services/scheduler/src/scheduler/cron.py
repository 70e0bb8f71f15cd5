"""When a cron line is due."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from scheduler.refusals import WrongCron, WrongTimeZone

_EVERY = re.compile(r"@every ([0-9]{1,6})([smh])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600}
_FIELDS = 5
_LONGEST_LINE = 100
TIMES_SHOWN = 5


@lru_cache(maxsize=64)
def zone_named(name: str) -> tzinfo:
    """The time zone of this name in the IANA database. Raises `WrongTimeZone`."""
    if name == "UTC":
        return UTC
    if name not in available_timezones():
        raise WrongTimeZone(f"{name!r} is no time zone: a name such as 'Europe/Warsaw', or 'UTC'")
    return ZoneInfo(name)


def next_due(line: str, after: datetime, zone: str = "UTC") -> datetime:
    """The first moment, in UTC, after `after` at which the line is due: five fields in the zone, or `@every 30s`.

    A time of day that the clocks skip in spring is due at the moment they go on; one that they show twice in autumn is
    due once. A line whose hours or minutes begin with `*` is due by the hands of the clock, so twice in a doubled hour.
    (The rule of Debian's cron.) Raises `WrongCron` or `WrongTimeZone` when they cannot be read.
    """
    local = zone_named(zone)
    if every := _EVERY.fullmatch(line.strip()):
        seconds = int(every[1]) * _UNIT_SECONDS[every[2]]
        if seconds < 1:
            raise WrongCron(f"{line!r}: the shortest time is '@every 1s'")
        return after + timedelta(seconds=seconds)
    if len(line.split()) != _FIELDS or len(line) > _LONGEST_LINE:
        raise WrongCron(f"{line!r} is no cron line: five fields such as '0 3 * * *', or '@every 30s'")
    try:
        # In the second showing of a doubled hour cronsim begins with the first one, which is over.
        return next(due for each in CronSim(line, after.astimezone(local)) if (due := each.astimezone(UTC)) > after)
    except (CronSimError, StopIteration) as error:
        why = str(error) or "it is never due"
        raise WrongCron(
            f"{line!r} is no cron line ({why}): five fields such as '0 3 * * *', or '@every 30s'"
        ) from error


def due_times(line: str, after: datetime, zone: str = "UTC") -> Iterator[datetime]:
    """The moments after `after` at which the line is due, in order, without end. Raises as `next_due`."""
    while True:
        after = next_due(line, after, zone)
        yield after


def next_times(line: str, first: datetime, zone: str = "UTC") -> list[datetime]:
    """The first due time and those that follow it, five in all."""
    return [first, *islice(due_times(line, first, zone), TIMES_SHOWN - 1)]
