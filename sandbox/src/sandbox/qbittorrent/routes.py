"""The HTTP face of the stand-in: `/api/v2/<scope>/<action>`, sessions, and the texts of its refusals."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.drift import recordings
from sandbox.qbittorrent import answers
from sandbox.qbittorrent.calls import Call, Refused, read_parameters
from sandbox.qbittorrent.client import Client
from sandbox.qbittorrent.sessions import Banned, Sessions
from sandbox.qbittorrent.torrent_actions import TorrentActions

_BANNED = "Your IP address has been banned after too many failed authentication attempts."


class Routes:
    """All calls of one client."""

    def __init__(self, client: Client, sessions: Sessions) -> None:
        self._client = client
        self._sessions = sessions
        torrents = TorrentActions(client)
        self._reads = _in_scope("torrents", torrents.reads()) | self._other_reads()
        self._writes = _in_scope("torrents", torrents.writes()) | {"app/shutdown": lambda _: None}

    def app(self) -> Starlette:
        methods = ["GET", "POST"]
        return Starlette(
            routes=[
                Route("/api/v2/auth/login", self._login, methods=methods),
                Route("/api/v2/{scope}/{action}", self._call, methods=methods),
            ],
            exception_handlers={Refused: _refused},
        )

    def _other_reads(self) -> dict[str, Callable[[Call], Any]]:
        client = self._client
        return {
            "app/version": lambda _: client.dialect.version,
            "app/webapiVersion": lambda _: client.dialect.api_version,
            "app/defaultSavePath": lambda _: str(client.default_save_path),
            "app/preferences": lambda _: _preferences(client),
            "transfer/info": lambda _: answers.transfer(client),
            "sync/maindata": lambda call: call.session.answer(answers.main_data(client), call.number("rid", 0)),
        }

    async def _login(self, request: Request) -> Response:
        """Up to 5.1 the answer's text says whether the login was taken, in 5.3 its status."""
        by_status, cookie_name = self._client.dialect.says_by_status, self._client.dialect.cookie
        _check_origin(request)
        if request.method != "POST":
            raise Refused(405, "Method Not Allowed")
        taken = Response(status_code=204) if by_status else PlainTextResponse("Ok.")
        if self._sessions.find(request.cookies.get(cookie_name)):
            return taken
        given, _ = await read_parameters(request)
        address = request.client.host if request.client else "unknown"
        try:
            cookie = self._sessions.login(given.get("username", ""), given.get("password", ""), address)
        except Banned:
            raise Refused(403, _BANNED) from None
        if cookie is None and by_status:
            raise Refused(401, "Unauthorized")
        if cookie is None:
            return PlainTextResponse("Fails.")
        taken.set_cookie(cookie_name, cookie, path="/", httponly=True, samesite="lax" if by_status else "strict")
        return taken

    async def _call(self, request: Request) -> Response:
        _check_origin(request)
        session = self._sessions.find(request.cookies.get(self._client.dialect.cookie))
        if session is None:
            raise Refused(403, "Forbidden")
        name = f"{request.path_params['scope']}/{request.path_params['action']}"
        if name == "auth/logout":
            return self._logout(request)
        action = self._reads.get(name) or self._writes.get(name)
        if action is None:
            raise Refused(404, "Not Found")
        if name in self._writes and request.method != "POST":
            raise Refused(405, "Method Not Allowed")
        parameters, uploads = await read_parameters(request)
        await self._client.advance()
        return _shown(action(Call(parameters, uploads, session)))

    def _logout(self, request: Request) -> Response:
        self._sessions.logout(request.cookies.get(self._client.dialect.cookie))
        answer = PlainTextResponse("")
        answer.delete_cookie(self._client.dialect.cookie, path="/")
        return answer


def _check_origin(request: Request) -> None:
    """Protection against forged requests: an Origin or Referer that is not this host is refused."""
    for header in ("origin", "referer"):
        given = request.headers.get(header)
        if given and urlsplit(given).netloc != request.headers.get("host"):
            raise Refused(401, "Unauthorized")


def _in_scope(scope: str, actions: dict[str, Callable[[Call], Any]]) -> dict[str, Callable[[Call], Any]]:
    return {f"{scope}/{name}": action for name, action in actions.items()}


def _preferences(client: Client) -> dict[str, Any]:
    """Those of the recorded client, which had its defaults, with this one's folders."""
    calls = recordings(f"qbittorrent-{client.dialect.preferences}")
    preferences: dict[str, Any] = next(call.response.body for call in calls if call.name == "preferences")
    own = {"save_path": str(client.default_save_path), "temp_path": str(client.default_save_path / "temp")}
    return preferences | own


def _shown(answer: Any) -> Response:
    if answer is None or isinstance(answer, str):
        return PlainTextResponse(answer or "")
    return Response(json.dumps(answer, separators=(",", ":")), media_type="application/json")


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return PlainTextResponse(error.text, error.status)
