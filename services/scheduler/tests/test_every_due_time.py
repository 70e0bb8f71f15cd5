"""A year of due times, daylight saving and all: each gives exactly one run, or is counted as one that gave none.

What is due is worked out here a second time, from the calendar and the hands of the clock alone.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import repeat
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from scheduler.cron import next_due
from scheduler.deciding import CATCH_UP, decide

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
MINUTE = timedelta(minutes=1)

clock_times = st.tuples(st.integers(0, 23), st.integers(0, 59))
absences = st.one_of(
    st.integers(1, 3_600), st.integers(3_600, 4 * 3_600), st.integers(3_600, 5 * 86_400), st.integers(-3_000, -1)
)
"""Seconds between two ticks that count: short, long, and the clock set back."""


def once_a_day(hour: int, minute: int, zone: str) -> Iterator[datetime]:
    """The time of day on each day: the moment the clocks go on when they skip it, the first when they show it twice."""
    local = ZoneInfo(zone)
    for days in range(-1, 368):
        day = date(2026, 1, 1) + timedelta(days=days)
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


Lived = tuple[list[tuple[datetime, datetime]], int, datetime]


def live_through(line: str, zone: str, ticks: Iterable[tuple[int, bool]], begin: datetime = START) -> Lived:
    """Tick through a year; a tick marked True is killed before it is committed.

    Gives the runs (when due, when begun), how many due times gave none, and the last moment looked at.
    """
    now = latest = begin
    next_due_at, runs, without = next_due(line, begin, zone), list[tuple[datetime, datetime]](), 0
    for seconds, killed in ticks:
        now = max(begin, now + timedelta(seconds=seconds))
        if now > START + YEAR:
            break
        if killed or next_due_at > now:
            continue
        decision = decide(line, zone, next_due_at, now)
        next_due_at, latest = decision.next_due_at, max(latest, now)
        without += max(0, len(decision.came) - 1) + decision.missed
        if decision.came:
            runs.append((decision.came[0], now))
    return runs, without, latest


years = st.lists(st.tuples(absences, st.booleans()), min_size=30, max_size=120)


@settings(max_examples=60, deadline=None)
@given(clock_times, st.sampled_from(ZONES), years)
def test_a_time_of_day_gives_one_run_a_day_or_is_accounted_for(
    at: tuple[int, int], zone: str, ticks: list[tuple[int, bool]]
) -> None:
    hour, minute = at
    runs, without, latest = live_through(f"{minute} {hour} * * *", zone, ticks)
    due = {moment for moment in once_a_day(hour, minute, zone) if START < moment <= latest}
    _accounted(due, runs, without)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([5, 15, 30]), st.sampled_from(ZONES), st.integers(0, 350), years)
def test_times_by_the_minute_hand_give_one_run_each_or_are_accounted_for(
    minutes: int, zone: str, days: int, ticks: list[tuple[int, bool]]
) -> None:
    begin = START + timedelta(days=days)
    short = [(min(seconds, 20_000), killed) for seconds, killed in ticks][:30]
    runs, without, latest = live_through(f"*/{minutes} * * * *", zone, short, begin)
    _accounted(set(every(minutes, zone, begin + MINUTE, latest)), runs, without)


def test_each_change_of_the_clocks_gives_each_time_of_day_one_run() -> None:
    for zone in ZONES:
        for hour in range(1, 4):
            runs, without, latest = live_through(f"30 {hour} * * *", zone, repeat((1800, False), 48 * 366))
            due = {moment for moment in once_a_day(hour, 30, zone) if START < moment <= latest}
            assert without == 0
            assert [due_at for due_at, _ in runs] == sorted(due)


def _accounted(due: set[datetime], runs: list[tuple[datetime, datetime]], without: int) -> None:
    begun = [due_at for due_at, _ in runs]
    assert len(set(begun)) == len(begun)
    assert set(begun) <= due
    assert len(begun) + without == len(due)
    assert all(timedelta() <= at - due_at <= CATCH_UP for due_at, at in runs)
