"""Reads pages of the site with the browser session, one at a time and at the pace of the account."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

from shared.chassis.clock import Clock
from shared.chassis.counters import counted_request
from shared.chassis.logging import logger
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import RateLimiter
from shared.contracts.mam.sessions import SessionState

from mam_search.adapters.browser.login import LoginForm
from mam_search.adapters.browser.page_check import failure, refusal
from mam_search.adapters.browser.process import (
    BrowserFailed,
    BrowserNotUsable,
    BrowserProcess,
    LoadedPage,
    PageUnreadable,
)
from mam_search.adapters.mam.account_rules import PAGES, pause_after_refusal, session_to_send
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.adapters.postgres.session_store import SessionStore, StoredSession
from mam_search.domain.ports import Page
from mam_search.domain.refusals import SYSTEM, SessionRefused
from mam_search.domain.session_health import MAX_FAILED_LOGINS

PERSON_WAITS_SECONDS = 30.0
"""How long a page for which a person waits may wait for the pace of pages. Their requests time out after 75 s."""
FORM_SECONDS = 2.0
"""The least time between the login form and its submission. It is random, up to three times as long."""
LOGIN_REQUESTS = 2
"""The pages of a login: the form, and its submission."""

Result = TypeVar("Result")


class BrowserPages:
    """The pages of the site. The account's rate limiter admits every page on its own line.

    The session of the API, and its pauses, do not matter for pages: the browser has its own session and state.
    """

    def __init__(
        self,
        browser: BrowserProcess,
        rate_limiter: RateLimiter,
        sessions: SessionStore,
        clock: Clock,
        *,
        form_seconds: float = FORM_SECONDS,
    ) -> None:
        self._browser = browser
        self._rate_limiter = rate_limiter
        self._sessions = sessions
        self._clock = clock
        self._form_seconds = form_seconds
        self._login = LoginForm(browser)

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Read one page, and log in before it if there is no session. Raises the `RemoteError` family."""
        wait = _Wait(person_waits)
        stored = await self._sessions.load()
        self._check(stored)
        requests = LOGIN_REQUESTS if stored.needs_login else 1
        await self._rate_limiter.check(
            PAGES, without_credentials=True, requests=requests, longest_wait_seconds=wait.seconds_left
        )
        await self._browser.start()
        if stored.needs_login:
            await self._in_turn(wait, self._log_in, requests)
        loaded = await self._in_turn(wait, lambda session: self._load(path, session))
        return Page(url=loaded.url, title=loaded.title, html=loaded.html, status=loaded.status)

    async def _in_turn(
        self, wait: "_Wait", visit: Callable[[StoredSession], Awaitable[Result]], requests: int = 1
    ) -> Result:
        """Wait for permission to load a page, then visit it with the session as it is stored now.

        A failure of the browser says nothing about the account, so it is raised after the turn. So does a refusal of
        the session, which the rate limiter ignores for a request without the account's credentials.
        """
        async with self._rate_limiter.acquire(
            PAGES,
            priority=wait.priority,
            without_credentials=True,
            requests=requests,
            longest_wait_seconds=wait.seconds_left,
        ):
            stored = await self._sessions.load()
            self._check(stored)
            try:
                with counted_request(SYSTEM):
                    return await visit(stored)
            except (BrowserFailed, BrowserNotUsable, PageUnreadable) as error:
                failed = error
        logger().warning("page_failed", reason=failed.detail)
        raise failed

    async def _load(self, path: str, stored: StoredSession) -> LoadedPage:
        sent = session_to_send(stored.values, stored.health.refusals, probe=False)
        unproven: list[str] = []

        async def store(header: str) -> None:
            if received := rotated([header]):
                # After a refusal, a value may be worthless. It must not replace one that the site accepted before.
                if stored.health.refusals:
                    unproven.append(received)
                else:
                    await self._sessions.replace(stored, sent, received)

        loaded = await self._browser.read(path, {COOKIE: sent}, store)
        if state := refusal(loaded):
            await self._refuse(stored, state)
        for received in unproven[-1:]:
            await self._sessions.replace(stored, sent, received)
        if failed := failure(loaded):
            raise failed
        if stored.health.succeed(self._clock.now()):
            await self._sessions.save(stored.health)
        return loaded

    async def _log_in(self, stored: StoredSession) -> None:
        """Log in, unless another replica has done it. The attempt is counted before the form is submitted.

        The form and its submission belong together, so they share a turn, with a pause as a member needs to type.
        """
        if not stored.needs_login:
            return
        if state := await self._login.open():
            await self._refuse(stored, state)
        if not await self._sessions.count_login():
            await self._refuse(stored, SessionState.LOGIN_REFUSED)
        stored.health.failed_logins += 1
        await asyncio.sleep(random.uniform(self._form_seconds, 3 * self._form_seconds))  # noqa: S311 - no secret
        result = await self._login.submit(*self._sessions.name_and_password)
        if result.refused is not None:
            await self._refuse(stored, result.refused)
        if result.session is not None:
            await self._sessions.replace(stored, None, result.session)
        stored.health.begin_after_login()
        await self._sessions.save(stored.health)
        logger().info("logged_in")

    def _check(self, stored: StoredSession) -> None:
        """Raise `SessionRefused` while no page may be read with the session."""
        try:
            stored.health.check(self._clock.now())
        except SessionRefused as refused:
            refused.retry_after_seconds = self._seconds_until_renewal(stored)
            raise

    def _seconds_until_renewal(self, stored: StoredSession) -> float | None:
        """When the next page is read with another session value or after a login; None if a person has to act."""
        health = stored.health
        if not stored.can_log_in or health.state is not SessionState.DEAD or health.failed_logins >= MAX_FAILED_LOGINS:
            return None
        return max((health.closed_until - self._clock.now()).total_seconds(), 0.0) if health.closed_until else 0.0

    async def _refuse(self, stored: StoredSession, state: SessionState) -> NoReturn:
        refused = SessionRefused(self._sessions.kind, state)
        pause = pause_after_refusal(stored.health.refusals + 1, max(len(stored.values), 1))
        stored.health.refuse(refused, pause, self._clock.now())
        if state is SessionState.DEAD and stored.needs_login:
            stored.health.closed_until = None
        await self._sessions.save(stored.health)
        logger().warning("pages_refused", state=state, refusals=stored.health.refusals)
        refused.retry_after_seconds = self._seconds_until_renewal(stored)
        raise refused


class _Wait:
    """How long a call may wait for its pages in all, and before whom they go."""

    def __init__(self, person_waits: bool) -> None:
        self.priority = Priority.PERSON if person_waits else Priority.SCHEDULE
        self._ends_at = asyncio.get_running_loop().time() + PERSON_WAITS_SECONDS if person_waits else None

    @property
    def seconds_left(self) -> float | None:
        """The seconds that are left; None: as long as the rules of pages allow."""
        return None if self._ends_at is None else max(self._ends_at - asyncio.get_running_loop().time(), 0.0)
