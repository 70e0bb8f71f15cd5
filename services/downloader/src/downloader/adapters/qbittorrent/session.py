"""A session with qBittorrent: logged in when needed, in the words of every version."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote

SYSTEM = "qBittorrent"
_QUIET_SECONDS = 15 * 60
"""Five wrong logins ban our address for an hour, so a refused one is not repeated soon."""


class Session:
    """Sends calls below `/api/v2/`. Raises the `RemoteError` family."""

    def __init__(
        self, remote: Remote, username: str, password: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._remote = remote
        self._username = username
        self._password = password
        self._logging_in = asyncio.Lock()
        self._logins = 0
        self._now = now
        self.began_at: datetime | None = None
        """When qBittorrent last took us for new: at the last login, or when it knew nothing of what it had told us."""
        self._refused: tuple[float, str] | None = None

    @property
    def number(self) -> int:
        """Rises with each login; what qBittorrent remembers of a session is gone with it."""
        return self._logins

    def forgotten(self) -> None:
        """qBittorrent knows nothing of us any more: most likely it started anew."""
        self.began_at = self._now()

    async def call(self, method: str, action: str, **options: Any) -> httpx.Response:
        """One call, with a login before it where the session is missing or over (403)."""
        before = self._logins
        try:
            return await self._remote.request(method, f"/api/v2/{action}", **options)
        except RemoteRefusedUs:
            if not self._password:
                raise
            await self._login(before)
        return await self._remote.request(method, f"/api/v2/{action}", **options)

    async def _login(self, before: int) -> None:
        """Log in unless somebody else has meanwhile. Up to 5.1 a wrong password is answered 200 "Fails."."""
        async with self._logging_in:
            if self._logins != before:
                return
            if self._refused and time.monotonic() - self._refused[0] < _QUIET_SECONDS:
                raise RemoteRefusedUs(SYSTEM, self._refused[1])
            credentials = {"username": self._username, "password": self._password}
            try:
                answer = await self._remote.request("POST", "/api/v2/auth/login", data=credentials)
            except RemoteRefusedUs as refused:
                raise self._remember(refused.detail) from refused
            if answer.text.strip() == "Fails.":
                raise self._remember("wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD")
            self._refused = None
            self._logins += 1
            self.forgotten()

    def _remember(self, why: str) -> RemoteRefusedUs:
        self._refused = (time.monotonic(), why)
        return RemoteRefusedUs(SYSTEM, why)
