"""One session, one request at a time, at the account's pace, over all replicas and whatever is killed."""

import asyncio
import time
from typing import Any

import psycopg
import pytest
from shared.chassis.clock import SystemClock
from shared.chassis.errors import RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.testing.waiting import until
from sqlalchemy.exc import DBAPIError

SEED = "seed-of-the-session"
SEARCHED = "ozma oz"


def row(url: str) -> dict[str, Any]:
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        return connection.execute("select * from mam.sessions").fetchone() or {}


async def test_the_session_that_came_back_is_sent_next_by_any_replica(tracker: Any) -> None:
    for _ in range(2):
        for replica in (tracker.replica(), tracker.replica()):
            assert await replica.search(SEARCHED)
    assert [each.status for each in tracker.site.outcomes.requests] == [200] * 4


async def test_no_session_stands_in_the_database_in_clear(tracker: Any, database_url: str) -> None:
    replica = tracker.replica()
    for _ in range(2):
        await replica.search(SEARCHED)
    current = tracker.site.session._standing.current
    everything = repr({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row(database_url).items()})
    assert row(database_url)["previous"] is not None
    for secret in (SEED, current, current.removesuffix("%3D")):
        assert secret not in everything


async def test_one_refusal_stops_and_the_value_before_is_tried_when_the_line_opens_again(
    tracker: Any, database_url: str
) -> None:
    await tracker.replica().search(SEARCHED)
    before = bytes(row(database_url)["session"])
    await tracker.replica().search(SEARCHED)
    tracker.site.session.begin(await decrypted(tracker, before))
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(SEARCHED)
    assert [each.status for each in tracker.site.outcomes.requests] == [200, 200, 403]
    open_line(database_url)
    assert await tracker.replica().search(SEARCHED)
    assert [each.status for each in tracker.site.outcomes.requests] == [200, 200, 403, 200]


async def test_a_value_that_is_refused_once_by_mistake_is_tried_again_after_the_others(
    tracker: Any, database_url: str
) -> None:
    for _ in range(2):
        await tracker.replica().search(SEARCHED)
    tracker.fails("forbidden", times=1)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(SEARCHED)
        open_line(database_url)
    assert await tracker.replica().search(SEARCHED)


async def test_a_person_s_check_after_a_refusal_sends_the_newest_value(tracker: Any) -> None:
    for _ in range(2):
        await tracker.replica().search(SEARCHED)
    tracker.fails("forbidden", times=1)
    with pytest.raises(RemoteRefusedUs):
        await tracker.replica().search(SEARCHED)
    await tracker.replica().standing(SystemClock().now(), knock=True)
    assert await tracker.replica().search(SEARCHED)


def open_line(url: str) -> None:
    """The pause after a refusal is over."""
    with psycopg.connect(url) as connection:
        connection.execute("update mam.sessions set closed_until = now() - interval '1 second'")


async def decrypted(tracker: Any, value: bytes) -> str:
    found = tracker.replica()._line._decrypted(value)
    assert isinstance(found, str)
    return found


async def test_the_setting_is_tried_last(tracker: Any, database_url: str) -> None:
    for _ in range(3):
        await tracker.replica().search(SEARCHED)
    tracker.site.session.begin(SEED)
    for _ in range(2):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(SEARCHED)
        open_line(database_url)
    assert await tracker.replica().search(SEARCHED)


async def test_a_refused_session_closes_the_line_and_a_new_one_opens_it(tracker: Any) -> None:
    await tracker.replica().search(SEARCHED)
    tracker.site.session.begin("a new session made by the member")
    with pytest.raises(RemoteRefusedUs):
        await tracker.replica().search(SEARCHED)
    asked = tracker.requests
    with pytest.raises(RemoteRefusedUs, match="set MAM_SESSION"):
        await tracker.replica().search(SEARCHED)
    assert tracker.requests == asked
    assert await tracker.replica(seed="a new session made by the member").search(SEARCHED)


@pytest.mark.parametrize("kind", ["html", "empty"])
async def test_a_page_or_nothing_instead_of_an_answer_closes_the_line_until_a_person_s_check_is_answered(
    kind: str, tracker: Any
) -> None:
    tracker.fails(kind)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs, match="the session is not taken"):
            await tracker.replica().search(SEARCHED)
    assert tracker.requests == 1
    tracker.site.outcomes.clear()
    await tracker.replica().standing(SystemClock().now(), knock=True)
    assert await tracker.replica().search(SEARCHED)


