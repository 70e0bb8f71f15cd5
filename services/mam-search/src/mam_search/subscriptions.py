"""The messages that mam-search answers and announces."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.mam.account import (
    AccountChecked,
    GetStanding,
    GetTrackerAccess,
    PauseTracker,
    ResumeTracker,
)
from shared.contracts.mam.grabs import AssessGrabs, ReportGrab, ReserveGrab
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam
from shared.contracts.mam.search import ListSeenReleases, SearchMam
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from mam_search.handlers.account_status import AccountStatusHandlers
from mam_search.handlers.fetch_torrent import FetchMamTorrentHandler
from mam_search.handlers.maintenance import MaintenanceHandlers
from mam_search.handlers.reserve_grab import ReserveGrabHandlers
from mam_search.handlers.search import SearchHandlers
from mam_search.handlers.tracker_access import TrackerAccessHandlers


def subscriptions(
    search: SearchHandlers,
    fetch_mam_torrent: FetchMamTorrentHandler,
    account_status: AccountStatusHandlers,
    maintenance: MaintenanceHandlers,
    tracker_access: TrackerAccessHandlers,
    *,
    reserve_grab: ReserveGrabHandlers,
) -> Subscriptions:
    """Map each message to its handler."""
    table = Subscriptions("mam-search", "mam")
    table.answer(QueryMam, search.query)
    table.answer(SearchMam, search.search)
    table.answer(ListSeenReleases, search.list_seen)
    table.answer(FetchMamTorrent, fetch_mam_torrent.fetch)
    table.answer(GetStanding, account_status.get_standing)
    table.answer(ReserveGrab, reserve_grab.reserve)
    table.answer(AssessGrabs, reserve_grab.assess)
    table.do(ReportGrab, reserve_grab.report)
    table.answer(GetTrackerAccess, tracker_access.get)
    table.answer(PauseTracker, tracker_access.pause)
    table.answer(ResumeTracker, tracker_access.resume)
    table.answer(CheckIntegrations, account_status.check)
    table.answer(CleanUp, maintenance.clean_up)
    table.answer(TellStatistics, maintenance.tell_statistics)
    table.answer(TellTimeline, maintenance.tell_timeline)
    table.publishes(AccountChecked)
    return table
