"""The HTTP client for outside systems, with time-outs, size limits and a closed set of errors.

An error contains the method, the template of the path and at most a redacted excerpt of the response. It never contains
a query, a key in a path or a header.
"""

import asyncio
import re
import ssl
from collections.abc import Callable, Container, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from math import isnan
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from shared.chassis.bounded_body import ACCEPT_ENCODING, BodyTooLarge, BodyUnreadable, read_bounded
from shared.chassis.counters import counted_request
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.logging import excerpt
from shared.chassis.traces import Kind, span
from shared.translatable import translatable

Answer = TypeVar("Answer")

USER_AGENT = f"Gapless/{version('gapless-shared')}"
MAX_BYTES = 16 * 2**20
"""Default size limit of a response, also when decompressed."""
_WHOLE_RESPONSE = 4
"""httpx applies a time-out to each chunk of a response; the whole response may take this many times as long."""
_PLAIN_SEGMENT = re.compile(r"[A-Za-z_.-]{1,30}|v?\d{1,3}(\.\d{1,3})*")
"""A segment of a path that can be shown; any other is an id, or may be a key."""


@cache
def trusted_certificates() -> ssl.SSLContext:
    """The trusted certificates, loaded once for all clients: loading them takes longer than a request."""
    return httpx.create_ssl_context()


