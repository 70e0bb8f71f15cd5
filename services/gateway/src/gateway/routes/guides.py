"""/api/guides and /api/crawler"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.mam.crawler import (
    CrawlerStatus,
    GetCrawler,
    GetUnreadablePage,
    ResetCrawler,
    UnreadablePageText,
)
from shared.contracts.mam.guides import AskGuides, GetGuide, Guide, GuideAnswer, GuideList, ListGuides

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/guides", tags=["guides"], responses=problems())
crawler_router = APIRouter(prefix="/api/crawler", tags=["guides"], responses=problems())


@router.get("", summary="Search guides and forum topics")
async def list_guides(bus: BusDep, query: Annotated[ListGuides, Query()]) -> GuideList:
    """The guides and forum topics that were crawled. With a query the best match comes first, else the newest.

    The snippets are HTML: the text is escaped, and the words found are in `<mark>`.
    """
    return await bus.ask(query)


@router.post("/ask", summary="Ask a question about the site")
async def ask_guides(bus: BusDep, question: AskGuides) -> GuideAnswer:
    """The passages of guides and topics that answer a question.

    If a language model is configured, it words an answer from the passages and cites them. An answer that cites a
    passage that does not exist is not shown. Needs a key with the scope `write`, because a language model can cost
    money.
    """
    return await bus.ask(question)


@router.get("/{guide_id}", responses=problems(404), summary="Show a guide")
async def get_guide(bus: BusDep, guide_id: UUID) -> Guide:
    """One guide or page of a topic with its whole text, its links and the torrents that it mentions."""
    return await bus.ask(GetGuide(id=guide_id))


@crawler_router.get("", summary="Show the crawler")
async def get_crawler(bus: BusDep) -> CrawlerStatus:
    """The state of the crawler, the figures of its current or last crawl, and the pages that could not be read."""
    return await bus.ask(GetCrawler())


@crawler_router.get("/unreadable-page", responses=problems(404), summary="Show an unreadable page")
async def get_unreadable_page(bus: BusDep, query: Annotated[GetUnreadablePage, Query()]) -> UnreadablePageText:
    """The last page in which a selector did not match, for a report. It holds no keys, tokens or addresses."""
    return await bus.ask(query)


@crawler_router.post("/reset", summary="Reset the crawler")
async def reset_crawler(bus: BusDep) -> CrawlerStatus:
    """Make the next crawl fetch every page again. The stored guides can still be searched."""
    return await bus.ask(ResetCrawler())
