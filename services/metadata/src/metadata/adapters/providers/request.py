"""Sends a provider's requests: rate limited, and with one retry if the provider does not answer."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
import stamina
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteUnavailable
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter

Answer = TypeVar("Answer")
ATTEMPTS = 2


class ProviderClient:
    """The connection to one provider, at one of its addresses. Raises the `RemoteError` family."""

    def __init__(self, open_remote: Callable[[str], Remote], address: str, rate_limiter: RateLimiter) -> None:
        self._open_remote = open_remote
        self._remote = open_remote(address)
        self._rate_limiter = rate_limiter

    def at(self, address: str) -> "ProviderClient":
        """A connection to another address of the provider. All of them share the rate limit."""
        return ProviderClient(self._open_remote, address, self._rate_limiter)

    async def read(
        self, method: str, path: str, shape: TypeAdapter[Answer], *, probe: bool = False, **options: Any
    ) -> Answer:
        """Send a request and parse the response. With `probe`, even while requests are paused after failures."""
        return await self._limited(lambda: self._remote.json(method, path, shape, **options), probe=probe)

    async def ask(
        self,
        method: str,
        path: str,
        parse: Callable[[httpx.Response], Answer],
        *,
        probe: bool = False,
        **options: Any,
    ) -> Answer:
        """Send a request and have `parse` read the response, also one with the status 404 or an `accepted` status.

        An error that `parse` raises counts as an answer of the provider, as in `read`.
        """

        async def send() -> Answer:
            return parse(await self._remote.request(method, path, **options))

        return await self._limited(send, probe=probe)

    def parsed(self, response: httpx.Response, shape: TypeAdapter[Answer]) -> Answer:
        """A response as the given type. Raises `RemoteAnsweredNonsense` if it is not of that type."""
        return self._remote.read(response, shape)

    async def _limited(self, send: Callable[[], Awaitable[Answer]], *, probe: bool) -> Answer:
        retries = stamina.retry_context(
            on=RemoteUnavailable, attempts=ATTEMPTS, wait_initial=0.3, wait_max=1.0, timeout=None
        )
        async for attempt in retries:
            with attempt:
                async with self._rate_limiter.acquire(probe=probe):
                    return await send()
        raise AssertionError("the last attempt returns or raises")
