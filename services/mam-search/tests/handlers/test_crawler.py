"""The state of the crawler can be seen, and a reset makes the next crawl fetch everything again."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from crawls import Crawls
from mam_search.handlers.crawler import CrawlerHandlers
from sandbox.testing import a_world
from sandbox.world import SiteGuide
from shared.chassis.database import Transaction
from shared.chassis.run_heartbeat import RunHeartbeat
from shared.contracts.mam.crawler import CrawlState, GetCrawler, ResetCrawler
from shared.contracts.runs import RunCancelled


@pytest.fixture
async def crawls(database_url: str) -> AsyncIterator[Crawls]:
    known = {"author": "Nib", "category": "Clients", "changed": "2026-01-01 10:00:00", "html": "<p>Text</p>"}
    guides = [SiteGuide.model_validate({"number": number, "title": f"Guide {number}", **known}) for number in (1, 2)]
    made = Crawls(a_world(guides=guides), database_url)
    yield made
    await made.aclose()


async def test_the_status_before_the_first_crawl_and_after_it(crawls: Crawls) -> None:
    crawler = CrawlerHandlers(crawls.crawler, crawls.unreadable, {34, 21})
    before = await crawler.get(GetCrawler())
    assert (before.state, before.run_id, before.boards) == (CrawlState.NEVER_RUN, None, ["21", "34"])
    run_id = await crawls.run(at_most=2)
    during = await crawler.get(GetCrawler())
    assert (during.state, during.run_id, during.fetched, during.guides) == (CrawlState.RUNNING, run_id, 2, 0)
    assert during.next_address is not None


async def test_a_cancelled_crawl_is_shown_as_stopped(crawls: Crawls) -> None:
    run_id = await crawls.run(at_most=2)
    runs = RunHeartbeat(crawls.database.transactions(Transaction))
    await runs.cancel(RunCancelled(run_id=run_id, task="mam_scraping"))
    status = await crawls.crawler.status()
    assert (status.state, status.problem) == (CrawlState.STOPPED, "it was cancelled")
    await crawls.run(run_id=uuid4())
    assert (await crawls.crawler.status()).state is not CrawlState.RUNNING


async def test_after_a_reset_every_page_is_fetched_again_and_the_guides_stay(crawls: Crawls) -> None:
    await crawls.run()
    first = crawls.requests()
    status = await CrawlerHandlers(crawls.crawler, crawls.unreadable, set()).reset(ResetCrawler())
    assert (status.waiting, status.guides) == (3, 2)
    await crawls.run()
    assert crawls.requests() == first
