"""Reads pages of the site with the browser session, one at a time and at the pace of the account."""

from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.logging import logger
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import RateLimiter

from mam_search.adapters.browser.login import LoginForm
from mam_search.adapters.browser.page_check import failure, refusal
from mam_search.adapters.browser.process import BrowserFailed, BrowserProcess, LoadedPage, PageUnreadable
from mam_search.adapters.mam.account_rules import PAGES, SYSTEM, pause_after_refusal, session_to_send
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.adapters.postgres.browser_session_store import BrowserSessionStore, StoredBrowserSession
from mam_search.domain.browser_session import EXPLANATIONS, BrowserSession, BrowserSessionState
from mam_search.domain.ports import Page

Result = TypeVar("Result")


class BrowserPages:
    """The pages of the site. The account's rate limiter admits every page on its own line.

    The session of the API, and its pauses, do not matter for pages: the browser has its own session and state.
    """

    def __init__(
        self, browser: BrowserProcess, rate_limiter: RateLimiter, sessions: BrowserSessionStore, clock: Clock
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
        self._check(stored.session)
        await self._browser.start()
        if stored.needs_login:
            await self._in_turn(priority, self._log_in)
        loaded = await self._in_turn(priority, lambda session: self._load(path, session))
        return Page(url=loaded.url, title=loaded.title, html=loaded.html, status=loaded.status)

    async def _in_turn(self, priority: Priority, visit: Callable[[StoredBrowserSession], Awaitable[Result]]) -> Result:
        """Wait for permission to load a page, then visit it with the session as it is stored now.

        A failure of the browser says nothing about the account, so it is raised after the turn.
        """
        async with self._rate_limiter.acquire(PAGES, priority=priority, without_credentials=True):
            stored = await self._sessions.load()
            self._check(stored.session)
            try:
                return await visit(stored)
            except (BrowserFailed, PageUnreadable) as error:
                failed = error
        logger().warning("page_failed", reason=failed.detail)
        raise failed

    async def _load(self, path: str, stored: StoredBrowserSession) -> LoadedPage:
        sent = session_to_send(stored.values, stored.session.refusals, probe=False)

        async def store(header: str) -> None:
            if received := rotated([header]):
                await self._sessions.rotate(sent, received)

        loaded = await self._browser.read(path, {COOKIE: sent}, store)
        if state := refusal(loaded):
            await self._refuse(stored, state)
        if failed := failure(loaded):
            raise failed
        if stored.session != BrowserSession():
            stored.session.accept()
            await self._sessions.save(stored.session)
        return loaded

    async def _log_in(self, stored: StoredBrowserSession) -> None:
        """Log in, unless another replica has done it. The attempt is counted before the form is submitted."""
        if not stored.needs_login:
            return
        if state := await self._login.open():
            await self._refuse(stored, state)
        if not await self._sessions.count_login():
            await self._refuse(stored, BrowserSessionState.LOGIN_REFUSED)
        stored.session.failed_logins += 1
        result = await self._login.submit(*self._sessions.name_and_password)
        if result.refused is not None:
            await self._refuse(stored, result.refused)
        if result.session is not None:
            await self._sessions.rotate(None, result.session)
        # The login counts as failed until a page was read with its session.
        await self._sessions.save(BrowserSession(failed_logins=stored.session.failed_logins))
        logger().info("logged_in")

    async def _refuse(self, stored: StoredBrowserSession, state: BrowserSessionState) -> NoReturn:
        refusals, values = stored.session.refusals + 1, max(len(stored.values), 1)
        stored.session.refuse(state, self._clock.now(), pause_after_refusal(refusals, values))
        if state is BrowserSessionState.REFUSED and stored.needs_login:
            stored.session.paused_until = None
        await self._sessions.save(stored.session)
        logger().warning("pages_refused", state=state, refusals=refusals)
        raise RemoteRefusedUs(SYSTEM, EXPLANATIONS[state])

    def _check(self, session: BrowserSession) -> None:
        if obstacle := session.obstacle(self._clock.now()):
            raise RemoteRefusedUs(SYSTEM, obstacle)
