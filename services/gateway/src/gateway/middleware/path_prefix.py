"""Accepts calls below the path at which a reverse proxy publishes the gateway, such as `/gapless`.

A proxy may pass the whole path on, or remove the prefix before. Both work.
"""

from starlette.types import ASGIApp, Receive, Scope, Send


class PathPrefix:
    """Removes the prefix from the path of a call."""

    def __init__(self, app: ASGIApp, base_path: str) -> None:
        """`base_path` begins with a slash and does not end with one."""
        self._app = app
        self._base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (scope["path"] + "/").startswith(self._base_path + "/"):
            scope = {**scope, "path": scope["path"].removeprefix(self._base_path) or "/"}
        return await self._app(scope, receive, send)
