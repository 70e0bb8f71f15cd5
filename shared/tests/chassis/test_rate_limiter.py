"""One request at a time over all replicas, even if a holder is killed or frozen, and the pace of each line."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness.plugin import FreshDatabase
from shared.chassis import session_lock
from shared.chassis.backoff import Backoff
from shared.chassis.clock import Clock, SystemClock
from shared.chassis.database import Database
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limit_state import LineRules, PauseRules
from shared.chassis.rate_limiter import REQUESTS, AccountRules, RateLimiter
from shared.chassis.session_lock import SessionLock
from shared.testing.clocks import ManualClock
from shared.testing.tiny import CHASSIS, RATE_LIMITS, ROLE, migrate
from shared.testing.waiting import until

PAUSES = PauseRules(Backoff.doubling(900.0, 3600.0), away_after=3, away_seconds=60.0)
HELD_HERE = """from pg_locks where locktype = 'advisory' and granted
    and database = (select oid from pg_database where datname = current_database())"""
HOLDER_SCRIPT = Path(__file__).with_name("frozen_holder.py")
MakeLimiter = Callable[..., RateLimiter]


def prepare(database: FreshDatabase) -> None:
    migrate(database.url(ROLE))


@pytest.fixture
def url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(prepare).url(ROLE)


@pytest.fixture
async def replica(url: str) -> AsyncIterator[MakeLimiter]:
    """Call it for another replica, with the rules of its lines."""
    created: list[tuple[RateLimiter, Database]] = []

    def make(clock: Clock | None = None, wait: float = 30.0, frozen_after: int = 20, **lines: LineRules) -> RateLimiter:
        database = Database(url, CHASSIS)
        rules = AccountRules("site", "", lines or {REQUESTS: LineRules(0.0)}, PAUSES, wait)
        limiter = RateLimiter(database, RATE_LIMITS, rules, clock or SystemClock(), frozen_after_seconds=frozen_after)
        created.append((limiter, database))
        return limiter

    yield make
    for limiter, database in created:
        await limiter.aclose()
        await database.aclose()


async def send(limiter: RateLimiter, line: str = REQUESTS, *, error: RemoteError | None = None) -> None:
    async with limiter.acquire(line):
        if error is not None:
            raise error


async def fail(limiter: RateLimiter, error: RemoteError) -> None:
    with pytest.raises(type(error)):
        await send(limiter, error=error)


async def test_the_lines_of_an_account_share_one_turn_and_keep_their_own_pace(replica: MakeLimiter) -> None:
    lines = {"requests": LineRules(0.05), "pages": LineRules(0.2, 0.25)}
    limiters = [replica(**lines) for _ in range(2)]
    in_progress, max_in_progress, sent = 0, 0, {"requests": list[float](), "pages": list[float]()}

    async def request(limiter: RateLimiter, line: str) -> None:
        nonlocal in_progress, max_in_progress
        async with limiter.acquire(line):
            in_progress += 1
            max_in_progress = max(max_in_progress, in_progress)
            sent[line].append(time.monotonic())
            await asyncio.sleep(0)
            in_progress -= 1

    await asyncio.gather(*(request(limiters[number % 2], line) for number in range(4) for line in lines))
    assert max_in_progress == 1
    assert min(later - earlier for earlier, later in pairwise(sent["requests"])) >= 0.045
    assert min(later - earlier for earlier, later in pairwise(sent["pages"])) >= 0.19


async def test_a_line_whose_daily_budget_is_spent_is_refused_and_the_other_line_is_not(replica: MakeLimiter) -> None:
    clock = ManualClock()
    limiter = replica(clock, requests=LineRules(0.0), pages=LineRules(0.0, per_day=2))
    for _ in range(2):
        await send(limiter, "pages")
    with pytest.raises(RemoteThrottled) as raised:
        await send(limiter, "pages")
    assert raised.value.detail == "today's 2 requests are used up"
    assert raised.value.retry_after_seconds == 24 * 3600
    await send(limiter, "requests")
    clock.forward(days=1)
    await send(limiter, "pages")


async def test_the_counts_and_the_pause_survive_a_restart(replica: MakeLimiter) -> None:
    clock = ManualClock()
    await send(replica(clock))
    await fail(replica(clock), RemoteThrottled("site", "too often", 120))
    restarted = replica(clock)
    with pytest.raises(RemoteThrottled, match="too often"):
        await send(restarted)
    status = await restarted.status()
    assert status.account is not None
    assert status.account.health == "throttled"
    assert status.lines[REQUESTS].day.sent == 2


async def test_a_person_stops_all_requests_of_every_replica_until_they_are_resumed(replica: MakeLimiter) -> None:
    one, other = (replica(ManualClock(), requests=LineRules(0.1)) for _ in range(2))
    await send(one)

    async def stop() -> bool:
        await other.stop("anna")
        return True

    for waits_for_its_pace in (stop, None):
        with pytest.raises(RemoteThrottled, match="anna has stopped all requests"):
            async with one.acquire(probe=True, without_credentials=True, still_needed=waits_for_its_pace):
                pytest.fail("requests are stopped")
    await one.resume()
    await send(other)


async def test_the_pause_doubles_after_each_refusal_and_a_success_ends_it(replica: MakeLimiter) -> None:
    clock = ManualClock()
    limiter, pauses = replica(clock), []
    for _ in range(4):
        await fail(limiter, RemoteRefusedUs("site", "403", 403))
        account = (await limiter.status()).account
        assert account is not None
        assert account.paused_until is not None
        pauses.append((account.paused_until - clock.now()).total_seconds())
        clock.forward(seconds=pauses[-1])
    assert pauses == [900, 1800, 3600, 3600]
    await send(limiter)
    await fail(limiter, RemoteRefusedUs("site", "403", 403))
    account = (await limiter.status()).account
    assert account is not None
    assert account.failures_in_a_row == 1


async def test_a_probe_without_an_answer_does_not_end_the_pause_after_a_refusal(replica: MakeLimiter) -> None:
    limiter = replica(ManualClock())
    await fail(limiter, RemoteRefusedUs("site", "403", 403))
    with pytest.raises(RemoteUnavailable):
        async with limiter.acquire(probe=True):
            raise RemoteUnavailable("site", "no answer")
    with pytest.raises(RemoteRefusedUs):
        await send(limiter)


async def test_a_request_without_credentials_does_not_end_a_pause(replica: MakeLimiter) -> None:
    limiter = replica(ManualClock())
    await fail(limiter, RemoteRefusedUs("site", "403", 403))
    async with limiter.acquire(without_credentials=True):
        pass
    with pytest.raises(RemoteRefusedUs):
        await send(limiter)


async def test_a_request_of_a_person_precedes_those_of_a_schedule(replica: MakeLimiter) -> None:
    limiter, order = replica(), list[str]()

    async def request(name: str, priority: Priority) -> None:
        async with limiter.acquire(priority=priority):
            order.append(name)

    async with limiter.acquire():
        waiting = [asyncio.create_task(request(f"schedule {n}", Priority.SCHEDULE)) for n in range(3)]
        await asyncio.sleep(0)
        waiting.append(asyncio.create_task(request("person", Priority.PERSON)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert order == ["person", "schedule 0", "schedule 1", "schedule 2"]


async def test_another_replica_is_admitted_while_one_keeps_sending(replica: MakeLimiter) -> None:
    busy, other, stop = replica(), replica(), asyncio.Event()

    async def keep_sending() -> None:
        while not stop.is_set():
            await send(busy)

    sending = asyncio.create_task(keep_sending())
    await send(other)
    stop.set()
    await sending


async def test_a_cancelled_request_releases_the_turn(replica: MakeLimiter, url: str) -> None:
    holding = asyncio.create_task(hold(replica()))
    await until(lambda: holders(url) == 1)
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
    await asyncio.wait_for(send(replica()), 60)


async def test_a_request_that_is_cancelled_while_it_waits_does_not_disturb_the_one_in_progress(
    replica: MakeLimiter,
) -> None:
    """Otherwise it would close the connection, and the outcome of the other request could not be stored."""
    limiter = replica()
    async with limiter.acquire():
        waiting = asyncio.create_task(send(limiter))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    account = (await limiter.status()).account
    assert account is not None
    assert account.health == "ok"


async def test_a_request_that_is_cancelled_while_it_waits_for_another_replica_holds_no_turn(
    replica: MakeLimiter, url: str
) -> None:
    async with replica().acquire():
        waiting = asyncio.create_task(send(replica()))
        await until(lambda: waiters(url) == 1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert (holders(url), waiters(url)) == (1, 0)
    assert holders(url) == 0


async def test_a_request_that_is_cancelled_while_it_releases_its_turn_holds_it_no_more(
    replica: MakeLimiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the same replica would acquire it twice and release it once."""
    limiter, ending = replica(), asyncio.Event()
    await send(limiter)
    execute_now = psycopg.AsyncConnection.execute

    async def execute(connection: psycopg.AsyncConnection, statement: Any, *values: Any) -> Any:
        if isinstance(statement, bytes) and b"unlock_for_session" in statement:
            ending.set()
            await asyncio.sleep(600)
        return await execute_now(connection, statement, *values)

    monkeypatch.setattr(psycopg.AsyncConnection, "execute", execute)
    sending = asyncio.create_task(send(limiter))
    await ending.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await send(replica(wait=2.0))


