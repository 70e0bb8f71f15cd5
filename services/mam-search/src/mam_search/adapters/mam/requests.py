"""Requests to MyAnonamouse: one session that rotates with every response, one at a time, rate limited per account."""

from collections.abc import Awaitable, Callable, Container
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter
from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import REQUESTS, NotNeeded, RateLimiter
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.translatable import all_of, translatable

from mam_search.adapters.mam.account_rules import pause_after_refusal, probe_after, session_to_send
from mam_search.adapters.mam.refusal_texts import refusal_state
from mam_search.adapters.mam.response_check import check_is_json
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.adapters.postgres.session_store import SessionStore, StoredSession
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.search_ports import StoredAnswer

Parsed = TypeVar("Parsed")

UNREADABLE = translatable(
    "session.unreadable", "newer session values were encrypted with another SECRET_KEY: set SECRET_KEY_PREVIOUS to it"
)


class TrackerRequests:
    """Sends requests to the tracker. The account's rate limiter admits each of them.

    Every method raises the `RemoteError` family.
    """

    def __init__(
        self, remote: Remote, rate_limiter: RateLimiter, sessions: SessionStore, clock: Clock, *, tested: bool = False
    ) -> None:
        """`tested`: the session is tried before it is stored as a setting. Its refusal does not pause the account."""
        self._tested = tested
        self._remote = remote
        self._rate_limiter = rate_limiter
        self._sessions = sessions
        self._clock = clock

    async def request(  # noqa: PLR0913 - the options of a request
        self,
        path: str,
        query: dict[str, Any],
        parse: Callable[[httpx.Response], Parsed],
        *,
        line: str = REQUESTS,
        person_waits: bool = False,
        probe: bool = False,
        accepted: Container[int] = (),
        still_needed: Callable[[], Awaitable[bool]] | None = None,
    ) -> Parsed:
        """Send one GET with the session. The new session value is stored before the next request is sent.

        The pace and the budget of `line` apply. With `probe`, the request is sent even while requests are paused. If
        `parse` raises `SessionRefused`, requests with the session pause as they do after status 403. `parse` gets a
        response with one of the `accepted` statuses too. `NotNeeded` is raised if `still_needed` returns False when the
        turn has come.
        """
        pause = probe_after(self._rate_limiter.rules.lines[line].seconds_between) if probe else None
        (await self._sessions.load()).health.check(self._clock.now(), probe_after=pause)
        async with self._rate_limiter.acquire(
            line,
            priority=_priority(person_waits),
            probe=probe,
            without_credentials=self._tested,
            still_needed=still_needed,
        ):
            result = await self._in_turn(path, query, parse, probe_after=pause, accepted=accepted)
        return _accepted(result)

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

        (await self._sessions.load()).health.check(self._clock.now())
        try:
            async with self._rate_limiter.acquire(priority=_priority(person_waits), still_needed=still_needed):
                result = await self._in_turn(path, query, parse)
                if not isinstance(result, SessionRefused):
                    await answers.store(result)
            return _accepted(result)
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

        Raises `SessionRefused` if it is a page or empty, which means that the session was refused, and
        `RemoteAnsweredNonsense` if it has another shape.
        """
        check_is_json(response)
        return self._remote.read(response, shape)

    async def _in_turn(
        self,
        path: str,
        query: dict[str, Any],
        parse: Callable[[httpx.Response], Parsed],
        *,
        probe_after: timedelta | None = None,
        accepted: Container[int] = (),
    ) -> Parsed | SessionRefused:
        """Send a request with the session, and store the new value and the state.

        The new value is stored also if the response is an error or its body cannot be read. A value that comes with a
        repeated refusal is ignored: it may be worthless, and must not replace one that the site accepted before.

        A refusal of the session is returned: the site answered, so the account must not pause.
        """
        stored = await self._sessions.load()
        health = stored.health
        try:
            health.check(self._clock.now(), probe_after=probe_after)
        except SessionRefused as refused:
            return refused
        session = session_to_send(stored.values, health.refusals, probe=probe_after is not None)
        cookies: list[str] = []
        was_refused = False
        try:
            result = parse(await self._send(session, path, query, accepted, cookies))
        except SessionRefused as refused:
            was_refused = health.refusals > 0
            return await self._refuse(stored, refused)
        finally:
            if not was_refused and (received := rotated(cookies)):
                await self._sessions.replace(stored, session, received)
        if health.succeed(self._clock.now()):
            await self._sessions.save(health)
        return result

    async def _refuse(self, stored: StoredSession, refused: SessionRefused) -> SessionRefused:
        """Pause the requests with the session, unless it was refused for one function only."""
        if refused.state is SessionState.NOT_ALLOWED:
            return refused
        if stored.unreadable:
            refused = SessionRefused(SessionKind.API, refused.state, all_of([refused.observed, UNREADABLE]))
        pause = pause_after_refusal(stored.health.refusals + 1, len(stored.values))
        stored.health.refuse(refused, pause, self._clock.now())
        await self._sessions.save(stored.health)
        return refused

    async def _send(
        self, session: str, path: str, query: dict[str, Any], accepted: Container[int], cookies: list[str]
    ) -> httpx.Response:
        """Send one request, and add the Set-Cookie headers of its response to `cookies`.

        After a refusal it is not repeated, neither with this session value nor with another.
        """
        try:
            return await self._remote.request(
                "GET",
                path,
                params=query,
                headers={"Cookie": f"{COOKIE}={session}"},
                accepted=accepted,
                on_headers=lambda headers: cookies.extend(headers.get_list("set-cookie")),
            )
        except RemoteRefusedUs as refused:
            raise SessionRefused(
                SessionKind.API, refusal_state(refused.detail), refused.detail, refused.status
            ) from refused


def _accepted(result: Parsed | SessionRefused) -> Parsed:
    if isinstance(result, SessionRefused):
        raise result
    return result


def _priority(person_waits: bool) -> Priority:
    return Priority.PERSON if person_waits else Priority.SCHEDULE
