"""Begins a trace for each call of the API, or continues that of the caller."""

from shared.chassis.traces import TRACEPARENT, Kind, span, trace_id
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.paths import Paths

API = "/api/"
EVENTS = "/api/events"
"""A stream of events lasts for hours, and a span is exported at its end."""


class Traces:
    """Records a span with the template of the path and the status; queries, headers and bodies are not recorded."""

    def __init__(self, app: ASGIApp, paths: Paths) -> None:
        self._app = app
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API) or scope["path"].startswith(EVENTS):
            return await self._app(scope, receive, send)
        name = f"{scope['method']} {self._paths.template(scope['path']) or API}"
        parent = Headers(scope=scope).get(TRACEPARENT)
        with span(name, Kind.SERVER, parent=parent, begins_trace=True, request_id=scope["state"]["request_id"]) as call:
            scope["state"]["trace_id"] = trace_id()

            async def send_and_see(message: Message) -> None:
                if message["type"] == "http.response.start":
                    call.set(http__response__status_code=message["status"])
                    if message["status"] >= 500:
                        call.fail(str(message["status"]))
                await send(message)

            return await self._app(scope, receive, send_and_see)
