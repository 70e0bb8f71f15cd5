"""ASGI middleware of the stand-in: it starts the watcher and checks the token."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.audiobookshelf.watcher import Watcher


class StartWatcher:
    """Starts the watcher on the first request, because the watcher needs the running event loop."""

    def __init__(self, app: ASGIApp, watcher: Watcher | None) -> None:
        self._app = app
        self._watcher = watcher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._watcher is not None and scope["type"] == "http":
            self._watcher.start()
        await self._app(scope, receive, send)


class RequireToken:
    """Requires the token for requests under `/api/`: in the header or, for GET, in the query."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].removeprefix("/audiobookshelf").startswith("/api/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token and request.method == "GET":
            token = request.query_params.get("token", "")
        cover = request.method == "GET" and request.url.path.endswith("/cover")
        await (self._app if token == self._token or cover else unauthorized())(scope, receive, send)


def unauthorized() -> Response:
    """The answer to a request without valid credentials."""
    return Response("Unauthorized", 401)
