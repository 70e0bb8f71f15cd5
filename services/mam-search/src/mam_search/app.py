"""Wires mam-search."""

from datetime import timedelta
from pathlib import Path

from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.mam.sessions import SessionKind

from mam_search.account_app import account_handlers
from mam_search.adapters.browser.page_parser import PageParser
from mam_search.adapters.browser.pages import BrowserPages
from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess
from mam_search.adapters.browser.top_list_page import TopListPageReader
from mam_search.adapters.browser.torrent_page import TorrentPageReader
from mam_search.adapters.library_scanner import LibraryScanner
from mam_search.adapters.mam.access import TrackerAccessReader
from mam_search.adapters.mam.account_rules import PAGES, SYSTEM, account_rules, page_rules
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.mam.seedbox import SeedboxRegistration
from mam_search.adapters.postgres.metrics import GAUGES, ratio_floor
from mam_search.adapters.postgres.retention import Retention
from mam_search.adapters.postgres.search_cache import PostgresSearchCache
from mam_search.adapters.postgres.seedbox_store import SeedboxStore
from mam_search.adapters.postgres.seen_releases import SeenReleaseList
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.adapters.postgres.stored_pages import PostgresTorrentPages, PostgresUnreadablePages
from mam_search.adapters.postgres.tables import CHASSIS, RATE_LIMITS
from mam_search.adapters.postgres.top_lists import PostgresGenreStore, PostgresTopListStore
from mam_search.adapters.top_list_catalogue.client import MAX_BYTES as CATALOGUE_BYTES
from mam_search.adapters.top_list_catalogue.client import SYSTEM as CATALOGUE
from mam_search.adapters.top_list_catalogue.client import TopListCatalogue
from mam_search.guides_app import guide_subscribers, language_model
from mam_search.handlers.check_integrations import CheckIntegrationsHandler
from mam_search.handlers.discover_top_lists import AutomaticDownloads, DiscoverTopListsHandler
from mam_search.handlers.fetch_torrent import FetchMamTorrentHandler
from mam_search.handlers.genres import GenreHandlers
from mam_search.handlers.get_torrent_page import GetTorrentPageHandler
from mam_search.handlers.keep_access import KeepAccessHandler
from mam_search.handlers.maintenance import MaintenanceHandlers
from mam_search.handlers.search import SearchHandlers
from mam_search.handlers.top_lists import GetWeeklyTopListsHandler
from mam_search.handlers.tracker_access import TrackerAccessHandlers
from mam_search.setting_tests import SETTING_TESTS
from mam_search.settings import MamSearchSettings
from mam_search.subscriptions import Handlers, subscriptions
from mam_search.workflow.cached_search import CachedSearch
from mam_search.workflow.egress_reader import EgressReader
from mam_search.workflow.flag_reader import FlagReader
from mam_search.workflow.top_list_reader import TopListReader, TopListRules

SPEC = ServiceSpec("mam-search", "mam", CHASSIS, Path(__file__).parent / "migrations", SETTING_TESTS, gauges=GAUGES)


def session_stores(
    settings: MamSearchSettings, service: Service, transaction: Transactions[Transaction]
) -> tuple[SessionStore, SessionStore]:
    """The stored API session and browser session."""
    keys, clock = settings.secret_keys(), service.clock
    api = SessionStore(transaction, keys, clock, settings.api_credentials())
    return api, SessionStore(transaction, keys, clock, settings.browser_credentials(), SessionKind.BROWSER)


def browser_pages(
    settings: MamSearchSettings, service: Service, rate_limiter: RateLimiter, sessions: SessionStore
) -> BrowserPages:
    """The pages of the site. The browser starts with the first page and is closed with the service."""
    browser = BrowserProcess(
        BrowserOptions(
            settings.mam_url,
            program=settings.chromium_path,
            proxy=settings.mam_proxy.get_secret_value() if settings.mam_proxy else "",
            sandbox=settings.chromium_sandbox,
        )
    )
    service.closing.append(browser.aclose)
    return BrowserPages(browser, rate_limiter, sessions, service.clock)


