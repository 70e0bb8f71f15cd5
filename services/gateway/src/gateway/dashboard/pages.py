"""Answers browsers with the dashboard, and every other call with the API.

A page of the dashboard has no path of its own here: `index.html` answers every path that is not of the API, and the
script in it shows the page. So a link to a page works when a person opens it or reloads it.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.dashboard.files import ASSETS, INDEX, DashboardFile, DashboardFiles

API_SEGMENTS = frozenset({"api", "docs", "redoc", "openapi.json", "asyncapi", "metrics", "health", "ping"})
"""First segments of the paths of the API."""
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self';"
    " frame-ancestors 'none'"
)
FOR_EVER = "public, max-age=31536000, immutable"
NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Gapless</title>
</head>
<body>
<h1>Gapless</h1>
<p>The dashboard was not built, so there is no page to show. Run <code>make dashboard</code> and reload this page.</p>
<p>The REST API works: see <a href="docs">its documentation</a>.</p>
</body>
</html>
"""


class Dashboard:
    """Middleware that serves the files of the dashboard, and its pages to calls that accept HTML."""

    def __init__(self, app: ASGIApp, files: DashboardFiles) -> None:
        self._app = app
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._response(scope) if scope["type"] == "http" else None
        return await (response or self._app)(scope, receive, send)

    async def _response(self, scope: Scope) -> Response | None:
        """Return the dashboard's answer, or None if the API answers."""
        if scope["method"] not in ("GET", "HEAD"):
            return None
        headers, path = Headers(scope=scope), scope["path"].strip("/")
        first = path.partition("/")[0]
        if first in API_SEGMENTS:
            return None
        file = await asyncio.to_thread(self._files.file, path)
        if file is None and accepts_html(headers) and first != ASSETS:
            file = await asyncio.to_thread(self._files.file, INDEX)
            if file is None and path == "":
                return HTMLResponse(NOT_BUILT)
        return _answer(file, headers) if file else None


def accepts_html(headers: Headers) -> bool:
    """Whether the caller names HTML among what it accepts. Browsers do when they open a page; programs do not."""
    return "text/html" in headers.get("accept", "")


def _answer(file: DashboardFile, request: Headers) -> Response:
    headers = {
        "Cache-Control": FOR_EVER if file.hashed else "no-store",
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Vary": "Accept, Accept-Encoding",
    }
    content = file.content
    if file.compressed is not None and "gzip" in request.get("accept-encoding", ""):
        content = file.compressed
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type=file.media_type, headers=headers)
