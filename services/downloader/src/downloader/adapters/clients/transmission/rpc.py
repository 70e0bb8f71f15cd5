"""Calls of Transmission's RPC, with its session id against forged requests, and a login with each request.

Source: rpc-spec.txt of Transmission 3.00. Version 4 still answers this format.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from pydantic import BaseModel, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.chassis.http import Remote
from shared.chassis.logging import excerpt

from downloader.adapters.clients.refused_logins import LOGIN_RETRY_AFTER, RefusedLogins

SYSTEM = "Transmission"
SESSION_ID = "X-Transmission-Session-Id"
_SUCCESS = "success"
_WRONG = "wrong TRANSMISSION_USERNAME or TRANSMISSION_PASSWORD"
_FORBIDDEN = (
    "Transmission refuses our address: add it to rpc-whitelist in its settings.json. If wrong passwords blocked it,"
    " restart Transmission"
)
_HOST = "Transmission refuses the host in TRANSMISSION_URL: add it to rpc-host-whitelist in its settings.json"


class _Reply(BaseModel):
    result: str
    arguments: dict[str, Any] = {}


class _Statistics(BaseModel):
    secondsActive: int


_REPLY = TypeAdapter(_Reply)
_STATISTICS = TypeAdapter(_Statistics)


class Rpc:
    """Sends requests to one path of the server.

    Raises the `RemoteError` family, and `RemoteAnsweredNonsense` if a request does not succeed.
    """

    def __init__(
        self,
        remote: Remote,
        path: str,
        username: str,
        password: str,
        *,
        refused: RefusedLogins,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._remote = remote
        self._path = path
        self._credentials = (username, password)
        self._refused = refused
        self._now = now
        self._session_id = ""
        self._accepted = False
        self.client_started_at: datetime | None = None
        """The latest time at which Transmission may have been started; None before the first session id."""

    async def call(self, method: str, arguments: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send one request and return its result."""
        return self._result(method, await self._send(method, arguments))

    async def succeeds(self, method: str, arguments: Mapping[str, Any]) -> bool:
        """Send one request and return whether Transmission could do it."""
        return self._remote.read(await self._send(method, arguments), _REPLY).result == _SUCCESS

    async def _send(self, method: str, arguments: Mapping[str, Any] | None) -> httpx.Response:
        """Send one request. A new session id, which comes about hourly and at each restart, is accepted."""
        response = await self._post(method, arguments)
        if response.status_code == 409:
            self._session_id = response.headers.get(SESSION_ID, "")
            response = await self._post(method, arguments)
            if response.status_code == 409:
                raise RemoteAnsweredNonsense(SYSTEM, "a new session id was not accepted: is this Transmission's RPC?")
            statistics = self._result("session-stats", await self._post("session-stats", None))
            active = self._statistics(statistics).secondsActive
            # Whole seconds, which may be one too many: a restart must not seem to be before what came before it.
            self.client_started_at = self._now() - timedelta(seconds=max(0, active - 1))
        return response

    async def _post(self, method: str, arguments: Mapping[str, Any] | None) -> httpx.Response:
        credentials = "\0".join(self._credentials)
        if not self._accepted:
            reason = await self._refused.reason(credentials, self._now() - LOGIN_RETRY_AFTER)
            if reason is not None:
                raise RemoteRefusedUs(SYSTEM, reason)
        try:
            response = await self._remote.request(
                "POST",
                self._path,
                json={"method": method, "arguments": arguments or {}},
                headers={SESSION_ID: self._session_id},
                auth=self._credentials if any(self._credentials) else None,
                accepted={409, 421},
            )
        except RemoteRefusedUs as refused:
            if refused.status != 401:
                raise RemoteRefusedUs(SYSTEM, _FORBIDDEN) from refused
            self._accepted = False
            await self._refused.store(credentials, _WRONG, self._now())
            raise RemoteRefusedUs(SYSTEM, _WRONG) from refused
        if response.status_code == 421:
            raise RemoteRefusedUs(SYSTEM, _HOST)
        if not self._accepted:
            await self._refused.delete()
            self._accepted = True
        return response

    def _result(self, method: str, response: httpx.Response) -> dict[str, Any]:
        reply = self._remote.read(response, _REPLY)
        if reply.result != _SUCCESS:
            raise RemoteAnsweredNonsense(SYSTEM, f"{method} was answered {excerpt(reply.result)[:160]!r}")
        return reply.arguments

    @staticmethod
    def _statistics(answer: Mapping[str, Any]) -> _Statistics:
        try:
            return _STATISTICS.validate_python(answer.get("current-stats"))
        except ValueError:
            raise RemoteAnsweredNonsense(SYSTEM, "session-stats gave no statistics") from None