class Remote:
    """A client of an outside system at one address. Raises only `RemoteError` and its subclasses; logs nothing.

    All requests go through `proxy`, an address with the scheme http, https, socks5 or socks5h, if it is given.
    """

    def __init__(  # noqa: PLR0913 - the options of a client
        self,
        system: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        timeout_seconds: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
        max_bytes: int = MAX_BYTES,
        proxy: str | None = None,
    ) -> None:
        self.system = system
        self.url = url.rstrip("/")
        self._max_bytes = max_bytes
        self._whole_response_seconds = timeout_seconds * _WHOLE_RESPONSE
        self._client = httpx.AsyncClient(
            headers=_encoded({"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPT_ENCODING, **(headers or {})}),
            timeout=httpx.Timeout(timeout_seconds, connect=10.0),
            transport=transport,
            proxy=proxy,
            verify=trusted_certificates(),
            follow_redirects=False,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def request(
        self,
        method: str,
        path: str,
        *,
        max_bytes: int | None = None,
        shown_as: str | None = None,
        accepted: Container[int] = (),
        on_headers: Callable[[httpx.Headers], None] | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Send one request to a path below the address and return the response if its status is below 400, or 404.

        A 404 is returned because only the caller knows what it means. Raises `RemoteRefusedUs` at 401 and 403,
        `RemoteThrottled` at 429 and at 503 with Retry-After, `RemoteUnavailable` at other 5xx, time-outs and broken
        connections, `RemoteAnsweredNonsense` at other 4xx and when the body exceeds `max_bytes`.

        `shown_as` replaces the path in errors; then the response is not shown either. A response with one of the
        `accepted` statuses is returned. `on_headers` is called with the headers of every response, also of one whose
        status or body raises an error.
        """
        call, limit = f"{method} {shown_as or template(path)}", max_bytes or self._max_bytes
        name = f"{method} {self.system}"
        with span(name, Kind.CLIENT, peer__service=self.system) as recorded, counted_request(self.system):
            recorded.set(http__request__method=method, url__template=shown_as or template(path))
            response = await self._answer(method, path, call, limit, on_headers, options)
            recorded.set(http__response__status_code=response.status_code)
            if response.status_code not in accepted:
                self._check(response, call, with_excerpt=shown_as is None)
        return response

    async def _answer(
        self,
        method: str,
        path: str,
        call: str,
        limit: int,
        on_headers: Callable[[httpx.Headers], None] | None,
        options: Mapping[str, Any],
    ) -> httpx.Response:
        """The response, whatever its status. Raises `RemoteUnavailable` and `RemoteAnsweredNonsense`."""
        try:
            async with asyncio.timeout(self._whole_response_seconds):
                return await self._fetch(method, f"{self.url}/{path.lstrip('/')}", limit, on_headers, options)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise RemoteUnavailable(
                self.system, translatable("remote.timed_out", f"{call} timed out", call=call)
            ) from error
        except BodyTooLarge as error:
            words = f"the response to {call} is larger than {limit / 2**20:g} MiB"
            detail = translatable("remote.too_large", words, call=call, limit=limit)
            raise RemoteAnsweredNonsense(self.system, detail) from error
        except BodyUnreadable as error:
            raise RemoteUnavailable(self.system, f"the response to {call} cannot be read: {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            # Not `from error`: messages of httpx quote headers and addresses.
            words, why = f"{call} failed: {_reason(error)}", _reason(error)
            raise RemoteUnavailable(self.system, translatable("remote.failed", words, call=call, why=why)) from None

    async def _fetch(
        self,
        method: str,
        url: str,
        limit: int,
        on_headers: Callable[[httpx.Headers], None] | None,
        options: Mapping[str, Any],
    ) -> httpx.Response:
        async with self._client.stream(method, url, **options) as response:
            if on_headers is not None:
                on_headers(response.headers)
            return await read_bounded(response, limit)

    async def json(self, method: str, path: str, shape: TypeAdapter[Answer], **options: Any) -> Answer:
        """Send one request and parse the response as the given type.

        Raises as `request` does, and `RemoteAnsweredNonsense` at 404 or when the body is not JSON of that type.
        """
        response = await self.request(method, path, **options)
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self.system, f"{method} {template(path)} does not exist (404)")
        return self.read(response, shape)

    def read(self, response: httpx.Response, shape: TypeAdapter[Answer]) -> Answer:
        """Parse a body as the given type. Raises `RemoteAnsweredNonsense`, which describes the actual body."""
        try:
            return shape.validate_json(response.content)
        except ValidationError as error:
            raise RemoteAnsweredNonsense(self.system, f"{_describe(response)}; {_first(error)}") from error

    def _check(self, response: httpx.Response, call: str, *, with_excerpt: bool) -> None:
        status = response.status_code
        if status < 400 or status == 404:
            return
        answer = repr(excerpt(response.text[:600])[:160].strip()) if with_excerpt else ""
        words = f"{call} returned {status}" + (f": {answer}" if answer else "")
        detail = translatable("remote.returned", words, call=call, status=status, answer=answer)
        if status in (401, 403):
            raise RemoteRefusedUs(self.system, detail, status)
        if status == 429 or (status == 503 and "retry-after" in response.headers):
            raise RemoteThrottled(self.system, detail, retry_after(response))
        if status >= 500:
            raise RemoteUnavailable(self.system, detail)
        raise RemoteAnsweredNonsense(self.system, detail)


def _encoded(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    """Encode headers as UTF-8. httpx refuses non-ASCII text with an error that quotes the value."""
    return {name.encode(): value.encode() for name, value in headers.items()}


def template(path: str) -> str:
    """A path without its query, with each id or key replaced by a dot."""
    parts = path.partition("?")[0].split("/")
    return "/".join(part if not part or _PLAIN_SEGMENT.fullmatch(part) else "·" for part in parts)


def _reason(error: Exception) -> str:
    """Why a request failed, without quoting a header or an address."""
    if isinstance(error, httpx.LocalProtocolError | ValueError):
        return "a setting contains characters that are not allowed in a request"
    if isinstance(error, httpx.ConnectError):
        return excerpt(str(error)) or type(error).__name__
    return type(error).__name__


def retry_after(response: httpx.Response, otherwise: float = 60.0) -> float:
    """Seconds to wait according to Retry-After (RFC 9110 10.2.3: seconds or a date), between 1 s and 24 h."""
    value = response.headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - datetime.now(UTC).timestamp()
        except ValueError:
            seconds = otherwise
    if isnan(seconds):
        seconds = otherwise
    return min(max(seconds, 1.0), 86_400.0)


def _describe(response: httpx.Response) -> str:
    body = response.content[:200].strip()
    if not body:
        return f"an empty response ({response.status_code})"
    if body[:1] == b"<":
        return f"HTML instead of JSON ({response.status_code})"
    return f"an unexpected response ({response.status_code}, {len(response.content)} bytes)"


def _first(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    return f"at {'.'.join(str(part) for part in first['loc']) or 'the top'}: {first['msg']}"