async def test_a_session_that_stays_refused_is_tried_less_and_less_often(tracker: Any, database_url: str) -> None:
    tracker.fails("forbidden")
    minutes = []
    for _ in range(8):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(SEARCHED)
        minutes.append(round((row(database_url)["closed_until"] - SystemClock().now()).total_seconds() / 60))
        open_line(database_url)
    assert minutes == [15, 30, 60, 120, 240, 480, 720, 720]
    assert tracker.requests == 8


async def test_whoever_asks_a_site_that_refuses_us_asks_no_sooner_than_after_twenty_paces(
    tracker: Any, database_url: str
) -> None:
    tracker.fails("forbidden")
    replica = tracker.replica(seconds_between=3.0)
    for _ in range(3):
        with pytest.raises(RemoteRefusedUs):
            await replica.standing(SystemClock().now(), knock=True)
    assert tracker.requests == 1
    with psycopg.connect(database_url) as connection:
        connection.execute("update mam.sessions set next_request_at = next_request_at - interval '60 seconds'")
    with pytest.raises(RemoteRefusedUs):
        await replica.standing(SystemClock().now(), knock=True)
    assert tracker.requests == 2


async def test_a_site_that_does_not_answer_is_left_alone_after_three_requests(tracker: Any) -> None:
    tracker.fails("broken")
    for _ in range(5):
        with pytest.raises(RemoteUnavailable):
            await tracker.replica().search(SEARCHED)
    assert tracker.requests == 3
    tracker.site.outcomes.clear()
    await tracker.replica().standing(SystemClock().now(), knock=True)
    assert await tracker.replica().search(SEARCHED)


async def test_three_replicas_at_once_never_have_two_requests_under_way_and_keep_the_gap(tracker: Any) -> None:
    tracker.fails("slow", delay_seconds=0.02)
    replicas = [tracker.replica(seconds_between=0.1) for _ in range(3)]
    found = await asyncio.gather(*(replica.search(SEARCHED) for replica in replicas for _ in range(3)))
    report = tracker.site.traffic.report()
    assert all(found)
    assert (report["requests"], report["greatest_in_flight"]) == (9, 1)
    assert report["shortest_gap_seconds"] >= 0.1


@pytest.mark.parametrize("kind", ["away", "half"])
async def test_the_gap_is_kept_after_a_failure_too(kind: str, tracker: Any) -> None:
    tracker.fails(kind)
    replicas = [tracker.replica(seconds_between=0.15) for _ in range(3)]
    told = await asyncio.gather(*(replica.search(SEARCHED) for replica in replicas), return_exceptions=True)
    assert not [each for each in told if isinstance(each, list)]
    assert tracker.site.traffic.report()["shortest_gap_seconds"] >= 0.15


async def test_the_site_is_left_alone_for_longer_when_no_value_is_left_to_try(tracker: Any, database_url: str) -> None:
    for _ in range(2):
        await tracker.replica().search(SEARCHED)
    tracker.site.session.begin("nobody knows this one")
    minutes = []
    for _ in range(6):
        with pytest.raises(RemoteRefusedUs):
            await tracker.replica().search(SEARCHED)
        minutes.append(round((row(database_url)["closed_until"] - SystemClock().now()).total_seconds() / 60))
        open_line(database_url)
    assert minutes == [5, 5, 15, 5, 5, 30]
    assert tracker.requests == 8


async def test_a_gap_longer_than_anybody_waits_is_told(tracker: Any) -> None:
    replica = tracker.replica(seconds_between=3600)
    await replica.search(SEARCHED)
    began = time.monotonic()
    with pytest.raises(RemoteThrottled) as raised:
        await replica.search(SEARCHED)
    assert 3500 < raised.value.retry_after_seconds <= 3600
    assert time.monotonic() - began < 5


async def test_a_holder_that_is_killed_lets_go(tracker: Any, database_url: str) -> None:
    tracker.fails("slow", delay_seconds=30, times=1)
    killed = asyncio.create_task(tracker.replica().search(SEARCHED))
    await until(lambda: tracker.site.traffic.in_flight == 1)
    waiting = asyncio.create_task(tracker.replica().search(SEARCHED))
    with psycopg.connect(database_url) as connection:
        await until(lambda: holders(connection))
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user"
            " and state = 'idle in transaction' and pid <> pg_backend_pid()"
        )
    # The killed one was still waiting for the site, which never saw its session: the next one may use it.
    killed.cancel()
    assert await asyncio.wait_for(waiting, 10)
    with pytest.raises((asyncio.CancelledError, DBAPIError, RemoteUnavailable)):
        await killed


def holders(connection: psycopg.Connection[Any]) -> bool:
    connection.rollback()
    found = connection.execute(
        "select count(*) from pg_stat_activity where usename = current_user and state = 'idle in transaction'"
    ).fetchone()
    return bool(found and found[0])
