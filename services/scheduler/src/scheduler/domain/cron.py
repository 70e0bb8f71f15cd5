"""Due times of cron lines."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError
from shared.translatable import translatable

from scheduler.domain.refusals import WrongCron, WrongTimeZone

_EVERY = re.compile(r"@every ([0-9]{1,6})([smh])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600}
_FIELDS = 5
_LONGEST_LINE = 100
TIMES_SHOWN = 5


@lru_cache(maxsize=64)
def zone_named(name: str) -> tzinfo:
    """Return the time zone with this name in the IANA database. Raises `WrongTimeZone`."""
    if name == "UTC":
        return UTC
    if name not in available_timezones():
        words = f"{name!r} is not a time zone: use a name such as 'Europe/Warsaw', or 'UTC'"
        raise WrongTimeZone(translatable("setting.no_time_zone", words, name=name))
    return ZoneInfo(name)


def next_due(line: str, after: datetime, zone: str = "UTC") -> datetime:
    """Return the first due time after `after`, in UTC. The line has five fields in the zone, or is `@every 30s`.

    The rules for daylight saving are those of Debian's cron: a time that the clocks skip is due right after the gap,
    and a time that occurs twice is due once. If the hours or minutes begin with `*`, the line is due in both of the
    repeated hours. Raises `WrongCron` or `WrongTimeZone` when the line or the zone cannot be parsed.
    """
    local = zone_named(zone)
    if every := _EVERY.fullmatch(line.strip()):
        seconds = int(every[1]) * _UNIT_SECONDS[every[2]]
        if seconds < 1:
            words = f"{line!r}: the shortest interval is '@every 1s'"
            raise WrongCron(translatable("setting.short_interval", words, line=line))
        return after + timedelta(seconds=seconds)
    if len(line.split()) != _FIELDS or len(line) > _LONGEST_LINE:
        words = f"{line!r} is not a cron line: use five fields such as '0 3 * * *', or '@every 30s'"
        raise WrongCron(translatable("setting.no_cron_line", words, line=line, why=None))
    try:
        # In the second of two repeated hours cronsim starts with the first one, which is over.
        return next(due for each in CronSim(line, after.astimezone(local)) if (due := each.astimezone(UTC)) > after)
    except (CronSimError, StopIteration) as error:
        why = str(error) or "it is never due"
        words = f"{line!r} is not a cron line ({why}): use five fields such as '0 3 * * *', or '@every 30s'"
        raise WrongCron(translatable("setting.no_cron_line", words, line=line, why=str(error) or None)) from error


def due_times(line: str, after: datetime, zone: str = "UTC") -> Iterator[datetime]:
    """Yield the due times after `after`, in order and without end. Raises the errors of `next_due`."""
    while True:
        after = next_due(line, after, zone)
        yield after


def next_times(line: str, first: datetime, zone: str = "UTC") -> list[datetime]:
    """Return `first` and the due times that follow it, `TIMES_SHOWN` in total. Raises the errors of `next_due`."""
    return [first, *islice(due_times(line, first, zone), TIMES_SHOWN - 1)]
