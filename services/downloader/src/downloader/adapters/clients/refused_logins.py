"""Remembers a refused login, so that it is not repeated until a download client bans our address."""

from datetime import datetime, timedelta
from typing import Protocol

LOGIN_RETRY_AFTER = timedelta(minutes=15)
"""qBittorrent bans an address for an hour after five wrong logins, so a refused login is not repeated soon."""


class RefusedLogins(Protocol):
    """Stores the last refused login across restarts."""

    async def reason(self, credentials: str, since: datetime) -> str | None:
        """Why these credentials were refused, if they were since then."""

    async def store(self, credentials: str, reason: str, at: datetime) -> None:
        """Store a refused login."""

    async def delete(self) -> None:
        """Delete it after a successful login."""
