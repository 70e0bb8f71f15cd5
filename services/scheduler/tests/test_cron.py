"""Due times of cron lines."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scheduler.domain.cron import due_times, next_due
from scheduler.domain.refusals import WrongCron, WrongTimeZone
from scheduler.settings import SETTINGS
from shared.chassis.settings import SettingsProblem


@pytest.mark.parametrize(
    ("line", "after", "due"),
    [
        ("*/30 * * * *", "2026-03-01 12:00", "2026-03-01 12:30"),
        ("*/30 * * * *", "2026-03-01 12:29:59", "2026-03-01 12:30"),
        ("0 3 * * *", "2026-03-01 03:00", "2026-03-02 03:00"),
        ("0 3 * * *", "2026-03-01 02:59:59", "2026-03-01 03:00"),
        ("0 3 2 * *", "2026-03-01 12:00", "2026-03-02 03:00"),
        ("0 4 1 * *", "2026-12-31 12:00", "2027-01-01 04:00"),
        ("30 4 * * 0", "2026-03-01 12:00", "2026-03-08 04:30"),
        ("0 0 29 2 *", "2026-03-01 12:00", "2028-02-29 00:00"),
        ("0 */6 * * *", "2026-03-29 00:30", "2026-03-29 06:00"),
        ("@every 30s", "2026-03-01 12:00", "2026-03-01 12:00:30"),
        ("@every 5m", "2026-03-01 12:00:10", "2026-03-01 12:05:10"),
        (" @every 2h ", "2026-03-01 23:00", "2026-03-02 01:00"),
    ],
)
def test_the_next_due_time(line: str, after: str, due: str) -> None:
    found = next_due(line, datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_a_line_is_in_utc_whatever_the_zone_of_the_start_time() -> None:
    summer = timezone(timedelta(hours=2))
    assert next_due("0 3 * * *", datetime(2026, 7, 1, 4, 30, tzinfo=summer)) == datetime(2026, 7, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "every day",
        "* * * *",
        "61 * * * *",
        "@every 0s",
        "@every soon",
        "@every 5d",
        "0 0 30 2 *",
        "@daily",
        "* * * * * *",
    ],
)
def test_an_invalid_line_is_refused_and_shown(line: str) -> None:
    with pytest.raises(WrongCron) as raised:
        next_due(line, datetime(2026, 3, 1, tzinfo=UTC))
    assert repr(line) in raised.value.detail


def test_an_invalid_line_in_the_settings_is_reported_in_one_line() -> None:
    environment = {"DATABASE_URL": "postgresql://x", "NATS_URL": "nats://x", "TASK_LIBRARY_SCAN_CRON": "every day"}
    with pytest.raises(SettingsProblem) as raised:
        SETTINGS.read(environment)
    assert raised.value.lines[0].startswith("TASK_LIBRARY_SCAN_CRON: ")
    assert "Format: five cron fields in TASK_TIME_ZONE, '@every 30s', or 'by hand'." in raised.value.lines[0]
    assert "Example: TASK_LIBRARY_SCAN_CRON=*/30 * * * *" in raised.value.lines[0]


def times(line: str, zone: str, after: str, count: int) -> list[str]:
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    return [f"{due:%m-%d %H:%M}" for due in islice(due_times(line, start, zone), count)]


@pytest.mark.parametrize(
    ("line", "zone", "after", "due"),
    [
        # 29 March 2026 in Berlin: from 02:00 directly to 03:00, which is 01:00 in UTC.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28 00:00", ["03-28 01:30", "03-29 01:00", "03-30 00:30"]),
        ("0 3 * * *", "Europe/Berlin", "2026-03-28 03:00", ["03-29 01:00", "03-30 01:00"]),
        # 25 October 2026 in Berlin: from 03:00 back to 02:00, at 01:00 in UTC.
        ("30 2 * * *", "Europe/Berlin", "2026-10-24 12:00", ["10-25 00:30", "10-26 01:30"]),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25 01:10", ["10-26 01:30"]),
        ("*/30 * * * *", "Europe/Berlin", "2026-10-25 00:00", ["10-25 00:30", "10-25 01:00", "10-25 01:30"]),
        # New York: 8 March and 1 November 2026, at 07:00 and 06:00 in UTC.
        ("15 2 * * *", "America/New_York", "2026-03-07 12:00", ["03-08 07:00", "03-09 06:15"]),
        ("15 1 * * *", "America/New_York", "2026-10-31 12:00", ["11-01 05:15", "11-02 06:15"]),
    ],
)
def test_a_skipped_time_is_due_after_the_gap_and_a_repeated_one_once(
    line: str, zone: str, after: str, due: list[str]
) -> None:
    assert times(line, zone, after, len(due)) == due


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "Europe", "../../etc/passwd", "CEST+5", "a\x00b"])
def test_an_unknown_zone_is_refused_and_shown(zone: str) -> None:
    with pytest.raises(WrongTimeZone) as raised:
        next_due("0 3 * * *", datetime(2026, 3, 1, tzinfo=UTC), zone)
    assert repr(zone) in raised.value.detail


@given(st.text(alphabet="0123456789*/,-#LW@every smhMON ", max_size=40) | st.text(max_size=120))
def test_any_text_is_either_due_later_or_refused(line: str) -> None:
    after = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with suppress(WrongCron):
        assert next_due(line, after, "America/New_York") > after


def test_the_zone_of_the_initial_cron_lines_is_a_setting() -> None:
    environment = {"DATABASE_URL": "postgresql://x", "NATS_URL": "nats://x"}
    assert SETTINGS.read({**environment, "TZ": "Europe/Warsaw"}).time_zone == "Europe/Warsaw"
    assert SETTINGS.read({**environment, "TZ": "Europe/Warsaw", "TASK_TIME_ZONE": "UTC"}).time_zone == "UTC"
    with pytest.raises(SettingsProblem, match=r"TASK_TIME_ZONE: .*'Warsaw' is not a time zone"):
        SETTINGS.read({**environment, "TASK_TIME_ZONE": "Warsaw"})


def test_a_task_can_be_set_to_run_only_by_hand() -> None:
    environment = {
        "DATABASE_URL": "postgresql://x",
        "NATS_URL": "nats://x",
        "TASK_METADATA_FULL_REFRESH_CRON": "by hand",
    }
    assert SETTINGS.read(environment).crons()["metadata_full_refresh"] == ""
