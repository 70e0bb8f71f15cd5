"""A year of due times with daylight saving: each gets exactly one run, or is counted as missed or merged."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import repeat

from hypothesis import given, settings
from hypothesis import strategies as st
from scheduler.domain.cron import next_due
from scheduler.domain.misfires import CATCH_UP, decide
from scheduler_calendar import MINUTE, START, YEAR, every, once_a_day

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")

clock_times = st.tuples(st.integers(0, 23), st.integers(0, 59))
absences = st.one_of(
    st.integers(1, 3_600), st.integers(3_600, 4 * 3_600), st.integers(3_600, 5 * 86_400), st.integers(-3_000, -1)
)
"""Seconds between two ticks: short, long, and negative when the clock is set back."""


History = tuple[list[tuple[datetime, datetime]], int, datetime]


def tick_through(line: str, zone: str, ticks: Iterable[tuple[int, bool]], begin: datetime = START) -> History:
    """Tick through a year. A tick marked True is killed before its commit.

    Returns the runs (due time and start), the number of due times without a run, and the time of the last tick.
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
        without += max(0, len(decision.due) - 1) + decision.missed
        if decision.due:
            runs.append((decision.due[0], now))
    return runs, without, latest


years = st.lists(st.tuples(absences, st.booleans()), min_size=30, max_size=120)


@settings(max_examples=60, deadline=None)
@given(clock_times, st.sampled_from(ZONES), years)
def test_a_time_of_day_gets_one_run_a_day_or_is_counted(
    at: tuple[int, int], zone: str, ticks: list[tuple[int, bool]]
) -> None:
    hour, minute = at
    runs, without, latest = tick_through(f"{minute} {hour} * * *", zone, ticks)
    due = {moment for moment in once_a_day(hour, minute, zone) if START < moment <= latest}
    _assert_accounted(due, runs, without)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([5, 15, 30]), st.sampled_from(ZONES), st.integers(0, 350), years)
def test_times_at_multiples_of_minutes_get_one_run_each_or_are_counted(
    minutes: int, zone: str, days: int, ticks: list[tuple[int, bool]]
) -> None:
    begin = START + timedelta(days=days)
    short = [(min(seconds, 20_000), killed) for seconds, killed in ticks][:30]
    runs, without, latest = tick_through(f"*/{minutes} * * * *", zone, short, begin)
    _assert_accounted(set(every(minutes, zone, begin + MINUTE, latest)), runs, without)


def test_at_each_change_of_the_clocks_each_time_of_day_gets_one_run() -> None:
    for zone in ZONES:
        for hour in range(1, 4):
            runs, without, latest = tick_through(f"30 {hour} * * *", zone, repeat((1800, False), 48 * 366))
            due = {moment for moment in once_a_day(hour, 30, zone) if START < moment <= latest}
            assert without == 0
            assert [due_at for due_at, _ in runs] == sorted(due)


def _assert_accounted(due: set[datetime], runs: list[tuple[datetime, datetime]], without: int) -> None:
    begun = [due_at for due_at, _ in runs]
    assert len(set(begun)) == len(begun)
    assert set(begun) <= due
    assert len(begun) + without == len(due)
    assert all(timedelta() <= at - due_at <= CATCH_UP for due_at, at in runs)
