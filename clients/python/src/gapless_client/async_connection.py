"""The connection of the asynchronous client."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, BinaryIO, ParamSpec, Self, TypeVar

import httpx

from gapless_client.calls import (
    GATEWAY_AWAY,
    KEY_HEADER,
    PAUSE_SECONDS,
    AnswerT,
    Retries,
    problem_of,
    read,
    request_options,
    unreachable,
)
from gapless_client.connection import PAGE
from gapless_client.errors import ApiProblem
from gapless_client.events import QUIET_SECONDS, Event, EventReader
from gapless_client.shapes import Page

ParametersP = ParamSpec("ParametersP")
ItemT = TypeVar("ItemT")


class AsyncConnection:
    """The same as `Connection`, for programs that use asyncio."""

    def __init__(
        self, url: str, key: str, *, retry_seconds: float = 0.0, timeout_seconds: float = 60.0, verify: bool = True
    ) -> None:
        self.url = url
        self.unavailable: set[str] = set()
        self._retry_seconds = retry_seconds
        self._client = httpx.AsyncClient(
            base_url=url, headers={KEY_HEADER: key}, timeout=timeout_seconds, verify=verify
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(
        self,
        method: str,
        path: str,
        shape: type[AnswerT],
        *,
        query: Mapping[str, Any] | None = None,
        body: object = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> AnswerT:
        """Send one request and return the content of the response in this shape. Raises `ApiProblem`."""
        options = request_options(query, body, headers)
        retries = Retries(self._retry_seconds, self.unavailable)
        while True:
            try:
                return read(await self._request(method, path, options), shape)
            except ApiProblem as problem:
                if not retries.again(problem.problem):
                    raise
            await asyncio.sleep(PAUSE_SECONDS)

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        try:
            return await self._client.request(method, path, **options)
        except httpx.HTTPError as error:
            raise unreachable(error, self.url) from error

    async def download(self, path: str, to: BinaryIO, *, query: Mapping[str, Any] | None = None) -> None:
        """Write the content of a response to a file, as it arrives. Raises `ApiProblem`."""
        try:
            async with self._client.stream("GET", path, **request_options(query, None, None)) as response:
                if not response.is_success:
                    await response.aread()
                    raise ApiProblem(problem_of(response))
                async for chunk in response.aiter_bytes():
                    to.write(chunk)
        except httpx.HTTPError as error:
            raise unreachable(error, self.url) from error

    async def listen(
        self, path: str, query: Mapping[str, Any], last_event_id: int | None
    ) -> AsyncGenerator[Event, None]:
        """Yield events until the caller stops. Connects again after an interruption, where the stream ended.

        Raises `ApiProblem` when the API refuses the stream, or is away for longer than `retry_seconds`.
        """
        reader = EventReader(last_event_id)
        retries = Retries(self._retry_seconds, self.unavailable)
        while True:
            try:
                async for event in self._events(path, query, reader):
                    retries = Retries(self._retry_seconds, self.unavailable)
                    yield event
            except ApiProblem as problem:
                interrupted = reader.connected and problem.code == GATEWAY_AWAY
                reader.connected = False
                if not interrupted and not retries.again(problem.problem):
                    raise
            await asyncio.sleep(reader.pause_seconds)

    async def _events(self, path: str, query: Mapping[str, Any], reader: EventReader) -> AsyncIterator[Event]:
        options = request_options(query, None, reader.headers())
        timeout = httpx.Timeout(self._client.timeout.connect, read=QUIET_SECONDS)
        try:
            async with self._client.stream("GET", path, timeout=timeout, **options) as response:
                if not response.is_success:
                    await response.aread()
                    raise ApiProblem(problem_of(response))
                reader.begin()
                async for line in response.aiter_lines():
                    if (event := reader.read(line)) is not None:
                        yield event
        except httpx.HTTPError as error:
            raise unreachable(error, self.url) from error


async def every_async(
    method: Callable[ParametersP, Awaitable[Page[ItemT]]], *args: ParametersP.args, **kwargs: ParametersP.kwargs
) -> AsyncIterator[ItemT]:
    """Every item of a list, fetched page by page: `async for book in every_async(gapless.books.list)`.

    Raises `ApiProblem`.
    """
    asked: dict[str, Any] = {"limit": PAGE, **kwargs}
    offset = 0
    while True:
        page = await method(*args, **{**asked, "offset": offset})
        for item in page.items:
            yield item
        offset += len(page.items)
        if not page.items or offset >= page.total:
            return