def top_list_reader(
    settings: MamSearchSettings, service: Service, searches: CachedSearch, page: TopListPageReader
) -> TopListReader:
    """The reader of top lists. The page of the site is read only if the search fails."""
    catalogue = None
    if settings.top_lists_url:
        remote = Remote(CATALOGUE, settings.top_lists_url, timeout_seconds=15.0, max_bytes=CATALOGUE_BYTES)
        service.closing.append(remote.aclose)
        catalogue = TopListCatalogue(remote, settings.top_lists_span)
    return TopListReader(
        searches,
        PostgresTopListStore(service.database.transactions(Transaction)),
        service.clock,
        TopListRules(settings.top10_order, settings.screening()),
        page=page,
        catalogue=catalogue,
    )


def build(settings: MamSearchSettings, service: Service) -> Subscriptions:
    """Build the adapters and handlers, and return what the service subscribes to."""
    transaction = service.database.transactions(Transaction)
    service.gauges.append(ratio_floor(settings.mam_min_ratio))
    sessions, browser_sessions = session_stores(settings, service, transaction)
    proxy = settings.mam_proxy.get_secret_value() if settings.mam_proxy else None
    remote = Remote(SYSTEM, settings.mam_url, timeout_seconds=25.0, proxy=proxy)
    tracker_side = Remote(SYSTEM, settings.mam_tracker_url, timeout_seconds=25.0, proxy=proxy)
    pages = {PAGES: page_rules(settings.mam_page_seconds, settings.mam_pages_per_day)}
    rules = account_rules(
        sessions.fingerprint, settings.mam_rate_limit, pages, requests_per_day=settings.mam_requests_per_day
    )
    rate_limiter = RateLimiter(service.database, RATE_LIMITS, rules, service.clock)
    content_remote = Remote(SYSTEM, settings.mam_cdn_url, timeout_seconds=25.0, proxy=proxy)
    service.closing.extend((remote.aclose, tracker_side.aclose, content_remote.aclose, rate_limiter.aclose))
    seedbox = SeedboxStore(transaction)
    registered = seedbox if settings.mam_dynamic_seedbox else None
    control = TrackerAccessReader(rate_limiter, (sessions, browser_sessions), registered, service.clock)
    requests = TrackerRequests(remote, rate_limiter, sessions, service.clock)
    tracker = MyAnonamouse(requests)
    egress_reader = EgressReader(tracker, seedbox, service.clock)
    content_host = TrackerRequests(content_remote, rate_limiter, sessions, service.clock)
    searches = CachedSearch(tracker, PostgresSearchCache(transaction), service.clock)
    seen = SeenReleaseList(transaction)
    flags = FlagReader(seen, searches, service.clock)
    account = account_handlers(
        settings, service, tracker, requests, content_host=content_host, access=control, flag_reader=flags
    )
    site_pages = browser_pages(settings, service, rate_limiter, browser_sessions)
    parser = PageParser(PostgresUnreadablePages(transaction), service.clock)
    torrent_pages = TorrentPageReader(site_pages, parser, service.clock)
    top_lists = top_list_reader(settings, service, searches, TopListPageReader(site_pages, parser))
    model = language_model(settings, service)
    genres, library = PostgresGenreStore(transaction), LibraryScanner(service.bus)
    automatic = AutomaticDownloads(settings.top10_max_per_genre, settings.top10_min_seeders)
    table = subscriptions(
        Handlers(
            search=SearchHandlers(searches, seen),
            fetch_mam_torrent=FetchMamTorrentHandler(tracker),
            account_status=account.account_status,
            check_integrations=CheckIntegrationsHandler(account.account_status, model, service.clock),
            get_torrent_page=GetTorrentPageHandler(torrent_pages, PostgresTorrentPages(transaction), service.clock),
            maintenance=MaintenanceHandlers(
                Retention(transaction), timedelta(days=settings.mam_remember_days), service.clock
            ),
            tracker_access=TrackerAccessHandlers(control, egress_reader),
            keep_access=KeepAccessHandler(
                transaction,
                control,
                tracker,
                site_pages,
                SeedboxRegistration(TrackerRequests(tracker_side, rate_limiter, sessions, service.clock)),
                seedbox,
                egress_reader,
                service.clock,
                registers=settings.mam_dynamic_seedbox,
            ),
            reserve_grab=account.reserve_grab,
            get_account=account.get_account,
            care_for_account=account.care_for_account,
            genres=GenreHandlers(genres),
            top_lists=GetWeeklyTopListsHandler(top_lists, genres, library),
            discover_top_lists=DiscoverTopListsHandler(top_lists, genres, library, transaction, automatic),
        )
    )
    guide_subscribers(settings, service, site_pages, parser, model).add_to(table)
    return table
