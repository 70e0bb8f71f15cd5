"""A session with qBittorrent: logged in when needed, in the words of every version."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import httpx
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote

SYSTEM = "qBittorrent"
_QUIET = timedelta(minutes=15)
"""Five wrong logins ban our address for an hour, so a refused one is not repeated soon."""
_WRONG = "wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"
_BANNED = (
    "qBittorrent has banned our address after too many wrong logins, for an hour by default: correct"
    " QBITTORRENT_USERNAME and QBITTORRENT_PASSWORD, then wait or restart qBittorrent"
)
_HOST = "qBittorrent refuses the host in QBITTORRENT_URL: see its option “Enable Host header validation”"


class RefusedLogins(Protocol):
    """Remembers the last refused login, also when this process is started again."""

    async def words(self, credentials: str, since: datetime) -> str | None: ...

    async def remember(self, credentials: str, words: str, at: datetime) -> None: ...

    async def forget(self) -> None: ...


class Session:
    """Sends calls below `/api/v2/`. Raises the `RemoteError` family."""

    def __init__(
        self,
        remote: Remote,
        username: str,
        password: str,
        *,
        refused: RefusedLogins,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._remote = remote
        self._username = username
        self._password = password
        self._refused = refused
        self._logging_in = asyncio.Lock()
        self._logins = 0
        self._now = now
        self.began_at: datetime | None = None
        """When qBittorrent last took us for new: at the last login, or when it knew nothing of what it had told us."""

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
        except RemoteRefusedUs as refused:
            if refused.status == 401:
                raise RemoteRefusedUs(SYSTEM, _HOST) from refused
            if not self._password:
                raise
            await self._login(before)
        return await self._remote.request(method, f"/api/v2/{action}", **options)

    async def _login(self, before: int) -> None:
        """Log in unless somebody else has meanwhile, or the same credentials were refused a short while ago.

        A wrong password is answered 200 "Fails." up to 5.1, and 401 in 5.3. 401 is the check of the Host header, too,
        which would have refused the call before.
        """
        async with self._logging_in:
            if self._logins != before:
                return
            given = f"{self._username}\0{self._password}"
            words = await self._refused.words(given, self._now() - _QUIET)
            if words is not None:
                raise RemoteRefusedUs(SYSTEM, words)
            words = await self._refusal()
            if words is not None:
                await self._refused.remember(given, words, self._now())
                raise RemoteRefusedUs(SYSTEM, words)
            await self._refused.forget()
            self._logins += 1
            self.forgotten()

    async def _refusal(self) -> str | None:
        """Why a login was refused just now; None when it was taken."""
        credentials = {"username": self._username, "password": self._password}
        try:
            answer = await self._remote.request("POST", "/api/v2/auth/login", data=credentials)
        except RemoteRefusedUs as refused:
            return _WRONG if refused.status == 401 else _BANNED
        return _WRONG if answer.text.strip() == "Fails." else None
