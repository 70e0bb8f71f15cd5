"""The rules of a provider's rate limiter, and its state as the API shows it."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.tables import RATE_LIMITS
from metadata.adapters.providers.rate_limits import provider_rules
from metadata.domain.ports import MetadataProvider
from metadata.domain.providers import Access, Budget, EnabledProvider, Registry, Weight
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.rate_limiter import RateLimiter
from shared.contracts.metadata.providers import Provider
from shared.testing.clocks import ManualClock

BUDGET = Budget(0.0, per_minute=60, per_day=3)
MakeLimiter = Callable[..., RateLimiter]


def access(secret: str = "token", budget: Budget = BUDGET) -> Access:
    return Access("https://api.example", budget, secret=secret)


@pytest.fixture
async def limiter_of(database: Database, clock: ManualClock) -> AsyncIterator[MakeLimiter]:
    """Call it with an access for another replica."""
    made: list[RateLimiter] = []

    def make(given: Access) -> RateLimiter:
        made.append(RateLimiter(database, RATE_LIMITS, provider_rules("audible", given), clock))
        return made[-1]

    yield make
    for each in made:
        await each.aclose()


async def send(limiter: RateLimiter, *, error: RemoteError | None = None) -> None:
    async with limiter.acquire():
        if error is not None:
            raise error


async def fail(limiter: RateLimiter, error: RemoteError) -> None:
    with pytest.raises(type(error)):
        await send(limiter, error=error)


async def shown(database: Database, clock: ManualClock, provider: MetadataProvider) -> Provider:
    enabled = [EnabledProvider(provider, 1.0, "AUDIBLE")]
    registry = Registry(enabled, [Weight("audible", 1.0)], {"audible": access()})
    return (await ProviderStates(database.transactions(Transaction), registry, clock).all())[0]


class Catalogue:
    """A provider that is only listed."""

    name = "audible"
    abilities: frozenset[str] = frozenset()


async def test_a_refusal_lasts_until_the_token_changes(limiter_of: MakeLimiter) -> None:
    await fail(limiter_of(access()), RemoteRefusedUs("audible", "401"))
    with pytest.raises(RemoteRefusedUs, match="401"):
        await send(limiter_of(access()))
    await send(limiter_of(access("another token")))


async def test_the_requests_of_the_day_are_counted_for_each_token(limiter_of: MakeLimiter, clock: ManualClock) -> None:
    limiter = limiter_of(access())
    for _ in range(3):
        await send(limiter)
        clock.forward(hours=1)
    with pytest.raises(RemoteThrottled, match="today's 3 requests are used up") as used_up:
        await send(limiter)
    assert used_up.value.retry_after_seconds == pytest.approx(21 * 3600)
    await send(limiter_of(access("another token")))


async def test_a_burst_of_requests_is_sent_at_once_and_the_next_one_waits(
    limiter_of: MakeLimiter, clock: ManualClock
) -> None:
    limiters = [limiter_of(access(budget=Budget(600.0, burst=3))) for _ in range(2)]
    for number in range(3):
        await send(limiters[number % 2])
    with pytest.raises(RemoteThrottled, match="the next request is allowed in"):
        await send(limiters[1])
    clock.forward(seconds=600)
    await send(limiters[1])


async def test_only_repeated_failures_pause_requests(limiter_of: MakeLimiter, clock: ManualClock) -> None:
    limiter = limiter_of(access(budget=Budget(0.0)))
    for _ in range(3):
        await fail(limiter, RemoteUnavailable("audible", "no answer"))
    with pytest.raises(RemoteUnavailable, match="requests are paused"):
        await send(limiter)
    clock.forward(seconds=30)
    await send(limiter)


async def test_the_health_of_a_provider_and_what_is_left_of_its_limits_are_shown(
    limiter_of: MakeLimiter, database: Database, clock: ManualClock
) -> None:
    provider: MetadataProvider = Catalogue()  # type: ignore[assignment]  # nothing is requested
    assert [each.left for each in (await shown(database, clock, provider)).quota] == [60, 3]
    began = clock.now()
    await send(limiter_of(access()))
    clock.forward(seconds=20)
    await fail(limiter_of(access()), RemoteThrottled("audible", "too often", 120))
    throttled = await shown(database, clock, provider)
    assert (throttled.health, throttled.detail, throttled.last_answer_at) == ("throttled", "too often", began)
    assert throttled.blocked_until == clock.now() + timedelta(seconds=120)
    assert [(each.left, each.renewed_at) for each in throttled.quota] == [
        (58, began + timedelta(minutes=1)), (1, began + timedelta(days=1)),
    ]  # fmt: skip
    clock.forward(seconds=41)
    assert [each.left for each in (await shown(database, clock, provider)).quota] == [60, 1]
