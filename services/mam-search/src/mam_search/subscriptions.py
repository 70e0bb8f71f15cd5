"""What mam-search answers."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.diagnostics import GetTrackerAccess
from shared.contracts.mam import FetchMamTorrent, GetStanding, QueryMam, StandingRead
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from mam_search.handlers.accounting import Accounting
from mam_search.handlers.caring import Caring
from mam_search.handlers.fetching_torrents import FetchingTorrents
from mam_search.handlers.searching import Searching
from mam_search.handlers.telling_access import TellingAccess


def subscriptions(
    searching: Searching, fetching: FetchingTorrents, caring: Caring, accounting: Accounting, access: TellingAccess
) -> Subscriptions:
    table = Subscriptions("mam-search", "mam")
    table.answer(QueryMam, searching.query)
    table.answer(FetchMamTorrent, fetching.fetch)
    table.answer(GetStanding, caring.get_standing)
    table.answer(GetTrackerAccess, access.get_access)
    table.answer(CheckIntegrations, caring.check)
    table.answer(CleanUp, accounting.clean_up)
    table.answer(TellStatistics, accounting.tell_statistics)
    table.answer(TellTimeline, accounting.tell_timeline)
    table.says(StandingRead)
    return table
