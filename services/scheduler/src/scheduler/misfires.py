"""What becomes of due times that have come: which of them is run now, and what is said of the others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.cron import due_times, next_due

CATCH_UP = timedelta(hours=1)
"""A missed time is caught up, once, when it is no older than this."""
LATE = timedelta(minutes=1)
"""A due time that is run later than this has been caught up."""
COUNTED = 10_000
"""Of a long absence no more due times than these are counted one by one."""


@dataclass(frozen=True)
class Decision:
    """The due times that came within the hour are run now, by one run; `missed` ones are lost."""

    next_due_at: datetime
    came: tuple[datetime, ...]
    missed: int


def decide(line: str, zone: str, due_at: datetime, now: datetime) -> Decision:
    """Look at every due time from `due_at` until `now`: several within the hour give one run, older ones none.

    Raises `WrongCron` or `WrongTimeZone` when the schedule cannot be read.
    """
    came: list[datetime] = []
    missed, following = 0, due_at
    times = due_times(line, due_at, zone)
    while following <= now and missed < COUNTED:
        if now - following > CATCH_UP:
            missed += 1
        else:
            came.append(following)
        following = next(times)
    if now - following > CATCH_UP:
        rest = decide(line, zone, next_due(line, now - CATCH_UP, zone), now)
        return Decision(rest.next_due_at, rest.came, missed)
    return Decision(following, tuple(came), missed)
