"""The stand-in behind a real address, and the replicas of the service that read its pages with a real Chromium."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio
from mam_search.adapters.browser.pages import BrowserPages
from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess
from mam_search.adapters.mam.account_rules import PAGES, account_rules, page_rules
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.adapters.postgres.tables import CHASSIS, RATE_LIMITS
from mam_search.domain.session_credentials import SessionCredentials
from sandbox.outcomes import Outcome
from sandbox.testing import a_world, an_offer, served
from sandbox.torrent import TorrentShelf
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database, Transaction
from shared.chassis.rate_limiter import RateLimiter
from shared.chassis.sealing import SecretKeys
from shared.contracts.mam.sessions import SessionKind
from shared.testing.clocks import ManualClock
from starlette.types import Receive, Scope, Send

from sandbox import mam

API_SEED = "seed-of-the-api-session"
MEMBER = mam.Member()
GIVEN = SessionCredentials(session=MEMBER.browser_id)
LOGIN = SessionCredentials(username=MEMBER.username, password=MEMBER.password)
WRONG_PASSWORD = SessionCredentials(username=MEMBER.username, password="not the password")


def a_site() -> mam.Mam:
    world = a_world(
        offers=[an_offer(id="901").model_dump(), an_offer(id="902", title="Ozma of Oz", narrators=[]).model_dump()]
    )
    return mam.create(world, TorrentShelf("http://tracker.invalid/announce"), mam_id=API_SEED, member=MEMBER)


class CurrentSite:
    """Serves one stand-in after another at the same address, so that tests can share a browser."""

    def __init__(self) -> None:
        self.mam = a_site()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.mam(scope, receive, send)


@dataclass
class Replica:
    """One replica of the service."""

    pages: BrowserPages
    sessions: SessionStore
    rate_limiter: RateLimiter


@dataclass
class Replicas:
    """Makes replicas that use one database. All of them use one browser, unless they get another."""

    url: str
    browser: BrowserProcess
    current: CurrentSite
    clock: ManualClock
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def site(self) -> mam.Mam:
        """The stand-in."""
        return self.current.mam

    @property
    def paths(self) -> list[str]:
        """The paths of all requests that the site received, oldest first."""
        return [each.path for each in self.site.outcomes.requests]

    def fails(self, kind: str, path: str = "/t/*", **options: Any) -> None:
        """Make the stand-in fail at a page."""
        self.site.outcomes.switch_on(Outcome.model_validate({"kind": kind, "path": path, **options}))

    def make(
        self,
        credentials: SessionCredentials = GIVEN,
        *,
        browser: BrowserProcess | None = None,
        page_seconds: float = 0.0,
        request_seconds: float = 0.0,
        per_day: int = 1000,
        form_seconds: float = 0.0,
    ) -> Replica:
        """Another replica."""
        database = Database(self.url, CHASSIS)
        lines = {PAGES: page_rules(page_seconds, per_day)}
        # The rate limiter waits, so its clock has to run.
        rate_limiter = RateLimiter(database, RATE_LIMITS, account_rules("", request_seconds, lines), SystemClock())
        self.stack.push_async_callback(database.aclose)
        self.stack.push_async_callback(rate_limiter.aclose)
        sessions = SessionStore(
            database.transactions(Transaction), SecretKeys("s" * 32), self.clock, credentials, SessionKind.BROWSER
        )
        pages = BrowserPages(browser or self.browser, rate_limiter, sessions, self.clock, form_seconds=form_seconds)
        return Replica(pages, sessions, rate_limiter)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def current_site() -> AsyncIterator[tuple[CurrentSite, str]]:
    """The stand-in behind a real address, for all tests of a module."""
    current = CurrentSite()
    async with served(current) as url:
        yield current, url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(current_site: tuple[CurrentSite, str]) -> AsyncIterator[BrowserProcess]:
    """One browser for all tests of a module, because a start takes seconds."""
    made = BrowserProcess(BrowserOptions(current_site[1]))
    yield made
    await made.aclose()


@pytest_asyncio.fixture(loop_scope="module")
async def replicas(
    database_url: str, browser: BrowserProcess, current_site: tuple[CurrentSite, str]
) -> AsyncIterator[Replicas]:
    """Replicas on a new database, and a new stand-in."""
    current_site[0].mam = a_site()
    made = Replicas(database_url, browser, current_site[0], ManualClock())
    async with made.stack:
        yield made
