"""The connection of the blocking client."""

import time
from collections.abc import Callable, Iterator, Mapping
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
from gapless_client.errors import ApiProblem
from gapless_client.events import QUIET_SECONDS, Event, EventReader
from gapless_client.shapes import Page

ParametersP = ParamSpec("ParametersP")
ItemT = TypeVar("ItemT")
PAGE = 500
"""Items that `every` fetches at once."""


class Connection:
    """The REST API at one address, with one key.

    A request that gets no answer, or the answer that a service is unavailable, is repeated for up to `retry_seconds`.
    Requests for a service in `unavailable` are not repeated. Every call raises `ApiProblem` when the API refuses it or
    does not answer.
    """

    def __init__(
        self, url: str, key: str, *, retry_seconds: float = 0.0, timeout_seconds: float = 60.0, verify: bool = True
    ) -> None:
        self.url = url
        self.unavailable: set[str] = set()
        self._retry_seconds = retry_seconds
        self._client = httpx.Client(base_url=url, headers={KEY_HEADER: key}, timeout=timeout_seconds, verify=verify)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(
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
                return read(self._request(method, path, options), shape)
            except ApiProblem as problem:
                if not retries.again(problem.problem):
                    raise
            time.sleep(PAUSE_SECONDS)

    def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        try:
            return self._client.request(method, path, **options)
        except httpx.HTTPError as error:
            raise unreachable(error, self.url) from error

    def download(self, path: str, to: BinaryIO, *, query: Mapping[str, Any] | None = None) -> None:
        """Write the content of a response to a file, as it arrives. Raises `ApiProblem`."""
        try:
            with self._client.stream("GET", path, **request_options(query, None, None)) as response:
                if not response.is_success:
                    response.read()
                    raise ApiProblem(problem_of(response))
                for chunk in response.iter_bytes():
                    to.write(chunk)
        except httpx.HTTPError as error:
            raise unreachable(error, self.url) from error

    def listen(self, path: str, query: Mapping[str, Any], last_event_id: int | None) -> Iterator[Event]:
        """Yield events until the caller stops. Connects again after an interruption, where the stream ended.

        Raises `ApiProblem` when the API refuses the stream, or is away for longer than `retry_seconds`.
        """
        reader = EventReader(last_event_id)
        retries = Retries(self._retry_seconds, self.unavailable)
        while True:
            try:
                for event in self._events(path, query, reader):
                    retries = Retries(self._retry_seconds, self.unavailable)
                    yield event
            except ApiProblem as problem:
                interrupted = reader.connected and problem.code == GATEWAY_AWAY
                reader.connected = False
                if not interrupted and not retries.again(problem.problem):
                    raise
            time.sleep(reader.pause_seconds)

    def _events(self, path: str, query: Mapping[str, Any], reader: EventReader) -> Iterator[Event]:
        options = request_options(query, None, reader.headers())
        timeout = httpx.Timeout(self._client.timeout.connect, read=QUIET_SECONDS)
        try:
            with self._client.stream("GET", path, timeout=timeout, **options) as response:
                if not response.is_success:
                    response.read()
                    raise ApiProblem(problem_of(response))
                reader.begin()
                for line in response.iter_lines():
                    if (event := reader.read(line)) is not None:
                        yield event
        except httpx.HTTPError as error:
            raise unreachable(error, self.url) from error


def every(
    method: Callable[ParametersP, Page[ItemT]], *args: ParametersP.args, **kwargs: ParametersP.kwargs
) -> Iterator[ItemT]:
    """Every item of a list, fetched page by page: `every(gapless.books.list, sort="added_at")`. Raises `ApiProblem`."""
    asked: dict[str, Any] = {"limit": PAGE, **kwargs}
    offset = 0
    while True:
        page = method(*args, **{**asked, "offset": offset})
        yield from page.items
        offset += len(page.items)
        if not page.items or offset >= page.total:
            return
