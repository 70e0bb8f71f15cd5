"""A session with qBittorrent of any version, with a login when needed."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote

from downloader.adapters.clients.refused_logins import LOGIN_RETRY_AFTER, RefusedLogins

SYSTEM = "qBittorrent"
_WRONG = "wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"
_BANNED = (
    "qBittorrent banned our address after too many wrong logins, by default for an hour: correct"
    " QBITTORRENT_USERNAME and QBITTORRENT_PASSWORD, then wait or restart qBittorrent"
)
_WRONG_KEY = (
    "qBittorrent refuses QBITTORRENT_API_KEY: create a new key in its options, or, before 5.2, use QBITTORRENT_USERNAME"
    " and QBITTORRENT_PASSWORD instead"
)
_HOST = "qBittorrent refuses the host in QBITTORRENT_URL: see its option “Enable Host header validation”"


def key_header(api_key: str) -> dict[str, str]:
    """The header with which requests need no login, from qBittorrent 5.2 on; none without a key."""
    return {"Authorization": f"Bearer {api_key}"} if api_key else {}


class Session:
    """Sends calls below `/api/v2/`. With an API key there is no login. Raises the `RemoteError` family."""

    def __init__(
        self,
        remote: Remote,
        username: str,
        password: str,
        *,
        refused: RefusedLogins,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        uses_api_key: bool = False,
    ) -> None:
        self._remote = remote
        self._username = username
        self._password = password
        self._refused = refused
        self._logging_in = asyncio.Lock()
        self._logins = 0
        self._now = now
        self._uses_api_key = uses_api_key
        self.began_at: datetime | None = None
        """When the session last began: at the last login, or when qBittorrent lost its state of it."""

    @property
    def number(self) -> int:
        """The number of logins. qBittorrent loses its state of a session with each."""
        return self._logins

    def restarted(self) -> None:
        """qBittorrent lost its state of the session, most likely because it restarted."""
        self.began_at = self._now()

    async def call(self, method: str, action: str, **options: Any) -> httpx.Response:
        """Send a request; log in first if there is no valid session (403). Raises the `RemoteError` family."""
        before = self._logins
        try:
            return await self._remote.request(method, f"/api/v2/{action}", **options)
        except RemoteRefusedUs as refused:
            if refused.status == 401:
                raise RemoteRefusedUs(SYSTEM, _HOST) from refused
            if self._uses_api_key:
                raise RemoteRefusedUs(SYSTEM, _WRONG_KEY) from refused
            if not self._password:
                raise
            await self._login(before)
        return await self._remote.request(method, f"/api/v2/{action}", **options)

    async def _login(self, before: int) -> None:
        """Log in unless another task just did. Raises `RemoteRefusedUs`, at once if a login was refused recently.

        A wrong password is answered 200 "Fails." up to 5.1, and 401 in 5.3. The check of the Host header answers 401
        too, but it would have refused the request before the login.
        """
        async with self._logging_in:
            if self._logins != before:
                return
            credentials = f"{self._username}\0{self._password}"
            reason = await self._refused.reason(credentials, self._now() - LOGIN_RETRY_AFTER)
            if reason is not None:
                raise RemoteRefusedUs(SYSTEM, reason)
            reason = await self._refusal()
            if reason is not None:
                await self._refused.store(credentials, reason, self._now())
                raise RemoteRefusedUs(SYSTEM, reason)
            await self._refused.delete()
            self._logins += 1
            self.restarted()

    async def _refusal(self) -> str | None:
        """Log in. Returns why it was refused, or None."""
        credentials = {"username": self._username, "password": self._password}
        try:
            response = await self._remote.request("POST", "/api/v2/auth/login", data=credentials)
        except RemoteRefusedUs as refused:
            return _WRONG if refused.status == 401 else _BANNED
        return _WRONG if response.text.strip() == "Fails." else None
