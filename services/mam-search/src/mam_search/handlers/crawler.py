"""Shows the state of the crawler, and resets it."""

from collections.abc import Collection

from shared.contracts.mam.crawler import (
    CrawlerStatus,
    GetCrawler,
    GetUnreadablePage,
    ResetCrawler,
    UnreadablePageText,
)

from mam_search.domain.guide_ports import Crawler
from mam_search.domain.page_ports import UnreadablePages


class CrawlerHandlers:
    """Answers `GetCrawler`, `GetUnreadablePage` and `ResetCrawler`. `boards` are the chosen forum boards."""

    def __init__(self, crawler: Crawler, unreadable: UnreadablePages, boards: Collection[int]) -> None:
        self._crawler = crawler
        self._unreadable = unreadable
        self._boards = [str(board) for board in sorted(boards)]

    async def get(self, _request: GetCrawler) -> CrawlerStatus:
        """The state of the crawler and the figures of its current or last crawl."""
        status = await self._crawler.status()
        unreadable = await self._unreadable.newest()
        return status.model_copy(update={"boards": self._boards, "unreadable_pages": unreadable})

    async def get_unreadable_page(self, request: GetUnreadablePage) -> UnreadablePageText:
        """The last page in which a selector did not match. Raises `NotFound`."""
        return await self._unreadable.get(request.selector)

    async def reset(self, _request: ResetCrawler) -> CrawlerStatus:
        """Make the next crawl fetch every page again. Stored guides stay."""
        await self._crawler.reset()
        return await self.get(GetCrawler())
