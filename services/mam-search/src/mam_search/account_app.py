"""Wires what cares for the account: its standing, the reservations of grabs, the purchases and the seeding duties."""

from dataclasses import dataclass

from shared.chassis.database import Transaction
from shared.chassis.service import Service

from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.mam.snatch_list import SnatchList
from mam_search.adapters.mam.store import Store
from mam_search.adapters.postgres.account_transaction import AccountTransaction
from mam_search.adapters.postgres.standing_history import StandingHistory
from mam_search.domain.ports import AccessControl
from mam_search.handlers.account_status import AccountStatusHandlers
from mam_search.handlers.care_for_account import CareForAccountHandler
from mam_search.handlers.get_account import GetAccountHandlers
from mam_search.handlers.reserve_grab import ReserveGrabHandlers
from mam_search.settings import MamSearchSettings
from mam_search.workflow.flag_reader import FlagReader
from mam_search.workflow.spender import Spender
from mam_search.workflow.standing_reader import StandingReader


@dataclass(frozen=True)
class AccountHandlers:
    """The handlers of the account."""

    account_status: AccountStatusHandlers
    reserve_grab: ReserveGrabHandlers
    get_account: GetAccountHandlers
    care_for_account: CareForAccountHandler


def account_handlers(  # noqa: PLR0913 - what the account shares with the other handlers
    settings: MamSearchSettings,
    service: Service,
    tracker: MyAnonamouse,
    requests: TrackerRequests,
    *,
    content_host: TrackerRequests,
    access: AccessControl,
    flag_reader: FlagReader,
) -> AccountHandlers:
    """The handlers of the account. `content_host` sends requests to the host that has the list of torrents."""
    clock, limits, policy = service.clock, settings.grab_limits(), settings.spending_policy()
    standings = StandingHistory(service.database.transactions(Transaction))
    transaction = service.database.transactions(AccountTransaction)
    reader = StandingReader(tracker, standings, limits, clock)
    spender = Spender(transaction, Store(requests), reader, clock)
    return AccountHandlers(
        AccountStatusHandlers(reader, access, settings.mam_url),
        ReserveGrabHandlers(transaction, reader, flag_reader, spender, limits=limits, policy=policy, clock=clock),
        GetAccountHandlers(transaction, standings, access, limits=limits, policy=policy, clock=clock),
        CareForAccountHandler(
            transaction,
            standings,
            reader,
            SnatchList(content_host),
            spender,
            limits=limits,
            policy=policy,
            clock=clock,
        ),
    )
