"""Sends a provider's requests: rate limited, and with one retry if the provider does not answer."""

from typing import Any, TypeVar

import stamina
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteUnavailable
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter

Answer = TypeVar("Answer")
ATTEMPTS = 2


class ProviderClient:
    """The connection to one provider. Raises the `RemoteError` family."""

    def __init__(self, remote: Remote, rate_limiter: RateLimiter) -> None:
        self._remote = remote
        self._rate_limiter = rate_limiter

    async def read(
        self, method: str, path: str, shape: TypeAdapter[Answer], *, probe: bool = False, **options: Any
    ) -> Answer:
        """Send a request and parse the response. With `probe`, even while requests are paused after failures."""
        retries = stamina.retry_context(
            on=RemoteUnavailable, attempts=ATTEMPTS, wait_initial=0.3, wait_max=1.0, timeout=None
        )
        async for attempt in retries:
            with attempt:
                async with self._rate_limiter.acquire(probe=probe):
                    return await self._remote.json(method, path, shape, **options)
        raise AssertionError("the last attempt returns or raises")
