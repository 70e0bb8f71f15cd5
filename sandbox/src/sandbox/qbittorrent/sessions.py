"""Sessions, the API key, and bans of addresses after failed logins. A restart ends sessions and bans."""

import secrets
from collections.abc import Callable

from sandbox.qbittorrent.sync import SyncSession

FAILURES_BEFORE_BAN = 5
BAN_SECONDS = 3600


class Banned(Exception):
    """Too many failed logins from this address."""


class Sessions:
    """Sessions by cookie, and failed logins by address."""

    def __init__(self, username: str, password: str, clock: Callable[[], float]) -> None:
        self._account = (username, password)
        self._clock = clock
        self._sessions: dict[str, SyncSession] = {}
        self._failures: dict[str, int] = {}
        self._banned_until: dict[str, float] = {}
        self._api_key: str | None = None
        self._session_of_key = SyncSession()

    def find(self, cookie: str | None) -> SyncSession | None:
        """The session with this cookie, or None."""
        return self._sessions.get(cookie or "")

    def find_by_key(self, key: str) -> SyncSession | None:
        """The one session of all programs that use the API key, or None if the key is wrong."""
        return self._session_of_key if self._api_key is not None and key == self._api_key else None

    def rotate_key(self) -> str:
        """A new API key, which replaces the last one."""
        self._api_key, self._session_of_key = f"qbt_{secrets.token_hex(14)}", SyncSession()
        return self._api_key

    def delete_key(self) -> None:
        """Delete the API key."""
        self._api_key = None

    def login(self, username: str, password: str, address: str) -> str | None:
        """The cookie of a new session, or None for wrong credentials. Raises Banned."""
        if self._banned_until.get(address, 0.0) > self._clock():
            raise Banned
        if (username, password) != self._account:
            self._count_failure(address)
            return None
        self._failures.pop(address, None)
        cookie = secrets.token_urlsafe(24)
        self._sessions[cookie] = SyncSession()
        return cookie

    def logout(self, cookie: str | None) -> None:
        """End the session with this cookie, if there is one."""
        self._sessions.pop(cookie or "", None)

    def _count_failure(self, address: str) -> None:
        self._failures[address] = self._failures.get(address, 0) + 1
        if self._failures[address] >= FAILURES_BEFORE_BAN:
            del self._failures[address]
            self._banned_until[address] = self._clock() + BAN_SECONDS
