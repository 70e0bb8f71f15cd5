"""Reads pages of the site with the browser session, one at a time and at the pace of the account."""

from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

from shared.chassis.clock import Clock
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
from mam_search.domain.refusals import SessionRefused

Result = TypeVar("Result")


class BrowserPages:
    """The pages of the site. The account's rate limiter admits every page on its own line.

    The session of the API, and its pauses, do not matter for pages: the browser has its own session and state.
    """

    def __init__(
        self, browser: BrowserProcess, rate_limiter: RateLimiter, sessions: SessionStore, clock: Clock
    ) -> None:
        self._browser = browser
        self._rate_limiter = rate_limiter
        self._sessions = sessions
        self._clock = clock
        self._login = LoginForm(browser)

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Read one page, and log in before it if there is no session. Raises the `RemoteError` family."""
        priority = Priority.PERSON if person_waits else Priority.SCHEDULE
        stored = await self._sessions.load()
        stored.health.check(self._clock.now())
        await self._check_account()
        await self._browser.start()
        if stored.needs_login:
            await self._in_turn(priority, self._log_in)
        loaded = await self._in_turn(priority, lambda session: self._load(path, session))
        return Page(url=loaded.url, title=loaded.title, html=loaded.html, status=loaded.status)

    async def _check_account(self) -> None:
        """Raise `RemoteThrottled` while all requests are stopped or throttled, so that no browser starts in vain."""
        if (account := (await self._rate_limiter.status()).account) is not None:
            account.check(self._clock.now(), may_pass_pause=True)

    async def _in_turn(self, priority: Priority, visit: Callable[[StoredSession], Awaitable[Result]]) -> Result:
        """Wait for permission to load a page, then visit it with the session as it is stored now.

        A failure of the browser says nothing about the account, so it is raised after the turn. So does a refusal of
        the session, which the rate limiter ignores for a request without the account's credentials.
        """
        async with self._rate_limiter.acquire(PAGES, priority=priority, without_credentials=True):
            stored = await self._sessions.load()
            stored.health.check(self._clock.now())
            try:
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
        """Log in, unless another replica has done it. The attempt is counted before the form is submitted."""
        if not stored.needs_login:
            return
        if state := await self._login.open():
            await self._refuse(stored, state)
        if not await self._sessions.count_login():
            await self._refuse(stored, SessionState.LOGIN_REFUSED)
        stored.health.failed_logins += 1
        result = await self._login.submit(*self._sessions.name_and_password)
        if result.refused is not None:
            await self._refuse(stored, result.refused)
        if result.session is not None:
            await self._sessions.replace(stored, None, result.session)
        stored.health.begin_after_login()
        await self._sessions.save(stored.health)
        logger().info("logged_in")

    async def _refuse(self, stored: StoredSession, state: SessionState) -> NoReturn:
        refused = SessionRefused(self._sessions.kind, state)
        pause = pause_after_refusal(stored.health.refusals + 1, max(len(stored.values), 1))
        stored.health.refuse(refused, pause, self._clock.now())
        if state is SessionState.DEAD and stored.needs_login:
            stored.health.closed_until = None
        await self._sessions.save(stored.health)
        logger().warning("pages_refused", state=state, refusals=stored.health.refusals)
        raise refused
