"""Requests to MyAnonamouse: one session that rotates with every response, one at a time, rate limited per account."""

from collections.abc import Callable
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import REQUESTS, RateLimiter

from mam_search.adapters.mam.account_rules import SYSTEM, pause_after_refusal, session_to_send
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.adapters.postgres.session_store import SessionStore

Parsed = TypeVar("Parsed")

NEW_SESSION = "create a new session for Gapless (Preferences > Security) and set MAM_SESSION"
UNREADABLE = "newer session values were encrypted with another SECRET_KEY: set SECRET_KEY_PREVIOUS to it"


class TrackerRequests:
    """Sends requests to the tracker. The account's rate limiter admits each of them.

    Every method raises the `RemoteError` family.
    """

    def __init__(self, remote: Remote, rate_limiter: RateLimiter, sessions: SessionStore) -> None:
        self._remote = remote
        self._rate_limiter = rate_limiter
        self._sessions = sessions

    async def request(
        self,
        path: str,
        query: dict[str, Any],
        parse: Callable[[httpx.Response], Parsed],
        *,
        line: str = REQUESTS,
        person_waits: bool = False,
        probe: bool = False,
    ) -> Parsed:
        """Send one GET with the session. The new session value is stored before the next request is sent.

        The pace and the budget of `line` apply. With `probe`, the request is sent even while requests are paused. If
        `parse` raises `RemoteRefusedUs`, requests pause as they do after status 403.
        """
        priority = Priority.PERSON if person_waits else Priority.SCHEDULE
        async with self._rate_limiter.acquire(line, priority=priority, probe=probe) as turn:
            known = await self._sessions.known()
            session = session_to_send(known.values, turn.refusals, probe=probe)
            try:
                response = await self._send(session, path, query)
                if received := rotated(response.headers.get_list("set-cookie")):
                    await self._sessions.replace(known, session, received)
                return parse(response)
            except RemoteRefusedUs as refused:
                turn.pause_seconds = pause_after_refusal(turn.refusals + 1, len(known.values))
                if known.unreadable:
                    raise RemoteRefusedUs(SYSTEM, f"{refused.detail}; {UNREADABLE}") from refused
                raise

    async def request_without_session(self, path: str, parse: Callable[[httpx.Response], Parsed]) -> Parsed:
        """Send one GET without the session, which works while the session is refused. It is rate limited as well."""
        async with self._rate_limiter.acquire(without_credentials=True):
            return parse(await self._remote.request("GET", path))

    def json(self, response: httpx.Response, shape: TypeAdapter[Parsed]) -> Parsed:
        """Parse a JSON response.

        Raises `RemoteRefusedUs` if it is a page or empty, which means that the session was refused, and
        `RemoteAnsweredNonsense` if it has another shape.
        """
        body = response.content.lstrip()
        if not body or body[:1] == b"<":
            received = "a page" if body else "an empty response"
            raise RemoteRefusedUs(SYSTEM, f"{received} instead of JSON: the session was not accepted; {NEW_SESSION}")
        return self._remote.read(response, shape)

    async def _send(self, session: str, path: str, query: dict[str, Any]) -> httpx.Response:
        """Send one request. After a refusal it is not repeated, neither with this session value nor with another."""
        try:
            return await self._remote.request("GET", path, params=query, headers={"Cookie": f"{COOKIE}={session}"})
        except RemoteRefusedUs as refused:
            raise RemoteRefusedUs(SYSTEM, f"{refused.detail}; {NEW_SESSION}") from refused
