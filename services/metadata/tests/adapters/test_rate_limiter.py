"""A provider's rate limit over all replicas, and when requests pause."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import pytest
from metadata.adapters.postgres import rate_limiter
from metadata.adapters.postgres.rate_limiter import AWAY_AFTER, ProviderRateLimiter, RateLimitRules
from metadata.adapters.postgres.tables import CHASSIS, ProviderRow
from metadata.domain.providers import Budget
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.testing.waiting import until

RULES = RateLimitRules("audible", Budget(0.0), "https://api.example", "token")


@pytest.fixture
def line(database: Database, clock: Any) -> ProviderRateLimiter:
    return ProviderRateLimiter(database.transactions(Transaction), RULES, clock)


async def fail(line: ProviderRateLimiter, error: RemoteError, **how: bool) -> None:
    with pytest.raises(type(error)):
        async with line.acquire(**how):
            raise error


async def test_two_replicas_send_one_request_at_a_time_and_keep_the_interval(database: Database) -> None:
    other = Database(database.url, CHASSIS)
    rules = RateLimitRules("audible", Budget(0.05), "https://api.example")
    lines = [ProviderRateLimiter(each.transactions(Transaction), rules, SystemClock()) for each in (database, other)]
    under_way, most, began = 0, 0, []

    async def ask(line: ProviderRateLimiter) -> None:
        nonlocal under_way, most
        async with line.acquire():
            under_way += 1
            most = max(most, under_way)
            began.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0)
            under_way -= 1

    await asyncio.gather(*(ask(lines[number % 2]) for number in range(6)))
    await other.aclose()
    assert most == 1
    assert min(later - earlier for earlier, later in pairwise(began)) >= 0.045


async def test_after_a_pause_a_burst_of_requests_is_sent_at_once(database: Database, clock: Any) -> None:
    rules = RateLimitRules("audible", Budget(60.0, burst=3), "https://api.example")
    limiter = ProviderRateLimiter(database.transactions(Transaction), rules, clock)
    began = asyncio.get_running_loop().time()
    for _ in range(3):
        async with limiter.acquire():
            pass
    assert asyncio.get_running_loop().time() - began < 30
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(limiter.acquire().__aenter__(), 0.2)
    clock.forward(seconds=60)
    async with limiter.acquire():
        pass


async def test_no_request_is_sent_after_those_of_the_day_until_the_next_day(database: Database, clock: Any) -> None:
    rules = RateLimitRules("audible", Budget(0.0, per_day=2), "https://api.example")
    limiter = ProviderRateLimiter(database.transactions(Transaction), rules, clock)
    for _ in range(2):
        async with limiter.acquire():
            clock.forward(hours=1)
    with pytest.raises(RemoteThrottled, match="today's 2 requests are used up") as used_up:
        async with limiter.acquire(probe=True):
            pytest.fail("the day is not over")
    assert used_up.value.retry_after_seconds == pytest.approx(22 * 3600)
    clock.forward(hours=22)
    async with limiter.acquire():
        pass


async def test_requests_to_a_throttled_provider_pause_until_the_given_time(
    line: ProviderRateLimiter, clock: Any
) -> None:
    await fail(line, RemoteThrottled("audible", "too often", 120))
    with pytest.raises(RemoteThrottled, match="too often") as seen:
        async with line.acquire(probe=True):
            pytest.fail("no request is allowed now")
    assert seen.value.retry_after_seconds == pytest.approx(120)
    clock.forward(seconds=121)
    async with line.acquire():
        pass


async def test_a_refusal_lasts_until_the_token_changes(
    line: ProviderRateLimiter, database: Database, clock: Any
) -> None:
    await fail(line, RemoteRefusedUs("audible", "401"))
    with pytest.raises(RemoteRefusedUs):
        async with line.acquire():
            pytest.fail("no request is allowed now")
    renewed = RateLimitRules("audible", Budget(0.0), "https://api.example", "another token")
    async with ProviderRateLimiter(database.transactions(Transaction), renewed, clock).acquire():
        pass


async def test_a_probe_is_allowed_after_a_refusal(line: ProviderRateLimiter) -> None:
    await fail(line, RemoteRefusedUs("audible", "401"))
    async with line.acquire(probe=True):
        pass
    async with line.acquire():
        pass


async def test_only_repeated_failures_pause_requests(line: ProviderRateLimiter, clock: Any) -> None:
    for _ in range(AWAY_AFTER):
        await fail(line, RemoteUnavailable("audible", "no answer"))
    with pytest.raises(RemoteUnavailable, match="requests are paused"):
        async with line.acquire():
            pytest.fail("no request is allowed now")
    clock.forward(minutes=1)
    async with line.acquire():
        pass


async def test_the_health_of_a_provider_is_stored(line: ProviderRateLimiter, database: Database, clock: Any) -> None:
    async with line.acquire():
        pass
    async with database.transactions(Transaction)() as tx:
        row = await tx.session.get_one(ProviderRow, "audible")
    assert (row.health, row.last_answer_at) == ("ok", clock.now())
    await fail(line, RemoteUnavailable("audible", "no answer"))
    async with database.transactions(Transaction)() as tx:
        row = await tx.session.get_one(ProviderRow, "audible")
    assert (row.health, row.detail, row.last_answer_at) == ("away", "no answer", clock.now())


async def test_consecutive_requests_share_a_transaction_and_are_counted(
    database: Database, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limiter, "MAX_HOLD_SECONDS", 60.0)  # a busy machine needs seconds for 20 requests
    opened = 0

    @asynccontextmanager
    async def counted() -> AsyncIterator[Transaction]:
        nonlocal opened
        opened += 1
        async with database.transactions(Transaction)() as tx:
            yield tx

    line = ProviderRateLimiter(counted, RULES, clock)
    for _ in range(20):
        async with line.acquire():
            pass
    assert opened <= 3

    async def stored_count() -> int:
        async with database.transactions(Transaction)() as tx:
            return (await tx.session.get_one(ProviderRow, "audible")).asked_in_day

    async def is_stored() -> bool:
        """The count is stored when the limiter releases the lock, a moment after the last request."""
        return await stored_count() >= 20

    await until(is_stored)
    assert await stored_count() == 20


async def test_another_replica_is_admitted_while_one_keeps_sending(database: Database) -> None:
    other = Database(database.url, CHASSIS)
    busy, late = (
        ProviderRateLimiter(each.transactions(Transaction), RULES, SystemClock()) for each in (database, other)
    )
    stop = asyncio.Event()

    async def keep_asking() -> None:
        while not stop.is_set():
            async with busy.acquire():
                await asyncio.sleep(0.001)

    client = asyncio.create_task(keep_asking())
    await asyncio.sleep(0.05)
    async with asyncio.timeout(30):
        async with late.acquire():
            pass
    stop.set()
    await client
    await other.aclose()


async def test_a_cancelled_request_releases_the_lock(line: ProviderRateLimiter, database: Database) -> None:
    async with line.acquire():
        pass

    async def ask_for_ever() -> None:
        async with line.acquire():
            await asyncio.sleep(3600)

    client = asyncio.create_task(ask_for_ever())
    await asyncio.sleep(0.1)
    client.cancel()
    await asyncio.gather(client, return_exceptions=True)
    other = Database(database.url, CHASSIS)
    async with asyncio.timeout(10):
        async with ProviderRateLimiter(other.transactions(Transaction), RULES, SystemClock()).acquire():
            pass
    await other.aclose()
