"""One session, one request at a time and the configured interval, over all replicas, even after a kill."""

import asyncio
from datetime import datetime
from typing import Any

import psycopg
import pytest
from mam_search.adapters.mam.account_rules import REQUEST_INTERVALS, account_rules
from shared.chassis.clock import SystemClock
from shared.chassis.errors import RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.rate_limiter import REQUESTS
from shared.contracts.mam.search import FoundPage, MamSearch
from shared.testing.waiting import until
from sqlalchemy.exc import DBAPIError

SEED = "seed-of-the-session"
KILL_HOLDER = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted"
QUERY = MamSearch(text="ozma oz")


def row(url: str) -> dict[str, Any]:
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        return connection.execute("select * from mam.sessions").fetchone() or {}


def paused_until(url: str) -> datetime:
    with psycopg.connect(url) as connection:
        found = connection.execute("select closed_until from mam.sessions").fetchone()
    assert found is not None
    assert isinstance(found[0], datetime)
    return found[0]


async def test_the_returned_session_is_sent_next_by_any_replica(tracker: Any) -> None:
    for _ in range(2):
        for replica in (tracker.replica(), tracker.replica()):
            assert await replica.search(QUERY)
    assert [each.status for each in tracker.site.outcomes.requests] == [200] * 4


async def test_no_session_is_stored_in_plain_text(tracker: Any, database_url: str) -> None:
    replica = tracker.replica()
    for _ in range(2):
        await replica.search(QUERY)
    current = tracker.site.session._standing.current
    everything = repr({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row(database_url).items()})
    assert row(database_url)["previous"] is not None
    for secret in (SEED, current, current.removesuffix("%3D")):
        assert secret not in everything


async def test_a_refusal_pauses_requests_and_the_previous_session_is_tried_next(
    tracker: Any, database_url: str
) -> None:
    await tracker.replica().search(QUERY)
    before = (await tracker.sessions(tracker.databases[0]).load()).values[0]
    await tracker.replica().search(QUERY)
    tracker.site.session.begin(before)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(QUERY)
    assert [each.status for each in tracker.site.outcomes.requests] == [200, 200, 403]
    end_pause(database_url)
    assert await tracker.replica().search(QUERY)
    assert [each.status for each in tracker.site.outcomes.requests] == [200, 200, 403, 200]


async def test_a_session_that_was_refused_once_is_tried_again_after_the_others(tracker: Any, database_url: str) -> None:
    for _ in range(2):
        await tracker.replica().search(QUERY)
    tracker.fails("forbidden", times=1)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(QUERY)
        end_pause(database_url)
    assert await tracker.replica().search(QUERY)


async def test_a_probe_after_a_refusal_sends_the_newest_session(tracker: Any) -> None:
    for _ in range(2):
        await tracker.replica().search(QUERY)
    tracker.fails("forbidden", times=1)
    with pytest.raises(RemoteRefusedUs):
        await tracker.replica().search(QUERY)
    await tracker.replica().standing(SystemClock().now(), probe=True)
    assert await tracker.replica().search(QUERY)


def end_pause(url: str) -> None:
    """End the pause after a refusal."""
    with psycopg.connect(url) as connection:
        connection.execute("update mam.sessions set closed_until = now() - interval '1 second'")


async def test_the_session_of_the_setting_is_tried_last(tracker: Any, database_url: str) -> None:
    for _ in range(3):
        await tracker.replica().search(QUERY)
    tracker.site.session.begin(SEED)
    for _ in range(2):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(QUERY)
        end_pause(database_url)
    assert await tracker.replica().search(QUERY)


async def test_a_refused_session_pauses_requests_and_a_new_one_resumes_them(tracker: Any) -> None:
    await tracker.replica().search(QUERY)
    tracker.site.session.begin("a new session made by the member")
    with pytest.raises(RemoteRefusedUs):
        await tracker.replica().search(QUERY)
    sent = tracker.requests
    with pytest.raises(RemoteRefusedUs, match="set MAM_SESSION"):
        await tracker.replica().search(QUERY)
    assert tracker.requests == sent
    assert await tracker.replica(seed="a new session made by the member").search(QUERY)


@pytest.mark.parametrize("kind", ["html", "empty"])
async def test_a_page_or_an_empty_response_pauses_requests_until_a_probe_succeeds(kind: str, tracker: Any) -> None:
    tracker.fails(kind)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs, match="the session was not accepted"):
            await tracker.replica().search(QUERY)
    assert tracker.requests == 1
    tracker.site.outcomes.clear()
    await tracker.replica().standing(SystemClock().now(), probe=True)
    assert await tracker.replica().search(QUERY)


