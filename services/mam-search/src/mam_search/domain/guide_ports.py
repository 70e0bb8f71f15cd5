"""What the handlers of guides need from outside."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.chassis.runs import Runs
from shared.contracts.mam.crawler import CrawlerStatus
from shared.contracts.mam.guides import Guide, GuideKind, GuideList, Passage
from shared.contracts.message import Command

from mam_search.domain.crawl import Crawl, CrawlRules, Link, PageAddress, WaitingPage
from mam_search.domain.guide import GuideText


@dataclass(frozen=True, slots=True)
class CrawledPage:
    """What one page says: its text if it is a guide or topic, and its links to pages that can be crawled."""

    text: GuideText | None = None
    links: list[Link] = field(default_factory=list)


class PageGone(Exception):
    """The site has no such page any more."""


class SitePages(Protocol):
    """The pages of the site that a crawl reads."""

    async def fetch(self, address: PageAddress) -> CrawledPage:
        """Read and convert one page.

        Raises `PageGone`, and the `RemoteError` family: `PageChanged` if a selector no longer matches.
        """
        ...


class CrawlLease(Protocol):
    """The right to crawl. One replica has it at a time, and loses it with its connection to Postgres."""

    def held(self) -> AbstractAsyncContextManager[None]:
        """Hold the lease within the context. Raises `TryAgainLater` if another replica holds it or it is lost."""
        ...


class CrawlTransaction(Protocol):
    """One step of a crawl: its changes and messages are committed together."""

    @property
    def runs(self) -> Runs: ...

    async def first_time(self) -> bool:
        """Whether the message being handled is not a duplicate."""
        ...

    def send(self, command: Command, *, at: datetime | None = None) -> None:
        """Send a command when the transaction is committed, and not before `at`."""
        ...

    async def crawl(self, run_id: UUID) -> Crawl | None:
        """The crawl of a run, locked; None if it has not started."""
        ...

    async def start(self, run_id: UUID, rules: CrawlRules, now: datetime) -> Crawl:
        """Start a crawl: add the lists, what failed and what is too old to the waiting pages. Others end."""
        ...

    async def due(self, rules: CrawlRules, now: datetime) -> list[str]:
        """The addresses of the known pages that a crawl would fetch, in their order."""
        ...

    async def next_page(self) -> WaitingPage | None:
        """The page to fetch next; None if there is none."""
        ...

    async def waiting(self) -> int:
        """The number of pages to fetch."""
        ...

    async def fetched(self, page: WaitingPage, content: CrawledPage, rules: CrawlRules, now: datetime) -> int:
        """Store a page and add the pages that it leads to. Returns how many listed pages have not changed."""
        ...

    async def failed(self, page: WaitingPage, problem: str) -> None:
        """Record that a page could not be read. The next crawl fetches it last."""
        ...

    async def gone(self, page: WaitingPage) -> None:
        """Delete a page that no longer exists, and its text."""
        ...

    async def update(self, crawl: Crawl) -> None:
        """Store the figures of a crawl."""
        ...


class Crawler(Protocol):
    """The state of the crawl, for a person."""

    async def status(self) -> CrawlerStatus:
        """The state, the figures of the current or last crawl, and what is stored."""
        ...

    async def reset(self) -> None:
        """Add every known page to the waiting pages, as if it had never been fetched."""
        ...


class Guides(Protocol):
    """The stored guides and topics."""

    async def find(self, query: str | None, kind: GuideKind | None, *, limit: int, offset: int) -> GuideList:
        """The guides that match a query, the best first; without one, the newest first."""
        ...

    async def get(self, guide_id: UUID) -> Guide:
        """One guide. Raises `NotFound`."""
        ...

    async def passages(self, question: str, limit: int) -> list[Passage]:
        """The passages that answer a question, the best first."""
        ...


class GuideExport(Protocol):
    """The folder to which the stored guides are written."""

    async def write_all(self) -> int:
        """Write the guides whose file is missing or differs, and return their number. Raises `OSError`."""
        ...


class LanguageModel(Protocol):
    """A language model that words answers."""

    name: str
    address: str

    async def complete(self, instructions: str, message: str) -> str:
        """The response of the model to a message. Raises the `RemoteError` family."""
        ...

    async def check(self) -> str:
        """Whether the server answers and has the model, in words. Sends no message to the model.

        Raises the `RemoteError` family.
        """
        ...
