"""What the tracker lets us do, and where it sees us come from."""

from typing import Any

from mam_search.handlers.tracker_access import EGRESS_REMEMBERED, TellingAccess
from shared.contracts.mam.account import GetTrackerAccess
from shared.testing.clocks import StandingClock


def telling(tracker: Any, clock: StandingClock) -> TellingAccess:
    replica = tracker.replica(seconds_between=0.0)
    return TellingAccess(replica._line, replica, clock)


def asked(tracker: Any) -> int:
    return sum(1 for each in tracker.site.outcomes.requests if each.path == "/json/jsonIp.php")


async def test_our_address_is_asked_once_in_ten_minutes(tracker: Any) -> None:
    clock = StandingClock()
    access = telling(tracker, clock)
    told = await access.get_access(GetTrackerAccess())
    assert told.egress is not None
    assert (told.egress.address, told.egress.network) == ("127.0.0.1", "AS64500 Example Network")
    assert told.next_request_at is not None
    await access.get_access(GetTrackerAccess())
    assert asked(tracker) == 1
    clock.forward(seconds=EGRESS_REMEMBERED.total_seconds())
    await access.get_access(GetTrackerAccess())
    assert asked(tracker) == 2


async def test_a_tracker_that_is_away_is_told_with_the_reason(tracker: Any) -> None:
    tracker.fails("away")
    told = await telling(tracker, StandingClock()).get_access(GetTrackerAccess())
    assert told.egress is None
    assert told.egress_problem


async def test_a_closed_line_is_told_with_its_end(tracker: Any) -> None:
    tracker.fails("throttled", retry_after_seconds=40)
    told = await telling(tracker, StandingClock()).get_access(GetTrackerAccess())
    assert told.closed_until is not None
    assert told.closed_because
