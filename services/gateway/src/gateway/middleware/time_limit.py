"""Limits the duration of calls, except for event streams and backups."""

import asyncio

from shared.contracts.problem import Problem
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.problems import answer

STREAMED = ("text/event-stream", "application/zip")
"""Answers of these types may take longer once they have begun. A backup has a limit of its own."""


class TimeLimit:
    """Answers 504 when a call has no response within `seconds`."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = False

        async def send_in_time(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if Headers(raw=message["headers"]).get("content-type", "").startswith(STREAMED):
                    limit.reschedule(None)
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as limit:
                return await self._app(scope, receive, send_in_time)
        except TimeoutError:
            if started or not limit.expired():
                raise
        return await answer(self._too_slow())(scope, receive, send)

    def _too_slow(self) -> Problem:
        detail = f"no answer within {self._seconds:g} s; longer work is a run: see /api/scheduler/runs"
        return Problem(code="too_slow", title="Timed out", status=504, detail=detail, retry_after_seconds=30)