async def test_a_request_is_cancelled_soon_when_postgres_does_not_answer(
    replica: MakeLimiter, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another replica may send a request as soon as Postgres has ended the session of this one."""
    monkeypatch.setattr(session_lock, "STATEMENT_SECONDS", 0.5)
    sent, cancelled = asyncio.Event(), asyncio.Event()
    holding = asyncio.create_task(hold(replica(frozen_after=2), sent, cancelled))
    await sent.wait()
    (backend,) = pids(url, HELD_HERE)
    os.kill(backend, signal.SIGSTOP)
    try:
        await asyncio.wait_for(cancelled.wait(), 4)
    finally:
        os.kill(backend, signal.SIGCONT)
    with pytest.raises(RemoteUnavailable, match="was cancelled because the connection to Postgres was lost"):
        await holding


async def test_a_refused_lock_is_not_reported_as_an_unavailable_postgres(replica: MakeLimiter, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("drop function lock_for_session(text)")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        await send(replica())


@pytest.mark.parametrize("pace", [0.0, 0.2])
async def test_a_request_needs_three_round_trips_to_postgres(
    replica: MakeLimiter, monkeypatch: pytest.MonkeyPatch, pace: float
) -> None:
    limiter = replica(requests=LineRules(pace))
    await send(limiter)
    round_trips = 0

    def counted(method: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def count(*values: object) -> object:
            nonlocal round_trips
            round_trips += 1
            return await method(*values)

        return count

    for name in ("acquire", "execute", "release"):
        monkeypatch.setattr(SessionLock, name, counted(getattr(SessionLock, name)))
    await send(limiter)
    assert round_trips == 3


async def test_a_request_is_cancelled_when_the_connection_with_its_turn_is_lost(replica: MakeLimiter, url: str) -> None:
    sent = asyncio.Event()
    holding = asyncio.create_task(hold(replica(), sent))
    await sent.wait()
    end_holders(url)
    with pytest.raises(RemoteUnavailable, match="was cancelled because the connection to Postgres was lost"):
        await asyncio.wait_for(holding, 60)
    await send(replica())


async def test_a_request_is_not_sent_if_the_turn_was_lost_while_it_waited(replica: MakeLimiter, url: str) -> None:
    limiter = replica(requests=LineRules(20.0))
    await send(limiter)
    waiting = asyncio.create_task(hold(limiter))
    await until(lambda: holders(url) == 1)
    end_holders(url)
    with pytest.raises(Exception, match="Postgres is unavailable"):
        await asyncio.wait_for(waiting, 60)
    assert (await limiter.status()).lines[REQUESTS].day.sent == 1


async def test_too_many_waiting_requests_are_refused(replica: MakeLimiter, url: str) -> None:
    holding = asyncio.create_task(hold(replica()))
    await until(lambda: holders(url) == 1)
    with pytest.raises(RemoteThrottled, match="too many requests are waiting"):
        await send(replica(wait=0.2))
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)


async def test_the_turn_of_a_killed_process_is_released_immediately(
    replica: MakeLimiter, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    await asyncio.wait_for(send(replica()), 60)


async def test_the_turn_of_a_frozen_process_is_released_and_its_request_is_cancelled_when_it_continues(
    replica: MakeLimiter, holder: subprocess.Popen[str]
) -> None:
    holder.send_signal(signal.SIGSTOP)
    await asyncio.wait_for(send(replica()), 60)
    holder.send_signal(signal.SIGCONT)
    output = await asyncio.to_thread(holder.stdout.readline) if holder.stdout else ""
    assert output == "RemoteUnavailable\n"


async def test_a_request_that_takes_longer_than_the_idle_time_keeps_its_turn(replica: MakeLimiter) -> None:
    async with replica(frozen_after=3).acquire():
        await asyncio.sleep(4)


async def hold(limiter: RateLimiter, sent: asyncio.Event | None = None, cancelled: asyncio.Event | None = None) -> None:
    async with limiter.acquire():
        if sent is not None:
            sent.set()
        try:
            await asyncio.sleep(600)
        finally:
            if cancelled is not None:
                cancelled.set()


@pytest.fixture
def holder(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, str(HOLDER_SCRIPT), url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "acquired\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def holders(url: str) -> int:
    return len(pids(url, HELD_HERE))


def waiters(url: str) -> int:
    return len(pids(url, HELD_HERE.replace("and granted", "and not granted")))


def pids(url: str, locks: str) -> list[int]:
    """The Postgres processes that hold or await such a lock."""
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(f"select pid {locks}")]


def end_holders(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(f"select pg_terminate_backend(pid) {HELD_HERE}")
