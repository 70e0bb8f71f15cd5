"""When a line is due."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from scheduler.cron import next_due
from scheduler.refusals import WrongCron
from scheduler.settings import SchedulerSettings
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


def test_a_line_is_meant_in_utc_wherever_the_moment_comes_from() -> None:
    summer = timezone(timedelta(hours=2))
    assert next_due("0 3 * * *", datetime(2026, 7, 1, 4, 30, tzinfo=summer)) == datetime(2026, 7, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["", "every day", "* * * *", "61 * * * *", "@every 0s", "@every soon", "@every 5d", "0 0 30 2 *", "@daily"]
)
def test_a_line_that_is_none_is_refused_and_shown(line: str) -> None:
    with pytest.raises(WrongCron) as raised:
        next_due(line, datetime(2026, 3, 1, tzinfo=UTC))
    assert repr(line) in raised.value.detail


def test_a_wrong_line_in_the_settings_is_told_in_one_line() -> None:
    given = {"DATABASE_URL": "postgresql://x", "NATS_URL": "nats://x", "TASK_LIBRARY_SCAN_CRON": "every day"}
    with pytest.raises(SettingsProblem) as raised:
        SchedulerSettings.read(given)
    assert raised.value.lines[0].startswith("TASK_LIBRARY_SCAN_CRON: ")
    assert "Form: five cron fields in UTC, or '@every 30s'." in raised.value.lines[0]
    assert "Example: TASK_LIBRARY_SCAN_CRON=*/30 * * * *" in raised.value.lines[0]
