"""How the lines of one account wait: a slow line does not hold up a fast one."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from harness.plugin import FreshDatabase
from shared.chassis.backoff import Backoff
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database
from shared.chassis.errors import RemoteThrottled
from shared.chassis.rate_limit_state import LineRules, PauseRules
from shared.chassis.rate_limiter import AccountRules, RateLimiter
from shared.testing.tiny import CHASSIS, RATE_LIMITS, ROLE, migrate

PAUSES = PauseRules(Backoff.doubling(900.0, 3600.0), away_after=3, away_seconds=60.0)


def prepare(database: FreshDatabase) -> None:
    migrate(database.url(ROLE))


@pytest.fixture
async def limiter_of(fresh_database: Callable[..., FreshDatabase]) -> AsyncIterator[Callable[[LineRules], RateLimiter]]:
    """Makes the rate limiter of an account with fast requests and these rules for pages."""
    database = Database(fresh_database(prepare).url(ROLE), CHASSIS)
    made: list[RateLimiter] = []

    def make(pages: LineRules) -> RateLimiter:
        rules = AccountRules("site", "", {"requests": LineRules(0.0), "pages": pages}, PAUSES)
        made.append(RateLimiter(database, RATE_LIMITS, rules, SystemClock()))
        return made[-1]

    yield make
    for limiter in made:
        await limiter.aclose()
    await database.aclose()


async def send(limiter: RateLimiter, line: str) -> None:
    async with limiter.acquire(line):
        pass


async def test_a_request_that_waits_for_the_pace_of_its_line_does_not_hold_up_the_others(
    limiter_of: Callable[[LineRules], RateLimiter],
) -> None:
    limiter = limiter_of(LineRules(60.0, longest_wait_seconds=120.0))
    await send(limiter, "pages")
    waiting = asyncio.create_task(send(limiter, "pages"))
    for _ in range(3):
        await send(limiter, "requests")
    assert not waiting.done()
    waiting.cancel()


async def test_a_line_may_have_its_own_longest_wait(limiter_of: Callable[[LineRules], RateLimiter]) -> None:
    limiter = limiter_of(LineRules(20.0, longest_wait_seconds=10.0))
    await send(limiter, "pages")
    with pytest.raises(RemoteThrottled, match=r"the next request is allowed in 20 s"):
        await send(limiter, "pages")
