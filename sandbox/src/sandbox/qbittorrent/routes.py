"""The HTTP API of the stand-in: `/api/v2/<scope>/<action>`, sessions, and error texts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.drift import recordings
from sandbox.qbittorrent import client_answers
from sandbox.qbittorrent.calls import Call, Rejected, read_parameters
from sandbox.qbittorrent.client import Client
from sandbox.qbittorrent.sessions import Banned, Sessions
from sandbox.qbittorrent.sync import SyncSession
from sandbox.qbittorrent.torrent_actions import TorrentActions

_SCOPES = ("app", "auth", "log", "rss", "search", "sync", "torrents", "transfer")
_BANNED = "Your IP address has been banned after too many failed authentication attempts."


class Routes:
    """All routes of one client."""

    def __init__(self, client: Client, sessions: Sessions) -> None:
        self._client = client
        self._sessions = sessions
        torrents = TorrentActions(client)
        self._reads = _in_scope("torrents", torrents.reads()) | self._other_reads()
        self._writes = _in_scope("torrents", torrents.writes()) | self._other_writes()

    def app(self) -> Starlette:
        """The ASGI app with all routes."""
        methods = ["GET", "POST"]
        return Starlette(
            routes=[
                Route("/api/v2/auth/login", self._login, methods=methods),
                Route("/api/v2/{scope}/{action}", self._call, methods=methods),
            ],
            exception_handlers={Rejected: _rejected},
        )

    def _other_reads(self) -> dict[str, Callable[[Call], Any]]:
        client = self._client
        new: dict[str, Callable[[Call], Any]] = {"app/getDirectoryContent": _directory_content}
        return (new if client.dialect.has_5_fields else {}) | {
            "app/version": lambda _: client.dialect.version,
            "app/webapiVersion": lambda _: client.dialect.api_version,
            "app/defaultSavePath": lambda _: str(client.default_save_path),
            "app/preferences": lambda _: _preferences(client),
            "transfer/info": lambda _: client_answers.transfer(client),
            "sync/maindata": lambda call: call.session.answer(client_answers.main_data(client), call.number("rid", 0)),
        }

    def _other_writes(self) -> dict[str, Callable[[Call], Any]]:
        sessions = self._sessions
        keys: dict[str, Callable[[Call], Any]] = {
            "app/rotateAPIKey": lambda _: {"apiKey": sessions.rotate_key()},
            "app/deleteAPIKey": lambda _: sessions.delete_key(),
        }
        return {"app/shutdown": lambda _: None} | (keys if self._client.dialect.answers_by_status else {})

    def _session(self, request: Request) -> SyncSession | None:
        """The session of the request's cookie, or of its API key, with which nobody can log in."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._client.dialect.answers_by_status:
            return self._sessions.find(request.cookies.get(self._client.dialect.cookie))
        return None if request.url.path.startswith("/api/v2/auth/") else self._sessions.find_by_key(key)

    async def _login(self, request: Request) -> Response:
        """Log in. Up to 5.1 the text of the answer says whether the login succeeded, in 5.3 its status."""
        by_status, cookie_name = self._client.dialect.answers_by_status, self._client.dialect.cookie
        _check_origin(request)
        if request.method != "POST":
            raise Rejected(405, "Method Not Allowed")
        if by_status and request.headers.get("authorization", "").lower().startswith("bearer "):
            raise Rejected(403, "Forbidden")
        success = Response(status_code=204) if by_status else PlainTextResponse("Ok.")
        if self._sessions.find(request.cookies.get(cookie_name)):
            return success
        parameters, _ = await read_parameters(request)
        address = request.client.host if request.client else "unknown"
        try:
            cookie = self._sessions.login(parameters.get("username", ""), parameters.get("password", ""), address)
        except Banned:
            raise Rejected(403, _BANNED) from None
        if cookie is None and by_status:
            raise Rejected(401, "Unauthorized")
        if cookie is None:
            return PlainTextResponse("Fails.")
        success.set_cookie(cookie_name, cookie, path="/", httponly=True, samesite="lax" if by_status else "strict")
        return success

    async def _call(self, request: Request) -> Response:
        _check_origin(request)
        session, by_status = self._session(request), self._client.dialect.answers_by_status
        if session is None:
            raise Rejected(403, "Forbidden")
        name = f"{request.path_params['scope']}/{request.path_params['action']}"
        if name == "auth/logout":
            return self._logout(request)
        action = self._reads.get(name) or self._writes.get(name)
        if action is None:
            in_scope = by_status and request.path_params["scope"] in _SCOPES
            raise Rejected(404, "Endpoint does not exist" if in_scope else "Not Found")
        if name in self._writes and request.method != "POST":
            raise Rejected(405, "Method Not Allowed")
        parameters, uploads = await read_parameters(request)
        await self._client.advance()
        answer = action(Call(parameters, uploads, session, names_missing=by_status))
        is_pending = isinstance(answer, dict) and answer.get("pending_count")
        return _response(answer, 202 if is_pending else 200)

    def _logout(self, request: Request) -> Response:
        self._sessions.logout(request.cookies.get(self._client.dialect.cookie))
        answer = PlainTextResponse("")
        answer.delete_cookie(self._client.dialect.cookie, path="/")
        return answer


def _check_origin(request: Request) -> None:
    """Reject requests with an Origin or Referer of another host, as protection against forged requests."""
    for header in ("origin", "referer"):
        origin = request.headers.get(header)
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            raise Rejected(401, "Unauthorized")


def _in_scope(scope: str, actions: dict[str, Callable[[Call], Any]]) -> dict[str, Callable[[Call], Any]]:
    return {f"{scope}/{name}": action for name, action in actions.items()}


def _preferences(client: Client) -> dict[str, Any]:
    """The default preferences of the recorded client, with the folders of this one."""
    calls = recordings(f"qbittorrent-{client.dialect.recording}")
    preferences: dict[str, Any] = next(call.response.body for call in calls if call.name == "preferences")
    own = {"save_path": str(client.default_save_path), "temp_path": str(client.default_save_path / "temp")}
    return preferences | own


def _directory_content(call: Call) -> list[str]:
    """The paths of the entries of a folder of this machine, without hidden ones. 404 if it does not exist."""
    folder, mode = Path(call.required("dirPath")), call.get("mode") or "all"
    if not folder.is_absolute():
        raise Rejected(400, "Invalid directory path")
    if not folder.is_dir():
        raise Rejected(404, "Directory does not exist")
    shown = (each for each in folder.iterdir() if not each.name.startswith("."))
    return [str(each) for each in shown if mode == "all" or each.is_dir() is (mode == "dirs")]


def _response(answer: Any, status: int) -> Response:
    if answer is None or isinstance(answer, str):
        return PlainTextResponse(answer or "", status)
    return Response(json.dumps(answer, separators=(",", ":")), status, media_type="application/json")


async def _rejected(_: Request, error: Exception) -> Response:
    if not isinstance(error, Rejected):
        raise error
    return PlainTextResponse(error.text, error.status)
