"""The HTTP side of the RPC: the login, the session id against forged requests, and the frame of an answer."""

import base64
import binascii
import json
import secrets
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.torrent_client.client import TorrentClient
from sandbox.transmission.methods import Failed, Methods

_SESSION_ID = "X-Transmission-Session-Id"


class Routes:
    """The one route of a client. A restart gives it a new session id."""

    def __init__(self, client: TorrentClient, username: str, password: str) -> None:
        self._client = client
        self._account = (username, password)
        self._session_id = secrets.token_urlsafe(36)
        self._methods = Methods(client)

    def app(self) -> Starlette:
        """The ASGI app."""
        return Starlette(routes=[Route("/transmission/rpc", self._call, methods=["GET", "POST"])])

    async def _call(self, request: Request) -> Response:
        """Answer as 3.00 does: 401 without a login, then 409 without the session id, then 200 with a result."""
        if _login_of(request) != self._account:
            headers = {"WWW-Authenticate": 'Basic realm="Transmission"'}
            return Response("<h1>401: Unauthorized</h1>", 401, headers, media_type="text/html")
        if request.headers.get(_SESSION_ID) != self._session_id:
            headers = {_SESSION_ID: self._session_id}
            return Response("<h1>409: Conflict</h1>", 409, headers, media_type="text/html")
        try:
            message = await request.json()
        except json.JSONDecodeError:
            return JSONResponse({"result": "no method name", "arguments": {}})
        await self._client.advance()
        return JSONResponse(self._answer(message))

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        method = self._methods.by_name().get(str(message.get("method")))
        if method is None:
            return {"arguments": {}, "result": "method name not recognized"}
        try:
            return {"arguments": method(message.get("arguments") or {}), "result": "success"}
        except Failed as failed:
            return {"arguments": {}, "result": str(failed)}


def _login_of(request: Request) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        username, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (username, password) if scheme.lower() == "basic" else ("", "")
