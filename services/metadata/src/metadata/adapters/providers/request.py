"""Sends a provider's requests: rate limited, and with one retry if the provider does not answer."""

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
import stamina
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteBlockedUs, RemoteRefusedUs, RemoteUnavailable
from shared.chassis.http import Remote, template
from shared.chassis.rate_limiter import RateLimiter

from metadata.adapters.providers.block_pages import refuse_block_page, refuse_challenge

Answer = TypeVar("Answer")
ATTEMPTS = 2


class ProviderClient:
    """The connection to one provider, at one of its addresses.

    Raises the `RemoteError` family: `RemoteBlockedUs` at a challenge, a block page or a redirect to a sign-in page.
    """

    def __init__(
        self, open_remote: Callable[[str], Remote], address: str, rate_limiter: RateLimiter, key_setting: str = ""
    ) -> None:
        self._key_setting = key_setting
        self._open_remote = open_remote
        self._remote = open_remote(address)
        self._rate_limiter = rate_limiter

    def at(self, address: str) -> "ProviderClient":
        """A connection to another address of the provider. All of them share the rate limit."""
        return ProviderClient(self._open_remote, address, self._rate_limiter, self._key_setting)

    async def read(
        self, method: str, path: str, shape: TypeAdapter[Answer], *, probe: bool = False, **options: Any
    ) -> Answer:
        """Send a request and parse the response. With `probe`, even while requests are paused after failures."""

        def parse(response: httpx.Response) -> Answer:
            if response.status_code == HTTPStatus.NOT_FOUND:
                raise RemoteAnsweredNonsense(self._remote.system, f"{method} {template(path)} does not exist (404)")
            return self.parsed(response, shape)

        return await self.ask(method, path, parse, probe=probe, **options)

    async def ask(
        self,
        method: str,
        path: str,
        parse: Callable[[httpx.Response], Answer],
        *,
        probe: bool = False,
        may_be_private: bool = False,
        **options: Any,
    ) -> Answer:
        """Send a request and have `parse` read the response, also one with the status 404 or an `accepted` status.

        With `may_be_private`, it also reads a redirect to a sign-in page, which otherwise stops all requests.
        An error that `parse` raises counts as an answer of the provider, as in `read`.
        """

        system = self._remote.system

        async def send() -> Answer:
            refuse = partial(refuse_challenge, system)
            try:
                response = await self._remote.request(method, path, on_headers=refuse, **options)
                refuse_block_page(system, response, may_be_private=may_be_private)
                return parse(response)
            except RemoteBlockedUs:
                raise
            except RemoteRefusedUs as error:
                raise self._with_setting(error) from None

        return await self._limited(send, probe=probe)

    def parsed(self, response: httpx.Response, shape: TypeAdapter[Answer]) -> Answer:
        """A response as the given type. Raises `RemoteAnsweredNonsense` if it is not of that type."""
        return self._remote.read(response, shape)

    def _with_setting(self, error: RemoteRefusedUs) -> RemoteRefusedUs:
        """The refusal with the setting that a person has to correct, if the provider has credentials."""
        if not self._key_setting:
            return error
        detail = f"{error.detail} (its token or key is in {self._key_setting})"
        return RemoteRefusedUs(error.system, detail, error.status)

    async def _limited(self, send: Callable[[], Awaitable[Answer]], *, probe: bool) -> Answer:
        retries = stamina.retry_context(
            on=RemoteUnavailable, attempts=ATTEMPTS, wait_initial=0.3, wait_max=1.0, timeout=None
        )
        async for attempt in retries:
            with attempt:
                async with self._rate_limiter.acquire(probe=probe):
                    return await send()
        raise AssertionError("the last attempt returns or raises")
