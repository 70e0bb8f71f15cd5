"""Which pages a crawl fetches: their addresses, the limits, and what follows from a list of links."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.contracts.mam.crawler import CrawlState
from shared.translatable import translatable

_NUMBER = r"(?P<number>\d{1,9})"
_PAGE = r"(?:/p/(?P<page>\d{1,6}))?/?"
_GUIDE = re.compile(rf"/guides/?\?(?:.*&)?gid={_NUMBER}(?:&.*)?")
_BOARD = re.compile(rf"/f/b/{_NUMBER}{_PAGE}")
_TOPIC = re.compile(rf"/f/t/{_NUMBER}{_PAGE}")
INDEX = "/guides/"


class PageKind(StrEnum):
    """What a page of the crawl is. Lists are fetched first, because they say what has changed."""

    INDEX = "index"
    BOARD = "board"
    GUIDE = "guide"
    TOPIC = "topic"

    @property
    def is_list(self) -> bool:
        """Whether it lists other pages and is fetched again in every crawl."""
        return self in (PageKind.INDEX, PageKind.BOARD)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A page of the site that can be crawled. `whole` is the address of its guide, board or topic."""

    kind: PageKind
    whole: str
    page: int = 1

    @property
    def path(self) -> str:
        """The path of the page at the site."""
        return f"{self.whole}/p/{self.page}" if self.kind in (PageKind.BOARD, PageKind.TOPIC) else self.whole

    @property
    def number(self) -> int:
        """The number of the guide, board or topic at the site; 0 for the index."""
        digits = re.search(r"\d+$", self.whole)
        return int(digits[0]) if digits else 0

    @classmethod
    def of(cls, path: str) -> "PageAddress | None":
        """The page that a path names, whatever else the path contains; None for any other page."""
        path = path.partition("#")[0]
        if path.rstrip("/") == INDEX.rstrip("/"):
            return cls(PageKind.INDEX, INDEX)
        if guide := _GUIDE.fullmatch(path):
            return cls(PageKind.GUIDE, f"{INDEX}?gid={int(guide['number'])}")
        for kind, pattern, folder in ((PageKind.BOARD, _BOARD, "/f/b"), (PageKind.TOPIC, _TOPIC, "/f/t")):
            if found := pattern.fullmatch(path.partition("?")[0]):
                return cls(kind, f"{folder}/{int(found['number'])}", max(1, int(found["page"] or 1)))
        return None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page. `mark` is what a list says about the page's last change; None: it says nothing."""

    to: PageAddress
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlRules:
    """The limits of one crawl. `boards` are the numbers of the forum boards.

    A guide or topic is fetched again after `refetch_after`, even if no list says that it has changed.
    """

    boards: frozenset[int]
    max_pages: int
    max_duration: timedelta
    max_depth: int
    pages_per_topic: int
    refetch_after: timedelta

    def seeds(self) -> list[PageAddress]:
        """The pages with which every crawl starts."""
        boards = [PageAddress(PageKind.BOARD, f"/f/b/{board}") for board in sorted(self.boards)]
        return [PageAddress(PageKind.INDEX, INDEX), *boards]

    def reached_limit(self, fetched: int, started_at: datetime, now: datetime) -> str | None:
        """The limit that a crawl has reached, in words; None while it may fetch another page."""
        if fetched >= self.max_pages:
            words = f"it has fetched {fetched} pages (MAM_CRAWL_MAX_PAGES)"
            return translatable("run.pages_fetched", words, count=fetched)
        if now - started_at >= self.max_duration:
            minutes = self.max_duration.total_seconds() / 60
            words = f"it has run for {minutes:g} minutes (MAM_CRAWL_MAX_MINUTES)"
            return translatable("run.minutes_run", words, minutes=minutes)
        return None


@dataclass(slots=True)
class Crawl:
    """One crawl and its figures. `failures_in_a_row` are the pages since the last one that was read."""

    run_id: UUID
    started_at: datetime
    state: CrawlState = CrawlState.RUNNING
    ended_at: datetime | None = None
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    failures_in_a_row: int = 0
    problem: str = ""

    def end(self, state: CrawlState, now: datetime, problem: str = "") -> None:
        """End the crawl. Without a problem, the last one stays."""
        self.state, self.ended_at, self.problem = state, now, problem or self.problem


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that the crawl fetches. `depth` is the number of links from a seed; `board` is that of a topic."""

    address: PageAddress
    depth: int
    board: int | None = None


def followed(source: WaitingPage, links: Iterable[Link], rules: CrawlRules) -> list[tuple[WaitingPage, Link]]:
    """The links of a page that the crawl follows, each once, with the pages that they lead to.

    Guides are followed from the index and from other guides, topics only from a chosen board, and further pages only
    from the same board or topic.
    """
    found: dict[PageAddress, tuple[WaitingPage, Link]] = {}
    for link in links:
        page = _target(source, link.to, rules)
        if page is not None and (link.to not in found or found[link.to][1].mark is None):
            found[link.to] = page, link
    return list(found.values())


def _target(source: WaitingPage, to: PageAddress, rules: CrawlRules) -> WaitingPage | None:
    kind = source.address.kind
    if to.whole == source.address.whole:
        further = to.page != source.address.page and to.page <= rules.pages_per_topic
        return WaitingPage(to, source.depth, source.board) if further else None
    if source.depth >= rules.max_depth:
        return None
    if to.kind is PageKind.GUIDE and kind in (PageKind.INDEX, PageKind.GUIDE):
        return WaitingPage(to, source.depth + 1)
    if to.kind is PageKind.TOPIC and kind is PageKind.BOARD:
        return WaitingPage(to, source.depth + 1, source.address.number) if to.page == 1 else None
    return None
