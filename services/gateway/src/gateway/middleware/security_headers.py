"""Headers that keep a browser from doing with an answer what it is not meant for."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
FOR_DATA = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Cache-Control": "no-store"}
FOR_PAGES = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; worker-src blob:; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'none'"
}
"""The pages of the API's description load nothing from elsewhere. ReDoc sets styles, and searches in a worker."""


class SecurityHeaders:
    """Adds the headers that are not set yet; pages (the docs) may load what is ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_security_headers(MutableHeaders(scope=message))
            await send(message)

        return await self._app(scope, receive, send_with_headers)


def add_security_headers(headers: MutableHeaders) -> None:
    """Add to the headers of an answer what they do not say yet."""
    kind = FOR_PAGES if headers.get("content-type", "").startswith("text/html") else FOR_DATA
    for name, value in (ALWAYS | kind).items():
        headers.setdefault(name, value)
