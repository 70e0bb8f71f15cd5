"""Wires mam-search."""

from datetime import timedelta
from pathlib import Path

from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions

from mam_search.adapters.browser.pages import BrowserPages
from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess
from mam_search.adapters.mam.access import TrackerAccessReader
from mam_search.adapters.mam.account_rules import PAGES, SYSTEM, account_rules, page_rules
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.postgres.account_transaction import AccountTransaction
from mam_search.adapters.postgres.browser_session_store import BrowserCredentials, BrowserSessionStore
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
from mam_search.handlers.tracker_access import GetTrackerAccessHandler
from mam_search.settings import MamSearchSettings
from mam_search.subscriptions import subscriptions
from mam_search.workflow.cached_search import CachedSearch
from mam_search.workflow.standing_reader import StandingReader

SPEC = ServiceSpec("mam-search", "mam", CHASSIS, Path(__file__).parent / "migrations")


def browser_pages(
    settings: MamSearchSettings, service: Service, rate_limiter: RateLimiter, transaction: Transactions[Transaction]
) -> BrowserPages:
    """The pages of the site. The browser starts with the first page and is closed with the service."""
    given, password = settings.mam_browser_session, settings.mam_password
    credentials = BrowserCredentials(
        given.get_secret_value() if given else "",
        settings.mam_username,
        password.get_secret_value() if password else "",
    )
    browser = BrowserProcess(
        BrowserOptions(settings.mam_url, program=settings.chromium_path, sandbox=settings.chromium_sandbox)
    )
    service.closing.append(browser.aclose)
    sessions = BrowserSessionStore(transaction, settings.secret_keys(), credentials)
    return BrowserPages(browser, rate_limiter, sessions, service.clock)


def build(settings: MamSearchSettings, service: Service) -> Subscriptions:
    """Build the adapters and handlers, and return what the service subscribes to."""
    transaction = service.database.transactions(Transaction)
    sessions = SessionStore(transaction, settings.secret_keys(), seed=settings.mam_session.get_secret_value())
    remote = Remote(SYSTEM, settings.mam_url, timeout_seconds=25.0)
    pages = {PAGES: page_rules(settings.mam_page_seconds, settings.mam_pages_per_day)}
    rules = account_rules(sessions.fingerprint, settings.mam_rate_limit, pages)
    rate_limiter = RateLimiter(service.database, RATE_LIMITS, rules, service.clock)
    service.closing.extend((remote.aclose, rate_limiter.aclose))
    tracker = MyAnonamouse(TrackerRequests(remote, rate_limiter, sessions))
    searches = CachedSearch(tracker, PostgresSearchCache(transaction), service.clock)
    standing_reader = StandingReader(tracker, StandingHistory(transaction), settings.grab_limits(), service.clock)
    account_transaction = service.database.transactions(AccountTransaction)
    return subscriptions(
        SearchHandlers(searches, SeenReleaseList(transaction)),
        FetchMamTorrentHandler(tracker),
        AccountStatusHandlers(standing_reader, settings.mam_url),
        MaintenanceHandlers(Retention(transaction), timedelta(days=settings.mam_remember_days), service.clock),
        GetTrackerAccessHandler(TrackerAccessReader(rate_limiter, service.clock), tracker, service.clock),
        reserve_grab=ReserveGrabHandlers(account_transaction, standing_reader, settings.grab_limits(), service.clock),
    )
