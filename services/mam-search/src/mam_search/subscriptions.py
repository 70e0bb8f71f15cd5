"""What mam-search answers."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.mam.account import GetStanding, GetTrackerAccess, StandingRead
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from mam_search.handlers.account_status import Caring
from mam_search.handlers.fetch_torrent import FetchingTorrents
from mam_search.handlers.maintenance import Accounting
from mam_search.handlers.search import Searching
from mam_search.handlers.tracker_access import TellingAccess


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
