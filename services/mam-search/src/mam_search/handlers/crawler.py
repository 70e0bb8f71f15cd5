"""Shows the state of the crawler, and resets it."""

from collections.abc import Collection

from shared.contracts.mam.crawler import CrawlerStatus, GetCrawler, ResetCrawler

from mam_search.domain.guide_ports import Crawler


class CrawlerHandlers:
    """Answers `GetCrawler` and `ResetCrawler`. `boards` are the chosen forum boards."""

    def __init__(self, crawler: Crawler, boards: Collection[int]) -> None:
        self._crawler = crawler
        self._boards = [str(board) for board in sorted(boards)]

    async def get(self, _request: GetCrawler) -> CrawlerStatus:
        """The state of the crawler and the figures of its current or last crawl."""
        status = await self._crawler.status()
        return status.model_copy(update={"boards": self._boards})

    async def reset(self, _request: ResetCrawler) -> CrawlerStatus:
        """Make the next crawl fetch every page again. Stored guides stay."""
        await self._crawler.reset()
        return await self.get(GetCrawler())
