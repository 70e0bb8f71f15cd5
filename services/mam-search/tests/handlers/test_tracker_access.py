"""The state of the rate limiter, and our address as the tracker sees it."""

from typing import Any

from mam_search.adapters.mam.access import TrackerAccessReader
from mam_search.handlers.tracker_access import EGRESS_MAX_AGE, GetTrackerAccessHandler
from shared.contracts.mam.account import GetTrackerAccess
from shared.testing.clocks import ManualClock


def handler(tracker: Any, clock: ManualClock) -> GetTrackerAccessHandler:
    replica = tracker.replica(seconds_between=0.0)
    access = TrackerAccessReader(tracker.rate_limiters[-1], clock)
    return GetTrackerAccessHandler(access, replica, clock)


def address_requests(tracker: Any) -> int:
    return sum(1 for each in tracker.site.outcomes.requests if each.path == "/json/jsonIp.php")


async def test_our_address_is_requested_once_in_ten_minutes(tracker: Any) -> None:
    clock = ManualClock()
    get_tracker_access = handler(tracker, clock)
    access = await get_tracker_access.get(GetTrackerAccess())
    assert access.egress is not None
    assert (access.egress.address, access.egress.network) == ("127.0.0.1", "AS64500 Example Network")
    assert access.next_request_at is not None
    await get_tracker_access.get(GetTrackerAccess())
    assert address_requests(tracker) == 1
    clock.forward(seconds=EGRESS_MAX_AGE.total_seconds())
    await get_tracker_access.get(GetTrackerAccess())
    assert address_requests(tracker) == 2


async def test_the_reason_is_given_when_the_tracker_is_unavailable(tracker: Any) -> None:
    tracker.fails("away")
    access = await handler(tracker, ManualClock()).get(GetTrackerAccess())
    assert access.egress is None
    assert access.egress_problem


async def test_a_pause_is_reported_with_its_end_and_reason(tracker: Any) -> None:
    tracker.fails("throttled", retry_after_seconds=40)
    access = await handler(tracker, ManualClock()).get(GetTrackerAccess())
    assert access.closed_until is not None
    assert access.closed_because
