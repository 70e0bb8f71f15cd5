"""The expected result of each due time: the rules of the schedule, implemented a second time."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler_calendar import MINUTE, START, YEAR, every, once_a_day

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"
HOUR = timedelta(hours=1)

Line = tuple[str, str]
"""A cron line and its zone."""

SUNDAYS = "* 3,4,10,11 0"
HALVES = ("*/30 1-4 25,29 3,10 *", BERLIN)
FIRST_OF_MONTH = ("0 4 1 * *", "UTC")
ON_SUNDAYS: dict[Line, tuple[int, int]] = {
    (f"30 2 {SUNDAYS}", BERLIN): (2, 30),
    (f"30 1 {SUNDAYS}", NEW_YORK): (1, 30),
    (f"15 2 {SUNDAYS}", NEW_YORK): (2, 15),
    (f"45 1 {SUNDAYS}", LORD_HOWE): (1, 45),
    (f"15 2 {SUNDAYS}", LORD_HOWE): (2, 15),
}
"""Times of day that are skipped or repeated on the Sundays on which the clocks change."""
IN_BERLIN, EARLY_NEW_YORK, IN_NEW_YORK, EARLY_LORD_HOWE, IN_LORD_HOWE = ON_SUNDAYS
LINES: dict[str, tuple[Line, ...]] = {
    "library_scan": (IN_BERLIN, EARLY_NEW_YORK),
    "series_completion": (IN_NEW_YORK,),
    "author_completion": (EARLY_LORD_HOWE,),
    "wanted_search": (IN_LORD_HOWE, IN_BERLIN),
    "metadata_daily": (HALVES,),
    "metadata_full_refresh": (FIRST_OF_MONTH, EARLY_NEW_YORK),
}
"""The cron lines of each task, the initial one first. Rare ones, so that a year has few due times."""


def calendar() -> dict[Line, list[datetime]]:
    """Return every due time of the year and of a few days around it, by line."""

    def a_sunday(day: date) -> bool:
        return day.month in (3, 4, 10, 11) and day.weekday() == 6

    known = {line: sorted(once_a_day(*at, line[1], a_sunday)) for line, at in ON_SUNDAYS.items()}
    known[FIRST_OF_MONTH] = sorted(once_a_day(4, 0, "UTC", lambda day: day.day == 1))
    days = [datetime(2026, month, day, tzinfo=ZoneInfo(BERLIN)) for month in (3, 10) for day in (25, 29)]
    halves = [due for day in days for due in every(30, BERLIN, day.astimezone(START.tzinfo), day + timedelta(days=1))]
    known[HALVES] = [due for due in halves if 1 <= due.astimezone(ZoneInfo(BERLIN)).hour <= 4]
    return known


@dataclass
class Expected:
    """One task: the due times that got a run, and the number of those that did not."""

    calendar: dict[Line, list[datetime]]
    line: Line
    next_due_at: datetime
    enabled: bool = True
    runs: dict[datetime, datetime] = field(default_factory=dict)
    """Due times that got a run, with the start of the run."""
    counts: Counter[str] = field(default_factory=Counter)

    def is_due(self, now: datetime) -> bool:
        return self.enabled and self.next_due_at <= now

    def schedule(self, line: Line, now: datetime) -> None:
        """Apply a change of the line, or enable the task again."""
        self.line = line
        self.next_due_at = self._following(now)

    def tick(self, now: datetime, *, busy: bool) -> None:
        """Apply a committed tick: one run for all due times within the hour, under the first one without a run."""
        due_now = [due for due in self.calendar[self.line] if self.next_due_at <= due <= now]
        self.next_due_at = self._following(now)
        self.counts["missed"] += sum(1 for due in due_now if now - due > HOUR)
        without = [due for due in due_now if now - due <= HOUR]
        while without and without[0] in self.runs:
            without.pop(0)
        if busy:
            self.counts["overlapped"] += len(without)
        elif without:
            self.runs[without[0]] = now
            self.counts["merged"] += len(without) - 1
            self.counts["caught_up"] += int(now - without[0] > MINUTE)

    def _following(self, now: datetime) -> datetime:
        return next((due for due in self.calendar[self.line] if due > now), START + 2 * YEAR)
