"""The one place where mam-search is put together."""

from datetime import timedelta
from pathlib import Path

from shared.chassis.database import Transaction
from shared.chassis.http import Remote
from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from mam_search.adapters.mam.client import SYSTEM, MyAnonamouse
from mam_search.adapters.postgres.rate_limiter import Account, AccountLine
from mam_search.adapters.postgres.retention import Housekeeping
from mam_search.adapters.postgres.search_cache import RememberedSearches, StandingHistory
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.handlers.account_status import Caring
from mam_search.handlers.fetch_torrent import FetchingTorrents
from mam_search.handlers.maintenance import Accounting
from mam_search.handlers.search import Searching
from mam_search.handlers.tracker_access import TellingAccess
from mam_search.settings import MamSearchSettings
from mam_search.subscriptions import subscriptions

NAMEPLATE = Nameplate("mam-search", "mam", CHASSIS, Path(__file__).parent / "migrations")


def build(settings: MamSearchSettings, service: Service) -> Subscriptions:
    transaction = service.database.transactions(Transaction)
    account = Account(
        seed=settings.mam_session.get_secret_value(),
        secret=settings.secret_key.get_secret_value(),
        seconds_between=settings.mam_rate_limit,
    )
    remote = Remote(SYSTEM, settings.mam_url, timeout_seconds=25.0)
    service.closing.append(remote.aclose)
    line = AccountLine(transaction, account, service.clock)
    tracker = MyAnonamouse(remote, line)
    return subscriptions(
        Searching(tracker, RememberedSearches(transaction), service.clock),
        FetchingTorrents(tracker),
        Caring(tracker, StandingHistory(transaction), service.clock, settings.mam_url),
        Accounting(Housekeeping(transaction), timedelta(days=settings.mam_remember_days), service.clock),
        TellingAccess(line, tracker, service.clock),
    )