async def test_the_pause_doubles_while_the_session_stays_refused(tracker: Any, database_url: str) -> None:
    tracker.fails("forbidden")
    minutes = []
    for _ in range(8):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(QUERY)
        minutes.append(round((paused_until(database_url) - SystemClock().now()).total_seconds() / 60))
        end_pause(database_url)
    assert minutes == [15, 30, 60, 120, 240, 480, 720, 720]
    assert tracker.requests == 8


async def test_a_site_that_refuses_us_is_probed_at_most_once_in_twenty_intervals(
    tracker: Any, database_url: str
) -> None:
    tracker.fails("forbidden")
    replica = tracker.replica(seconds_between=3.0)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs):
            await replica.standing(SystemClock().now(), probe=True)
    assert tracker.requests == 1
    with psycopg.connect(database_url) as connection:
        connection.execute("update mam.sessions set refused_at = refused_at - interval '60 s'")
    with pytest.raises(RemoteRefusedUs):
        await replica.standing(SystemClock().now(), probe=True)
    assert tracker.requests == 2


async def test_three_failures_in_a_row_pause_requests(tracker: Any) -> None:
    tracker.fails("broken")
    for _ in range(5):
        with pytest.raises(RemoteUnavailable):
            await tracker.replica().search(QUERY)
    assert tracker.requests == 3
    tracker.site.outcomes.clear()
    await tracker.replica().standing(SystemClock().now(), probe=True)
    assert await tracker.replica().search(QUERY)


async def test_three_replicas_send_one_request_at_a_time_and_keep_the_interval(tracker: Any) -> None:
    tracker.fails("slow", delay_seconds=0.02)
    replicas = [tracker.replica(seconds_between=0.1) for _ in range(3)]
    found = await asyncio.gather(*(replica.search(QUERY) for replica in replicas for _ in range(3)))
    report = tracker.site.traffic.report()
    assert all(found)
    assert (report["requests"], report["greatest_in_flight"]) == (9, 1)
    assert report["shortest_gap_seconds"] >= 0.1


@pytest.mark.parametrize("kind", ["away", "half"])
async def test_the_interval_is_kept_after_a_failure(kind: str, tracker: Any) -> None:
    tracker.fails(kind)
    replicas = [tracker.replica(seconds_between=0.15) for _ in range(3)]
    results = await asyncio.gather(*(replica.search(QUERY) for replica in replicas), return_exceptions=True)
    assert not [each for each in results if isinstance(each, FoundPage)]
    assert tracker.site.traffic.report()["shortest_gap_seconds"] >= 0.15


async def test_the_pause_is_longer_after_every_known_session_was_refused(tracker: Any, database_url: str) -> None:
    for _ in range(2):
        await tracker.replica().search(QUERY)
    tracker.site.session.begin("nobody knows this one")
    minutes = []
    for _ in range(6):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(QUERY)
        minutes.append(round((paused_until(database_url) - SystemClock().now()).total_seconds() / 60))
        end_pause(database_url)
    assert minutes == [5, 5, 15, 5, 5, 30]
    assert tracker.requests == 8


def test_the_interval_between_two_requests_is_drawn_anew_each_time_and_at_least_that_of_the_setting() -> None:
    line = account_rules("", 3.0).lines[REQUESTS]
    drawn = {line.interval().total_seconds() for _ in range(50)}
    assert len(drawn) > 25
    assert 3.0 <= min(drawn) < max(drawn) <= 4.0


async def test_an_interval_too_long_to_wait_for_is_reported_at_once(tracker: Any) -> None:
    replica = tracker.replica(seconds_between=3600)
    await replica.search(QUERY)
    with pytest.raises(RemoteThrottled) as raised:
        async with asyncio.timeout(600):
            await replica.search(QUERY)
    assert 2900 < raised.value.retry_after_seconds <= 3600 * REQUEST_INTERVALS


async def test_the_lock_of_a_killed_replica_is_released(tracker: Any, database_url: str) -> None:
    tracker.fails("slow", delay_seconds=30, times=1)
    killed = asyncio.create_task(tracker.replica().search(QUERY))
    await until(lambda: tracker.site.traffic.in_flight == 1)
    waiting = asyncio.create_task(tracker.replica().search(QUERY))
    with psycopg.connect(database_url) as connection:
        connection.execute(KILL_HOLDER)
    # The killed replica was still waiting for the site, which never saw its session: the next one may use it.
    killed.cancel()
    assert await asyncio.wait_for(waiting, 60)
    with pytest.raises((asyncio.CancelledError, DBAPIError, RemoteUnavailable)):
        await killed
