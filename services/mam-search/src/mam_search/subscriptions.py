"""The messages that mam-search answers and announces."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.library.listed_works import AddListedWorks, LookUpWorks
from shared.contracts.mam.account import (
    AccountChecked,
    CareForAccount,
    GetAccount,
    GetAccountHistory,
    GetStanding,
    GetTrackerAccess,
    PauseTracker,
    ResumeTracker,
)
from shared.contracts.mam.grabs import AssessGrabs, ReportGrab, ReserveGrab
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam
from shared.contracts.mam.search import ListSeenReleases, SearchMam
from shared.contracts.mam.seedbox import KeepAccess
from shared.contracts.mam.seeding import ListSeedingDuties
from shared.contracts.mam.spending import ListSpending
from shared.contracts.mam.top_lists import DiscoverTopLists, GetWeeklyTopLists, ListGenres, UpdateGenre
from shared.contracts.mam.torrent_pages import GetTorrentPage
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from mam_search.handlers.account_status import AccountStatusHandlers
from mam_search.handlers.care_for_account import CareForAccountHandler
from mam_search.handlers.check_integrations import CheckIntegrationsHandler
from mam_search.handlers.discover_top_lists import DiscoverTopListsHandler
from mam_search.handlers.fetch_torrent import FetchMamTorrentHandler
from mam_search.handlers.genres import GenreHandlers
from mam_search.handlers.get_account import GetAccountHandlers
from mam_search.handlers.get_torrent_page import GetTorrentPageHandler
from mam_search.handlers.keep_access import KeepAccessHandler
from mam_search.handlers.maintenance import MaintenanceHandlers
from mam_search.handlers.reserve_grab import ReserveGrabHandlers
from mam_search.handlers.search import SearchHandlers
from mam_search.handlers.top_lists import GetWeeklyTopListsHandler
from mam_search.handlers.tracker_access import TrackerAccessHandlers


@dataclass(frozen=True)
class Handlers:
    """The handlers of this service, one attribute for each module in `handlers`."""

    search: SearchHandlers
    fetch_mam_torrent: FetchMamTorrentHandler
    get_torrent_page: GetTorrentPageHandler
    account_status: AccountStatusHandlers
    check_integrations: CheckIntegrationsHandler
    maintenance: MaintenanceHandlers
    tracker_access: TrackerAccessHandlers
    keep_access: KeepAccessHandler
    reserve_grab: ReserveGrabHandlers
    get_account: GetAccountHandlers
    care_for_account: CareForAccountHandler
    genres: GenreHandlers
    top_lists: GetWeeklyTopListsHandler
    discover_top_lists: DiscoverTopListsHandler


def subscriptions(handlers: Handlers) -> Subscriptions:
    """Map each message to its handler."""
    table = Subscriptions("mam-search", "mam")
    table.answer(QueryMam, handlers.search.query)
    table.answer(SearchMam, handlers.search.search)
    table.answer(ListSeenReleases, handlers.search.list_seen)
    table.answer(FetchMamTorrent, handlers.fetch_mam_torrent.fetch)
    table.answer(GetTorrentPage, handlers.get_torrent_page.get)
    table.answer(GetStanding, handlers.account_status.get_standing)
    table.answer(ReserveGrab, handlers.reserve_grab.reserve)
    table.answer(AssessGrabs, handlers.reserve_grab.assess)
    table.do(ReportGrab, handlers.reserve_grab.report)
    table.answer(GetAccount, handlers.get_account.get)
    table.answer(GetAccountHistory, handlers.get_account.history)
    table.answer(ListSpending, handlers.get_account.list_spending)
    table.answer(ListSeedingDuties, handlers.get_account.list_seeding_duties)
    table.do(CareForAccount, handlers.care_for_account.care, concurrency=1)
    table.do(KeepAccess, handlers.keep_access.keep, concurrency=1)
    table.answer(GetTrackerAccess, handlers.tracker_access.get)
    table.answer(PauseTracker, handlers.tracker_access.pause)
    table.answer(ResumeTracker, handlers.tracker_access.resume)
    table.answer(CheckIntegrations, handlers.check_integrations.check)
    table.answer(CleanUp, handlers.maintenance.clean_up)
    table.answer(TellStatistics, handlers.maintenance.tell_statistics)
    table.answer(TellTimeline, handlers.maintenance.tell_timeline)
    table.publishes(AccountChecked)
    table.answer(ListGenres, handlers.genres.list)
    table.answer(UpdateGenre, handlers.genres.update)
    table.answer(GetWeeklyTopLists, handlers.top_lists.get)
    table.do(DiscoverTopLists, handlers.discover_top_lists.discover, concurrency=1)
    table.sends_requests(LookUpWorks, AddListedWorks)
    table.publishes(RunStarted, RunProgressed, RunFinished)
    return table
