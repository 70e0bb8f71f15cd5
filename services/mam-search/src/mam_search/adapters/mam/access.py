"""The state of the account's rate limiter, as the API shows it."""

from shared.chassis.clock import Clock
from shared.chassis.rate_limiter import REQUESTS, RateLimiter
from shared.contracts.mam.account import TrackerAccess


class TrackerAccessReader:
    """Reads the state of the rate limiter."""

    def __init__(self, rate_limiter: RateLimiter, clock: Clock) -> None:
        self._rate_limiter = rate_limiter
        self._clock = clock

    async def access(self) -> TrackerAccess:
        """When the next request is allowed, and until when and why requests are paused."""
        status = await self._rate_limiter.status()
        account, line = status.account, status.lines.get(REQUESTS)
        paused = account is not None and account.paused_until is not None and account.paused_until > self._clock.now()
        return TrackerAccess(
            seconds_between=self._rate_limiter.rules.lines[REQUESTS].seconds_between,
            next_request_at=line.next_request_at if line else None,
            closed_until=account.paused_until if account and paused else None,
            closed_because=account.detail if account and paused else "",
        )
