"""When the next request of a line is allowed."""

from datetime import UTC, datetime, timedelta

import pytest
from shared.chassis.backoff import Backoff
from shared.chassis.errors import RemoteBlockedUs, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.rate_limit_state import Account, Line, LineRules, PauseRules

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def send(line: Line, rules: LineRules, at: datetime) -> None:
    line.begin_request(rules, at)
    line.end_request(rules, at)


def test_after_a_pause_a_burst_of_requests_is_sent_at_once() -> None:
    line, rules = Line("requests", NOON), LineRules(60.0, burst=3)
    for _ in range(3):
        assert line.seconds_to_wait(rules, NOON) == 0
        send(line, rules, NOON)
    assert line.seconds_to_wait(rules, NOON) == 60
    later = NOON + timedelta(minutes=1)
    assert line.seconds_to_wait(rules, later) == 0
    send(line, rules, later)
    assert line.seconds_to_wait(rules, later) == 60


def test_the_interval_begins_at_the_end_of_a_request() -> None:
    line, rules = Line("requests", NOON), LineRules(60.0)
    line.begin_request(rules, NOON)
    line.end_request(rules, NOON + timedelta(seconds=5))
    assert line.next_request_at == NOON + timedelta(seconds=65)


def test_a_clock_that_was_set_back_does_not_extend_the_interval() -> None:
    line, rules = Line("requests", NOON), LineRules(60.0, burst=2)
    send(line, rules, NOON)
    yesterday = NOON - timedelta(days=1)
    assert line.seconds_to_wait(rules, yesterday) == 60
    send(line, rules, yesterday)
    assert line.next_request_at <= yesterday + timedelta(minutes=2)


@pytest.mark.parametrize(("longest", "pauses"), [(0.0, [60, 60, 60, 60]), (300.0, [60, 120, 240, 300])])
def test_a_system_that_stays_throttled_is_left_alone_for_longer_each_time(longest: float, pauses: list[int]) -> None:
    account = Account("tracker", "print")
    rules = PauseRules(Backoff.doubling(60, 600), away_after=3, away_seconds=60, throttled_longest_seconds=longest)
    found = []
    for _ in pauses:
        account.fail(RemoteThrottled("tracker", "429", 60), rules, NOON)
        assert account.paused_until is not None
        found.append((account.paused_until - NOON).total_seconds())
    assert found == pauses
    account.succeed(NOON)
    account.fail(RemoteThrottled("tracker", "429", 60), rules, NOON)
    assert account.paused_until == NOON + timedelta(seconds=60)


@pytest.mark.parametrize(("longest", "pauses"), [(0.0, [0, 0, 60, 60, 60]), (200.0, [0, 0, 60, 120, 200])])
def test_a_system_that_keeps_failing_is_left_alone_for_longer_each_time(longest: float, pauses: list[int]) -> None:
    account, now = Account("site", "print"), NOON
    rules = PauseRules(Backoff.doubling(60, 600), away_after=3, away_seconds=60, away_longest_seconds=longest)
    for seconds in pauses:
        account.fail(RemoteUnavailable("site", "timed out"), rules, now)
        assert account.paused_until == (now + timedelta(seconds=seconds) if seconds else None)
        now += timedelta(seconds=seconds)


def test_no_probe_is_sent_while_a_system_blocks_us_and_each_block_lasts_longer() -> None:
    account, now = Account("site", "print"), NOON
    rules = PauseRules(Backoff.doubling(60, 600), away_after=3, away_seconds=60, blocked=Backoff((100.0, 300.0)))
    for seconds in (100, 300, 300):
        account.fail(RemoteBlockedUs("site", "a challenge"), rules, now)
        assert (account.health, account.paused_until) == ("blocked", now + timedelta(seconds=seconds))
        with pytest.raises(RemoteBlockedUs, match="a challenge"):
            account.check(now, may_pass_pause=True)
        now += timedelta(seconds=seconds)
        account.check(now, may_pass_pause=False)
    account.fail(RemoteRefusedUs("site", "401"), rules, now)
    assert account.health == "refused"
