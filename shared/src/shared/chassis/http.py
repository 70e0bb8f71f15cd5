"""One way to talk to other people's servers: honest, patient, and with a closed set of errors."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from math import isnan
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.logging import redact

Answer = TypeVar("Answer")

USER_AGENT = f"Gapless/{version('gapless-shared')}"


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we trust, read once for all clients: reading the certificates takes longer than a call."""
    return httpx.create_ssl_context()


class Remote:
    """An outside system at one address. Raises only the `RemoteError` family; logs nothing."""

    def __init__(
        self,
        system: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        timeout_seconds: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.system = system
        self.url = url.rstrip("/")
        self._client = httpx.AsyncClient(
            headers={"User-Agent": USER_AGENT, **(headers or {})},
            timeout=httpx.Timeout(timeout_seconds, connect=10.0),
            transport=transport,
            verify=_trusted(),
            follow_redirects=False,
        )

    async def aclose(self) -> None:
        await self._client.aclose()

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send one request to a path below the address and return its answer when its status is below 400.

        404 is returned too, because only the caller knows what it means. Raises `RemoteRefusedUs` at 401 and 403,
        `RemoteThrottled` at 429 and at 503 with Retry-After, `RemoteUnavailable` at other 5xx, time-outs and broken
        connections, `RemoteAnsweredNonsense` at other 4xx.
        """
        try:
            response = await self._client.request(method, f"{self.url}/{path.lstrip('/')}", **options)
        except httpx.TimeoutException as error:
            raise RemoteUnavailable(self.system, f"no answer in time to {method} {redact(path)}") from error
        except httpx.HTTPError as error:
            detail = redact(str(error)) or type(error).__name__
            raise RemoteUnavailable(self.system, f"{method} {redact(path)} failed: {detail}") from error
        self._check(response, f"{method} {redact(path)}")
        return response

    async def json(self, method: str, path: str, shape: TypeAdapter[Answer], **options: Any) -> Answer:
        """Send one request and read its answer in the shape given.

        Raises as `request` does, and `RemoteAnsweredNonsense` when the body is not JSON of that shape, or at 404.
        """
        response = await self.request(method, path, **options)
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(self.system, f"{method} {redact(path)} does not exist there (404)")
        return self.read(response, shape)

    def read(self, response: httpx.Response, shape: TypeAdapter[Answer]) -> Answer:
        """Read a body in the shape given. Raises `RemoteAnsweredNonsense` and says what came instead."""
        try:
            return shape.validate_json(response.content)
        except ValidationError as error:
            raise RemoteAnsweredNonsense(self.system, f"{_looks_like(response)}; {_first(error)}") from error

    def _check(self, response: httpx.Response, call: str) -> None:
        status = response.status_code
        if status < 400 or status == 404:
            return
        seen = f"{call} was answered {status}: {redact(response.text[:160]).strip()!r}"
        if status in (401, 403):
            raise RemoteRefusedUs(self.system, seen, status)
        if status == 429 or (status == 503 and "retry-after" in response.headers):
            raise RemoteThrottled(self.system, seen, retry_after(response))
        if status >= 500:
            raise RemoteUnavailable(self.system, seen)
        raise RemoteAnsweredNonsense(self.system, seen)


def retry_after(response: httpx.Response, otherwise: float = 60.0) -> float:
    """Seconds to wait by the Retry-After header (RFC 9110 10.2.3: seconds or a date), within 1 s and 24 h."""
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


def _looks_like(response: httpx.Response) -> str:
    body = response.content[:200].strip()
    if not body:
        return f"an empty answer ({response.status_code})"
    if body[:1] == b"<":
        return f"a page instead of JSON ({response.status_code})"
    return f"an answer of another shape ({response.status_code}, {len(response.content)} bytes)"


def _first(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    return f"at {'.'.join(str(part) for part in first['loc']) or 'the top'}: {first['msg']}"
