"""Wires mam-search."""

from datetime import timedelta
from pathlib import Path

from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.mam.sessions import SessionKind

from mam_search.adapters.browser.pages import BrowserPages
from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess
from mam_search.adapters.mam.access import TrackerAccessReader
from mam_search.adapters.mam.account_rules import PAGES, SYSTEM, account_rules, page_rules
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.postgres.account_transaction import AccountTransaction
from mam_search.adapters.postgres.retention import Retention
from mam_search.adapters.postgres.search_cache import PostgresSearchCache
from mam_search.adapters.postgres.seen_releases import SeenReleaseList
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.adapters.postgres.standing_history import StandingHistory
from mam_search.adapters.postgres.tables import CHASSIS, RATE_LIMITS
from mam_search.handlers.account_status import AccountStatusHandlers
from mam_search.handlers.fetch_torrent import FetchMamTorrentHandler
from mam_search.handlers.maintenance import MaintenanceHandlers
from mam_search.handlers.reserve_grab import ReserveGrabHandlers
from mam_search.handlers.search import SearchHandlers
from mam_search.handlers.tracker_access import TrackerAccessHandlers
from mam_search.settings import MamSearchSettings
from mam_search.subscriptions import subscriptions
from mam_search.workflow.cached_search import CachedSearch
from mam_search.workflow.standing_reader import StandingReader

SPEC = ServiceSpec("mam-search", "mam", CHASSIS, Path(__file__).parent / "migrations")


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
        BrowserOptions(settings.mam_url, program=settings.chromium_path, sandbox=settings.chromium_sandbox)
    )
    service.closing.append(browser.aclose)
    return BrowserPages(browser, rate_limiter, sessions, service.clock)


def build(settings: MamSearchSettings, service: Service) -> Subscriptions:
    """Build the adapters and handlers, and return what the service subscribes to."""
    transaction = service.database.transactions(Transaction)
    sessions, browser_sessions = session_stores(settings, service, transaction)
    remote = Remote(SYSTEM, settings.mam_url, timeout_seconds=25.0)
    pages = {PAGES: page_rules(settings.mam_page_seconds, settings.mam_pages_per_day)}
    rules = account_rules(
        sessions.fingerprint, settings.mam_rate_limit, pages, requests_per_day=settings.mam_requests_per_day
    )
    rate_limiter = RateLimiter(service.database, RATE_LIMITS, rules, service.clock)
    service.closing.extend((remote.aclose, rate_limiter.aclose))
    control = TrackerAccessReader(rate_limiter, (sessions, browser_sessions), service.clock)
    tracker = MyAnonamouse(TrackerRequests(remote, rate_limiter, sessions, service.clock))
    searches = CachedSearch(tracker, PostgresSearchCache(transaction), service.clock)
    standing_reader = StandingReader(tracker, StandingHistory(transaction), settings.grab_limits(), service.clock)
    account_transaction = service.database.transactions(AccountTransaction)
    return subscriptions(
        SearchHandlers(searches, SeenReleaseList(transaction)),
        FetchMamTorrentHandler(tracker),
        AccountStatusHandlers(standing_reader, control, settings.mam_url),
        MaintenanceHandlers(Retention(transaction), timedelta(days=settings.mam_remember_days), service.clock),
        TrackerAccessHandlers(control, tracker, service.clock),
        reserve_grab=ReserveGrabHandlers(account_transaction, standing_reader, settings.grab_limits(), service.clock),
    )
