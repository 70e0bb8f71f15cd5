"""Decides which past due times get a run now and which are counted as missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.domain.cron import due_times, next_due

CATCH_UP = timedelta(hours=1)
"""A due time that is not older than this is caught up, once."""
LATE = timedelta(minutes=1)
"""A run that starts later than this after its due time counts as caught up."""
COUNTED = 10_000
"""After a long outage, no more due times than these are counted."""


@dataclass(frozen=True)
class Decision:
    """`due`: the due times within `CATCH_UP`, which share one run; `missed`: the number of older ones."""

    next_due_at: datetime
    due: tuple[datetime, ...]
    missed: int


def decide(line: str, zone: str, due_at: datetime, now: datetime) -> Decision:
    """Check every due time from `due_at` to `now`. Those within `CATCH_UP` share one run; older ones get none.

    Raises `WrongCron` or `WrongTimeZone` when the schedule cannot be parsed.
    """
    due: list[datetime] = []
    missed, following = 0, due_at
    times = due_times(line, due_at, zone)
    while following <= now and missed < COUNTED:
        if now - following > CATCH_UP:
            missed += 1
        else:
            due.append(following)
        following = next(times)
    if now - following > CATCH_UP:
        rest = decide(line, zone, next_due(line, now - CATCH_UP, zone), now)
        return Decision(rest.next_due_at, rest.due, missed)
    return Decision(following, tuple(due), missed)
