"""Reads pages of the site with the browser session, one at a time and at the pace of the account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError, RemoteRefusedUs
from shared.chassis.logging import logger
from shared.chassis.priority_lock import Priority
from shared.chassis.rate_limiter import RateLimiter

from mam_search.adapters.browser.page_check import failure, refusal
from mam_search.adapters.browser.process import BrowserProcess, LoadedPage
from mam_search.adapters.mam.account_rules import PAGES, SYSTEM, pause_after_refusal, session_to_send
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.adapters.postgres.browser_session_store import BrowserSessionStore, StoredBrowserSession
from mam_search.domain.browser_session import EXPLANATIONS, BrowserSessionState
from mam_search.domain.ports import Page


class BrowserPages:
    """The pages of the site. The account's rate limiter admits every page on its own line."""

    def __init__(
        self, browser: BrowserProcess, rate_limiter: RateLimiter, sessions: BrowserSessionStore, clock: Clock
    ) -> None:
        self._browser = browser
        self._rate_limiter = rate_limiter
        self._sessions = sessions
        self._clock = clock

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Read one page; see `Pages.read`. Raises the `RemoteError` family."""
        self._check(await self._sessions.load())
        await self._browser.start()
        async with self._turn(person_waits) as stored:
            sent = session_to_send(stored.values, stored.session.refusals, probe=False)
            loaded = await self._load(path, sent)
            if isinstance(loaded, LoadedPage):
                await self._accept(loaded, stored)
        if isinstance(loaded, RemoteError):
            # Raised after the turn: a hung page or a dead browser says nothing about the account.
            raise loaded
        return Page(url=loaded.url, title=loaded.title, html=loaded.html, status=loaded.status)

    @asynccontextmanager
    async def _turn(self, person_waits: bool) -> AsyncIterator[StoredBrowserSession]:
        """Wait for permission to load a page. The API session of the account and its pauses do not matter for pages."""
        priority = Priority.PERSON if person_waits else Priority.SCHEDULE
        async with self._rate_limiter.acquire(PAGES, priority=priority, without_credentials=True):
            stored = await self._sessions.load()
            self._check(stored)
            yield stored

    async def _load(self, path: str, sent: str) -> LoadedPage | RemoteError:
        async def store(header: str) -> None:
            if received := rotated([header]):
                await self._sessions.rotate(sent, received)

        try:
            return await self._browser.read(path, {COOKIE: sent}, store)
        except RemoteError as error:
            logger().warning("page_failed", path=path.partition("?")[0], reason=error.detail)
            return error

    async def _accept(self, loaded: LoadedPage, stored: StoredBrowserSession) -> None:
        """Store what the page says about the session. Raises the `RemoteError` family if it is not the page."""
        if state := refusal(loaded):
            await self._refuse(stored, state)
        if failed := failure(loaded):
            raise failed
        if stored.session.state is not BrowserSessionState.READY or stored.session.failed_logins:
            stored.session.accept()
            await self._sessions.save(stored.session)

    async def _refuse(self, stored: StoredBrowserSession, state: BrowserSessionState) -> None:
        pause = pause_after_refusal(stored.session.refusals + 1, len(stored.values))
        stored.session.refuse(state, self._clock.now(), pause)
        await self._sessions.save(stored.session)
        logger().warning("pages_refused", state=state, refusals=stored.session.refusals)
        raise RemoteRefusedUs(SYSTEM, EXPLANATIONS[state])

    def _check(self, stored: StoredBrowserSession) -> None:
        if obstacle := stored.session.obstacle(self._clock.now()):
            raise RemoteRefusedUs(SYSTEM, obstacle)
