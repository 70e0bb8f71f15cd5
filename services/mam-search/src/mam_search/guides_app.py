"""Wires the guides: their crawl, their search and the answers to questions."""

from dataclasses import dataclass

from shared.chassis.database import Transaction
from shared.chassis.service import Service
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.mam.crawler import CrawlGuides, GetCrawler, GetUnreadablePage, ResetCrawler
from shared.contracts.mam.guides import AskGuides, GetGuide, ListGuides
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted

from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.site_pages import BrowserSitePages
from mam_search.adapters.guide_folder import GuideFolder
from mam_search.adapters.language_model.registry import chosen_model
from mam_search.adapters.postgres.crawl_lease import PostgresCrawlLease
from mam_search.adapters.postgres.crawl_transaction import PostgresCrawlTransaction
from mam_search.adapters.postgres.crawler import PostgresCrawler
from mam_search.adapters.postgres.guide_search import PostgresGuides
from mam_search.adapters.postgres.stored_pages import PostgresUnreadablePages
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.guide_ports import LanguageModel
from mam_search.domain.ports import Pages
from mam_search.handlers.ask_guides import AskGuidesHandler
from mam_search.handlers.crawl_guides import CrawlGuidesHandler, CrawlParts
from mam_search.handlers.crawler import CrawlerHandlers
from mam_search.handlers.guides import GuideHandlers
from mam_search.settings import MamSearchSettings


@dataclass(frozen=True)
class GuideSubscribers:
    """The handlers of guides and of their crawl."""

    crawl: CrawlGuidesHandler
    crawler: CrawlerHandlers
    guides: GuideHandlers
    ask: AskGuidesHandler

    def add_to(self, table: Subscriptions) -> None:
        """Add their messages to the table. The crawl handles one page at a time."""
        table.do(CrawlGuides, self.crawl.crawl, concurrency=1)
        table.answer(GetCrawler, self.crawler.get)
        table.answer(GetUnreadablePage, self.crawler.get_unreadable_page)
        table.answer(ResetCrawler, self.crawler.reset)
        table.answer(ListGuides, self.guides.list)
        table.answer(GetGuide, self.guides.get)
        table.answer(AskGuides, self.ask.ask)
        table.publishes(CrawlGuides, RunStarted, RunProgressed, RunFinished)


def language_model(settings: MamSearchSettings, service: Service) -> LanguageModel | None:
    """The language model of the settings; None if there is none."""
    chosen = chosen_model(settings)
    if chosen is None:
        return None
    service.closing.append(chosen[1].aclose)
    return chosen[0]


def guide_subscribers(
    settings: MamSearchSettings, service: Service, pages: Pages, parser: PageParser, model: LanguageModel | None
) -> GuideSubscribers:
    """The handlers of guides. Every page of a crawl is read with the browser."""
    transaction = service.database.transactions(Transaction)
    guides = PostgresGuides(transaction, settings.mam_url)
    rules, crawls = settings.crawl_rules(), service.database.transactions(PostgresCrawlTransaction)
    lease = PostgresCrawlLease(service.database.url, CHASSIS.schema)
    parts = CrawlParts(
        pages=BrowserSitePages(pages, parser, settings.mam_url),
        lease=lease,
        export=GuideFolder(settings.mam_guides_folder, guides.every),
        rules=rules,
    )
    service.closing.append(lease.aclose)
    return GuideSubscribers(
        CrawlGuidesHandler(crawls, parts, service.clock),
        CrawlerHandlers(PostgresCrawler(crawls), PostgresUnreadablePages(transaction), rules.boards),
        GuideHandlers(guides),
        AskGuidesHandler(guides, model),
    )
