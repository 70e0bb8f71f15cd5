"""Requests to MyAnonamouse: one session that rotates with every response, one at a time, rate limited per account."""

from collections.abc import Callable
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import REQUESTS, NotNeeded, RateLimiter, Turn

from mam_search.adapters.mam.account_rules import NEW_SESSION, SYSTEM, pause_after_refusal, session_to_send
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.domain.search_ports import StoredAnswer

Parsed = TypeVar("Parsed")

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
        async with self._rate_limiter.acquire(line, priority=_priority(person_waits), probe=probe) as turn:
            return await self._in_turn(turn, path, query, parse, probe=probe)

    async def request_once(
        self,
        path: str,
        query: dict[str, Any],
        parse: Callable[[httpx.Response], Parsed],
        answers: StoredAnswer[Parsed],
        *,
        person_waits: bool = False,
    ) -> Parsed:
        """Send one GET as `request` does, and store its answer before the next request is sent.

        If the answer was stored while this request waited for its turn, on any replica, it is returned and nothing is
        sent.
        """
        stored: Parsed | None = None

        async def still_needed() -> bool:
            nonlocal stored
            stored = await answers.recent()
            return stored is None

        priority = _priority(person_waits)
        try:
            async with self._rate_limiter.acquire(priority=priority, still_needed=still_needed) as turn:
                answer = await self._in_turn(turn, path, query, parse)
                await answers.store(answer)
                return answer
        except NotNeeded:
            if stored is None:
                raise
            return stored

    async def request_without_session(self, path: str, parse: Callable[[httpx.Response], Parsed]) -> Parsed:
        """Send one GET without the session, which works while the session is refused. It is rate limited as well."""
        async with self._rate_limiter.acquire(without_credentials=True):
            return parse(await self._remote.request("GET", path))

    def json(self, response: httpx.Response, shape: TypeAdapter[Parsed]) -> Parsed:
        """Parse a JSON response.

        Raises `RemoteRefusedUs` if it is a page or empty, which means that the session was refused, and
        `RemoteAnsweredNonsense` if it has another shape.
        """
        check_is_json(response)
        return self._remote.read(response, shape)

    async def _in_turn(
        self,
        turn: Turn,
        path: str,
        query: dict[str, Any],
        parse: Callable[[httpx.Response], Parsed],
        *,
        probe: bool = False,
    ) -> Parsed:
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

    async def _send(self, session: str, path: str, query: dict[str, Any]) -> httpx.Response:
        """Send one request. After a refusal it is not repeated, neither with this session value nor with another."""
        try:
            return await self._remote.request("GET", path, params=query, headers={"Cookie": f"{COOKIE}={session}"})
        except RemoteRefusedUs as refused:
            raise RemoteRefusedUs(SYSTEM, f"{refused.detail}; {NEW_SESSION}") from refused


def check_is_json(response: httpx.Response) -> None:
    """Raises `RemoteRefusedUs` if the response is a page or empty, which means that the session was refused."""
    body = response.content.lstrip()
    if not body or body[:1] == b"<":
        received = "a page" if body else "an empty response"
        raise RemoteRefusedUs(SYSTEM, f"{received} instead of JSON: the session was not accepted; {NEW_SESSION}")


def _priority(person_waits: bool) -> Priority:
    return Priority.PERSON if person_waits else Priority.SCHEDULE
