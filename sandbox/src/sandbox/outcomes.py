"""Simulated failures and a log of every request, the same for all stand-ins.

`controlled(app)` wraps a stand-in. The wrapper serves a control API under `/_sandbox/`:

    POST   /_sandbox/outcomes   switch on a failure: {"kind": "throttled", "path": "/api/items/*", "times": 2}
    GET    /_sandbox/outcomes   list the failures that are switched on
    DELETE /_sandbox/outcomes   switch off all failures
    GET    /_sandbox/requests   list the latest 20,000 requests, oldest first
    DELETE /_sandbox/requests   clear the list and the number of requests
    GET    /_sandbox/requests/number   {"requests": how many there were}
    GET    /_sandbox/health     {"status": "ok"}

Requests to the control API are not logged and never fail.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from http import HTTPStatus

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTROL = "/_sandbox/"
MAX_REQUESTS_LOGGED = 20_000
_SIGN_IN_PAGE = "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"


class Failure(StrEnum):
    """The failures that every stand-in can simulate."""

    AWAY = "away"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    THROTTLED = "throttled"
    BROKEN = "broken"
    HTML = "html"
    HALF = "half"
    EMPTY = "empty"
    SLOW = "slow"


_PLAIN_STATUS = {
    Failure.AWAY.value: HTTPStatus.SERVICE_UNAVAILABLE,
    Failure.UNAUTHORIZED.value: HTTPStatus.UNAUTHORIZED,
    Failure.FORBIDDEN.value: HTTPStatus.FORBIDDEN,
    Failure.BROKEN.value: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Outcome(BaseModel):
    """One failure that is switched on. The first that matches a request applies; after `times` uses it is removed."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(description="a Failure, or a kind that is specific to this stand-in")
    path: str = Field("*", description="shell pattern for the request path, or for the subject of a specific kind")
    method: str | None = Field(None, description="None: any")
    times: int | None = Field(None, gt=0, description="None: until cleared")
    retry_after_seconds: int = Field(30, ge=0, description="for throttled")
    delay_seconds: float = Field(5.0, ge=0, description="for slow")


class LoggedRequest(BaseModel):
    """One request in the log, with the time of its arrival and the status of its answer."""

    method: str
    path: str
    query: str
    at: AwareDatetime
    status: int


class Outcomes:
    """The failures that are switched on at one stand-in, and the requests that it received."""

    def __init__(self, own_kinds: frozenset[str] = frozenset()) -> None:
        self.kinds = own_kinds | {str(kind) for kind in Failure}
        self._own_kinds = own_kinds
        self.switched_on: list[Outcome] = []
        self.requests: deque[LoggedRequest] = deque(maxlen=MAX_REQUESTS_LOGGED)
        self.received = 0

    def switch_on(self, outcome: Outcome) -> None:
        """Add a failure. Raises ValueError for an unknown kind."""
        if outcome.kind not in self.kinds:
            raise ValueError(f"unknown kind {outcome.kind!r}; known kinds: {', '.join(sorted(self.kinds))}")
        self.switched_on.append(outcome)

    def clear(self) -> None:
        """Switch off all failures."""
        self.switched_on.clear()

    def take_for_call(self, method: str, path: str) -> Outcome | None:
        """The general failure that applies to this request, or None. Counts as one use."""
        return self._take(lambda each: each.kind not in self._own_kinds and each.method in (None, method), path)

    def take(self, kind: str, subject: str) -> Outcome | None:
        """The failure of a specific kind that applies to a subject such as an info hash, or None. Counts as one use."""
        return self._take(lambda each: each.kind == kind, subject)

    def _take(self, applies: Callable[[Outcome], bool], path: str) -> Outcome | None:
        for index, each in enumerate(self.switched_on):
            if applies(each) and fnmatchcase(path, each.path):
                if each.times is not None:
                    each.times -= 1
                    if each.times == 0:
                        del self.switched_on[index]
                return each
        return None


class Controlled:
    """A stand-in with simulated failures and a request log, as an ASGI app."""

    def __init__(self, app: ASGIApp, outcomes: Outcomes, own_control: Sequence[BaseRoute] = ()) -> None:
        """`own_control`: further routes of the control API that are specific to this stand-in."""
        self.app = app
        self.outcomes = outcomes
        self._control = _control(outcomes, own_control)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(CONTROL):
            await self._control(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path, status = scope["method"], scope["path"], 500

        async def send_and_record_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        at = datetime.now(UTC)
        outcome = self.outcomes.take_for_call(method, path)
        try:
            await self._app_for(outcome)(scope, receive, send_and_record_status)
        finally:
            query = scope["query_string"].decode("latin-1")
            self.outcomes.received += 1
            self.outcomes.requests.append(LoggedRequest(method=method, path=path, query=query, at=at, status=status))

    def _app_for(self, outcome: Outcome | None) -> ASGIApp:
        if outcome is None:
            return self.app
        match outcome.kind:
            case Failure.SLOW:
                return _delayed(self.app, outcome.delay_seconds)
            case Failure.HALF:
                return _halved(self.app)
            case _:
                return _failure(outcome)


def controlled(app: ASGIApp, own_kinds: frozenset[str] = frozenset(), outcomes: Outcomes | None = None) -> Controlled:
    """Wrap a stand-in. Pass `outcomes` if the stand-in itself checks for specific kinds of failure."""
    return Controlled(app, outcomes or Outcomes(own_kinds))


def _failure(outcome: Outcome) -> Response:
    match outcome.kind:
        case Failure.THROTTLED:
            seconds = str(outcome.retry_after_seconds)
            return JSONResponse({"error": "Too many requests"}, 429, headers={"retry-after": seconds})
        case Failure.HTML:
            return HTMLResponse(_SIGN_IN_PAGE)
        case Failure.EMPTY:
            return Response(b"", 200, media_type="application/json")
        case _:
            status = _PLAIN_STATUS[outcome.kind]
            return PlainTextResponse(status.phrase, status)


def _delayed(app: ASGIApp, delay_seconds: float) -> ASGIApp:
    async def delayed(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(delay_seconds)
        await app(scope, receive, send)

    return delayed


def _halved(app: ASGIApp) -> ASGIApp:
    """The real answer cut off in the middle, with the content length of that half."""

    async def halved(scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        await app(scope, receive, collect)
        half = bytes(body[: len(body) // 2])
        headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        await send({**start, "headers": [*headers, (b"content-length", str(len(half)).encode())]})
        await send({"type": "http.response.body", "body": half})

    return halved


def _control(outcomes: Outcomes, own_control: Sequence[BaseRoute]) -> ASGIApp:
    async def outcome_table(request: Request) -> Response:
        if request.method == "POST":
            try:
                outcomes.switch_on(Outcome.model_validate_json(await request.body()))
            except ValueError as error:
                return PlainTextResponse(str(error), 422)
        elif request.method == "DELETE":
            outcomes.clear()
        return JSONResponse([each.model_dump(mode="json") for each in outcomes.switched_on])

    async def request_log(request: Request) -> Response:
        if request.method == "DELETE":
            outcomes.requests.clear()
            outcomes.received = 0
        return JSONResponse([each.model_dump(mode="json") for each in outcomes.requests])

    async def number(_: Request) -> Response:
        return JSONResponse({"requests": outcomes.received})

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route(f"{CONTROL}outcomes", outcome_table, methods=["GET", "POST", "DELETE"]),
            Route(f"{CONTROL}requests", request_log, methods=["GET", "DELETE"]),
            Route(f"{CONTROL}requests/number", number),
            Route(f"{CONTROL}health", health),
            *own_control,
        ]
    )
