"""Runs crawls on a real Postgres over the pages of the stand-in, which are read without a browser."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from mam_search.adapters.browser.page_check import failure, refusal
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.process import LoadedPage
from mam_search.adapters.browser.site_pages import BrowserSitePages
from mam_search.adapters.guide_folder import GuideFolder
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.postgres.crawl_lease import PostgresCrawlLease
from mam_search.adapters.postgres.crawl_transaction import PostgresCrawlTransaction
from mam_search.adapters.postgres.crawler import PostgresCrawler
from mam_search.adapters.postgres.guide_search import PostgresGuides
from mam_search.adapters.postgres.stored_pages import PostgresUnreadablePages
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.crawl import CrawlRules
from mam_search.domain.ports import Page
from mam_search.handlers.crawl_guides import CrawlGuidesHandler, CrawlParts
from sandbox.torrent import TorrentShelf
from sandbox.world import World
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteRefusedUs, RemoteUnavailable
from shared.contracts.mam.crawler import CrawlGuides
from shared.testing.clocks import ManualClock
from sqlalchemy import delete, select

from sandbox import mam

SITE = "http://mam"
RULES = CrawlRules(
    boards=frozenset({21, 34}),
    max_pages=500,
    max_duration=timedelta(hours=4),
    max_depth=2,
    pages_per_topic=10,
    refetch_after=timedelta(days=30),
)


class HttpPages:
    """Pages of the stand-in, read by HTTP with its browser session. The checks are those of the real reader."""

    def __init__(self, site: mam.Mam) -> None:
        self._site = site
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url=SITE, timeout=5)

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """Read one page. Raises the `RemoteError` family."""
        del person_waits
        cookie = {"Cookie": f"mam_id={self._site.browser_session.value}"}
        try:
            response = await self._client.get(path, headers=cookie)
        except httpx.HTTPError as error:
            raise RemoteUnavailable(SYSTEM, type(error).__name__) from error
        loaded = LoadedPage(
            url=str(response.url),
            title="My Anonamouse",
            html=response.text,
            status=response.status_code,
            retry_after=response.headers.get("retry-after", ""),
        )
        if state := refusal(loaded):
            raise RemoteRefusedUs(SYSTEM, state.value)
        if failed := failure(loaded):
            raise failed
        return Page(url=loaded.url, title=loaded.title, html=loaded.html, status=loaded.status)


@dataclass
class Crawls:
    """The stand-in, and the replicas that crawl it."""

    world: World
    database_url: str
    clock: ManualClock = field(default_factory=ManualClock)
    folder: Path | None = None

    def __post_init__(self) -> None:
        self.site = mam.create(
            self.world, TorrentShelf("http://tracker.invalid/announce"), mam_id="seed-of-the-session"
        )
        self.database = Database(self.database_url, CHASSIS)
        self.guides = PostgresGuides(self.database.transactions(Transaction), SITE)
        self.crawler = PostgresCrawler(self.database.transactions(PostgresCrawlTransaction))
        self.unreadable = PostgresUnreadablePages(self.database.transactions(Transaction))
        self._databases = [self.database]

    def replica(self, rules: CrawlRules = RULES, pages: Any = None) -> CrawlGuidesHandler:
        """Another replica of the service."""
        database = Database(self.database_url, CHASSIS)
        self._databases.append(database)
        parts = CrawlParts(
            pages=BrowserSitePages(pages or HttpPages(self.site), PageParser(self.unreadable, self.clock), SITE),
            lease=PostgresCrawlLease(self.database_url, "mam"),
            export=GuideFolder(self.folder, self.guides.every),
            rules=rules,
        )
        return CrawlGuidesHandler(database.transactions(PostgresCrawlTransaction), parts, self.clock)

    async def run(
        self, replica: CrawlGuidesHandler | None = None, run_id: UUID | None = None, *, at_most: int = 200
    ) -> UUID:
        """Handle the messages of a run, each as it is sent, until there is none. Returns the id of the run."""
        self.clock.forward(seconds=1)
        command = CrawlGuides(run_id=run_id or uuid4())
        handler = replica or self.replica()
        for _ in range(at_most):
            await handler.crawl(command)
            if not await self.sent_again():
                break
        assert command.run_id is not None
        return command.run_id

    async def sent_again(self) -> bool:
        """Whether the message for the next page was sent. It is taken from the outbox."""
        outbox = CHASSIS.outbox
        async with self.database.engine.begin() as connection:
            taken = delete(outbox).where(outbox.c.subject == CrawlGuides.subject).returning(outbox.c.available_at)
            return (await connection.execute(taken)).first() is not None

    async def next_message_at(self) -> datetime:
        """From when on the message for the next page may be handled."""
        outbox = CHASSIS.outbox
        async with self.database.engine.begin() as connection:
            found = await connection.execute(
                select(outbox.c.available_at).where(outbox.c.subject == CrawlGuides.subject)
            )
            sent_at: datetime = found.scalar_one()
            return sent_at

    async def events(self, subject: str) -> list[str]:
        """The announced events of a subject, as JSON, oldest first."""
        outbox = CHASSIS.outbox
        async with self.database.engine.begin() as connection:
            found = select(outbox.c.payload).where(outbox.c.subject == subject).order_by(outbox.c.id)
            return list((await connection.execute(found)).scalars())

    def requests(self) -> Counter[str]:
        """How often each page was requested since the last call."""
        found = [f"{each.path}?{each.query}" if each.query else each.path for each in self.site.outcomes.requests]
        self.site.outcomes.requests.clear()
        return Counter(found)

    async def aclose(self) -> None:
        """Close the connections."""
        for database in self._databases:
            await database.aclose()
