"""The crawl of the guides and forum topics of MyAnonamouse."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.runs import DryRun
from shared.contracts.values import Moment, RunId


class CrawlGuides(Command):
    """Crawl the guides and the chosen forum boards. One message is one page; the service sends it again for the next.

    The first message of a run starts the crawl. It continues with the pages that an earlier crawl left.
    """

    subject: ClassVar[str] = "cmd.mam.crawl_guides"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class CrawlState(StrEnum):
    """The state of the crawler."""

    NEVER_RUN = "never_run"
    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"
    """It reached a limit or was cancelled. The next crawl continues with the pages that are left."""
    FAILED = "failed"


class UnreadablePage(Model):
    """A page that could not be read, because the site has changed it."""

    path: str = Field(description="the path and query of the page")
    selector: str = Field(description="the selector that did not match")
    read_at: Moment


class UnreadablePageText(UnreadablePage):
    """A page that could not be read, without keys, tokens, addresses and values of forms."""

    html: str = Field(description="the HTML of the page, cut after 300,000 characters")


class CrawlerStatus(Model):
    """The state of the crawler, the figures of its current or last crawl, and what is stored."""

    state: CrawlState
    run_id: RunId | None = None
    started_at: Moment | None = None
    ended_at: Moment | None = None
    fetched: int = Field(0, description="pages fetched in this crawl")
    unchanged: int = Field(0, description="listed pages that were not fetched again, because they have not changed")
    failed: int = Field(0, description="pages of this crawl that could not be read")
    problem: str = Field("", description="why the crawl ended early, or the last page that could not be read")
    waiting: int = Field(0, description="pages to fetch")
    next_address: str | None = Field(None, description="the page that is fetched next")
    guides: int = Field(0, description="stored guides")
    topic_pages: int = Field(0, description="stored pages of forum topics")
    boards: list[str] = Field([], description="forum boards that are crawled (MAM_CRAWL_BOARDS)")
    unreadable_pages: list[UnreadablePage] = Field(
        [], description="for each selector that did not match, the last such page; torrents and top lists as well"
    )


class GetCrawler(Request[CrawlerStatus]):
    """Get the state of the crawler."""

    subject: ClassVar[str] = "rpc.mam.get_crawler"


class ResetCrawler(Request[CrawlerStatus]):
    """Forget which pages were fetched, so that the next crawl fetches all of them again. Stored guides are kept.

    Refused while a crawl is running.
    """

    subject: ClassVar[str] = "rpc.mam.reset_crawler"


class GetUnreadablePage(Request[UnreadablePageText]):
    """Get the last page in which a selector did not match. Raises `NotFound` if there is none."""

    subject: ClassVar[str] = "rpc.mam.get_unreadable_page"
    selector: str = Field(min_length=1, max_length=500, description="the selector, as the crawler shows it")
