"""Limits the size of bodies, with or without `Content-Length`."""

from shared.contracts.problem import Problem
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.problems import answer

LARGEST_BODY_BYTES = 7 * 1024 * 1024
"""Below the largest message of the broker (8 MiB), because a body is forwarded in one message."""


class BodyLimit:
    """Answers 413 when a body is larger than `LARGEST_BODY_BYTES`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > LARGEST_BODY_BYTES:
            return await answer(_too_large())(scope, receive, send)
        read_bytes = 0

        async def receive_so_much() -> Message:
            nonlocal read_bytes
            message = await receive()
            read_bytes += len(message.get("body", b""))
            if read_bytes > LARGEST_BODY_BYTES:
                raise BodyTooLarge
            return message

        try:
            return await self._app(scope, receive_so_much, send)
        except BodyTooLarge:  # raised in an inner middleware, outside of the error handlers
            return await answer(_too_large())(scope, receive, send)


class BodyTooLarge(HTTPException):
    """Raised by `receive`. FastAPI does not catch it while it reads a body."""

    def __init__(self) -> None:
        super().__init__(413, _too_large().detail)


def _too_large() -> Problem:
    detail = f"the body exceeds {LARGEST_BODY_BYTES} bytes: split it into several calls"
    return Problem(code="too_large", title="Body too large", status=413, detail=detail)
