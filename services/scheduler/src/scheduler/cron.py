"""When a cron line is due."""

import re
from datetime import UTC, datetime, timedelta

from cronsim import CronSim, CronSimError

from scheduler.refusals import WrongCron

_EVERY = re.compile(r"@every (\d{1,6})([smh])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600}


def next_due(line: str, after: datetime) -> datetime:
    """The first moment after `after` at which the line is due: five cron fields in UTC, or `@every 30s`.

    Raises `WrongCron` when the line cannot be read.
    """
    if every := _EVERY.fullmatch(line.strip()):
        seconds = int(every[1]) * _UNIT_SECONDS[every[2]]
        if seconds < 1:
            raise WrongCron(f"{line!r}: the shortest time is '@every 1s'")
        return after + timedelta(seconds=seconds)
    try:
        return next(CronSim(line, after.astimezone(UTC)))
    except (CronSimError, StopIteration) as error:
        raise WrongCron(f"{line!r} is no cron line: five fields such as '0 3 * * *', or '@every 30s'") from error
