"""The state of the rate limiter, and our address as the tracker sees it."""

from typing import Any

import pytest
from mam_search.domain.refusals import SessionRefused
from mam_search.handlers.tracker_access import TrackerAccessHandlers
from mam_search.workflow.egress_reader import MAX_AGE, EgressReader
from shared.chassis.clock import Clock, SystemClock
from shared.chassis.errors import RemoteThrottled
from shared.contracts.mam.account import GetTrackerAccess, PauseTracker, ResumeTracker
from shared.contracts.mam.search import MamSearch
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.testing.clocks import ManualClock

QUERY = MamSearch(text="ozma oz")


def handler(tracker: Any, clock: Clock, requests_per_day: int | None = None) -> TrackerAccessHandlers:
    replica = tracker.replica(requests_per_day=requests_per_day)
    tracker.site.seedbox.now = clock.now
    return TrackerAccessHandlers(tracker.control(clock), EgressReader(replica, tracker.seedbox(), clock))


async def test_our_address_is_requested_once_in_ten_minutes_by_all_replicas(tracker: Any) -> None:
    clock = ManualClock()
    access = await handler(tracker, clock).get(GetTrackerAccess())
    assert access.egress is not None
    assert (access.egress.address, access.egress.network) == ("127.0.0.1", "AS64500 Example Network")
    assert access.next_request_at is not None
    assert (await handler(tracker, clock).get(GetTrackerAccess())).egress == access.egress
    assert tracker.paths("/json/jsonIp.php") == 1
    clock.forward(seconds=MAX_AGE.total_seconds() + 1)
    await handler(tracker, clock).get(GetTrackerAccess())
    assert tracker.paths("/json/jsonIp.php") == 2


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


async def test_a_person_pauses_and_resumes_all_requests_of_all_replicas(tracker: Any) -> None:
    clock = ManualClock()
    tracker_access = handler(tracker, clock)
    paused = await tracker_access.pause(PauseTracker(by="the key 'phone'"))
    assert (paused.stopped_by, paused.closed_until) == ("the key 'phone'", None)
    assert "POST /api/account/resume" in paused.closed_because
    assert [each.state for each in paused.sessions] == [SessionState.PAUSED, SessionState.NOT_CONFIGURED]
    with pytest.raises(RemoteThrottled, match="the key 'phone'"):
        await tracker.replica().search(QUERY, person_waits=True)
    with pytest.raises(RemoteThrottled, match="the key 'phone'"):
        await tracker.replica().egress(clock.now())
    assert tracker.requests == 0
    resumed = await tracker_access.resume(ResumeTracker())
    assert (resumed.stopped_at, resumed.closed_because) == (None, "")
    assert await tracker.replica().search(QUERY)


async def test_resuming_tries_a_refused_session_again(tracker: Any) -> None:
    tracker_access = handler(tracker, ManualClock())
    tracker.fails("forbidden", times=1)
    with pytest.raises(SessionRefused):
        await tracker.replica().search(QUERY)
    await tracker_access.resume(ResumeTracker())
    assert await tracker.replica().search(QUERY)


async def test_each_session_is_shown_with_its_state_and_times(tracker: Any) -> None:
    tracker_access = handler(tracker, ManualClock())
    await tracker.replica().search(QUERY)
    api, browser = (await tracker_access.get(GetTrackerAccess())).sessions
    assert (api.kind, api.state, browser.state) == (SessionKind.API, SessionState.OK, SessionState.NOT_CONFIGURED)
    assert api.rotated_at is not None
    assert api.last_success_at is not None
    assert api.expires_at is not None
    assert api.expires_at > api.last_success_at
    assert "MAM_BROWSER_SESSION" in browser.remedy


async def test_the_requests_of_a_day_are_counted_over_all_replicas(tracker: Any) -> None:
    for _ in range(2):
        assert await tracker.replica(requests_per_day=2).search(QUERY)
    with pytest.raises(RemoteThrottled, match="today's 2 requests are used up"):
        await tracker.replica(requests_per_day=2).search(QUERY)
    assert tracker.requests == 2
    tracker_access = handler(tracker, SystemClock(), requests_per_day=2)
    (budget,) = (await tracker_access.pause(PauseTracker(by="a person"))).budgets
    assert (budget.kind, budget.limit, budget.left) == ("requests", 2, 0)
    assert budget.renewed_at is not None
