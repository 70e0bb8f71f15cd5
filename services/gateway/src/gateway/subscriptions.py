"""The messages that the gateway handles and sends. It owns no data about books."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts import health, scheduler
from shared.contracts.downloads.blocklist import BlockCandidate, BlockRelease, ListBlocklist, UnblockRelease
from shared.contracts.downloads.bulk_changes import (
    CancelDownloads,
    DeleteDownloads,
    RetryDownloads,
    SearchMissingBooks,
)
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.client_address import GetClientAddress
from shared.contracts.downloads.downloads import (
    CancelDownload,
    CreateDownload,
    DeleteDownload,
    GetDownload,
    GetDownloadProgress,
    ListDownloads,
    RetryDownload,
    SearchDownloads,
    UpdateDownload,
)
from shared.contracts.downloads.failed_attempts import HideFailedAttempts, ListFailedAttempts
from shared.contracts.downloads.folders import ListFolders
from shared.contracts.downloads.imports import (
    DecideImport,
    ImportFolder,
    ListWaitingImports,
    PreviewPaths,
    ScanImportFolder,
)
from shared.contracts.downloads.interactive_search import GrabFoundRelease, SearchReleases
from shared.contracts.downloads.quality_profiles import (
    CreateQualityProfile,
    DeleteQualityProfile,
    GetQualityProfile,
    ListQualityProfiles,
    ReplaceQualityProfile,
    SetDefaultQualityProfile,
)
from shared.contracts.downloads.seeding import ListSeeding
from shared.contracts.downloads.transfers import ListTransfers
from shared.contracts.gateway.backups import MakeBackup
from shared.contracts.library.authors import (
    CreateAuthor,
    DeleteAuthor,
    GetAuthor,
    GetAuthorStatistics,
    ListAuthorLetters,
    ListAuthors,
    SearchAuthors,
    UpdateAuthor,
)
from shared.contracts.library.books import (
    CreateBook,
    DeleteBook,
    GetBook,
    ListBookLetters,
    ListBooks,
    SearchBooks,
    SelectBooks,
    UpdateBook,
)
from shared.contracts.library.bulk_import import ImportBooks
from shared.contracts.library.calendar import GetCalendar
from shared.contracts.library.completeness import GetCompleteness
from shared.contracts.library.covers import GetCover
from shared.contracts.library.findings import CountFindings, DecideFindings, GetFinding, ListFindings
from shared.contracts.library.following import PreviewFollow
from shared.contracts.library.growth import GetGrowth
from shared.contracts.library.listed_works import WantWork
from shared.contracts.library.locks import ChangeLocks, GetLocks, SetLocks
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    UpdateMissingBook,
    UpdateMissingBooks,
)
from shared.contracts.library.series import (
    CreateSeries,
    DeleteSeries,
    GetSeries,
    ListSeries,
    ListSeriesLetters,
    SearchSeries,
    UpdateSeries,
)
from shared.contracts.library.series_corrections import CorrectSeries, ListSeriesCorrections, UndoSeriesCorrection
from shared.contracts.library.series_narrators import GetSeriesNarrators
from shared.contracts.library.work_lists import GetWorkList, ListSeriesWorks
from shared.contracts.logs import GetLogLevel, ListLogs, SetLogLevel
from shared.contracts.mam.account import (
    AccountChecked,
    GetAccount,
    GetAccountHistory,
    GetStanding,
    GetTrackerAccess,
    PauseTracker,
    ResumeTracker,
)
from shared.contracts.mam.crawler import GetCrawler, GetUnreadablePage, ResetCrawler
from shared.contracts.mam.guides import AskGuides, GetGuide, ListGuides
from shared.contracts.mam.search import ListSeenReleases, SearchMam
from shared.contracts.mam.seeding import ListSeedingDuties
from shared.contracts.mam.spending import ListSpending
from shared.contracts.mam.top_lists import GetWeeklyTopLists, ListGenres, UpdateGenre
from shared.contracts.mam.torrent_pages import GetTorrentPage
from shared.contracts.metadata.corrections import (
    CorrectBook,
    GetCorrection,
    ListCorrections,
    UndoCorrection,
    UndoCorrections,
)
from shared.contracts.metadata.editions import FindEditions
from shared.contracts.metadata.genre_map import GetGenreMap, SetGenreMap
from shared.contracts.metadata.import_lists import (
    CreateImportList,
    DecideImportListEntry,
    DeleteImportList,
    GetImportList,
    ListImportListEntries,
    ListImportListKinds,
    ListImportLists,
    ReadImportListFile,
    UpdateImportList,
)
from shared.contracts.metadata.matches import DecideMatch, ForgetMatch, GetMatch
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    DeclineProposals,
    ListProposals,
    ReopenProposals,
)
from shared.contracts.metadata.providers import ListProviders
from shared.contracts.metadata.similar_authors import FindSimilarAuthors
from shared.contracts.metadata.validation import ValidateMetadata
from shared.contracts.runs import RunFinished, RunStarted
from shared.contracts.settings import CheckSettings, GetSettings, PutSettings
from shared.contracts.system import (
    CheckIntegrations,
    CleanUp,
    DescribeService,
    Integration,
    ListFailedMessages,
    ResendFailedMessage,
    TellStatistics,
    TellTimeline,
)

from gateway.backups.make_backup import MakeBackupHandler
from gateway.notifications.kinds import BY_EVENT
from gateway.notifications.setup import Notifications
from gateway.postgres.retention import Retention


def subscriptions(retention: Retention, notifications: Notifications, make_backup: MakeBackupHandler) -> Subscriptions:
    """Return the table of messages and their handlers."""
    table = Subscriptions("gateway", "gateway", reads_startup_failures=True, reads_events=True, reads_lags=True)
    table.answer(CheckIntegrations, _no_integrations)
    table.answer(CleanUp, retention.clean_up)
    table.answer(TellStatistics, retention.tell_statistics)
    for event in BY_EVENT:
        table.on(event, notifications.handlers.handle)
    table.on(AccountChecked, notifications.account.account_checked, concurrency=1)
    table.do(MakeBackup, make_backup.make, concurrency=1)
    table.publishes(health.WentDown, health.CameBack, RunStarted, RunFinished)
    table.sends_requests(GetSettings, PutSettings, CheckSettings, ListLogs, GetLogLevel, SetLogLevel)
    table.sends_requests(GetStanding, GetAccount, GetAccountHistory, ListSeedingDuties, ListSpending)
    table.sends_requests(CheckIntegrations, DescribeService, ListFailedMessages, ResendFailedMessage)
    table.sends_requests(TellTimeline, GetClientAddress, ListFolders, GetTrackerAccess, PauseTracker, ResumeTracker)
    table.sends_requests(ListBookLetters, ListAuthorLetters, ListSeriesLetters)
    table.sends_requests(ListAuthors, GetAuthor, ListSeries, GetSeries)
    table.sends_requests(ListBooks, GetBook, GetCover, ListMissingBooks, GetMissingBook, WantWork, GetGrowth)
    table.sends_requests(CreateBook, UpdateBook, DeleteBook, ImportBooks)
    table.sends_requests(CreateAuthor, UpdateAuthor, DeleteAuthor, GetAuthorStatistics, PreviewFollow)
    table.sends_requests(CreateSeries, UpdateSeries, DeleteSeries, UpdateMissingBook, GetCalendar)
    table.sends_requests(UpdateMissingBooks, SearchMissingBooks, SelectBooks, ChangeLocks)
    table.sends_requests(RetryDownloads, CancelDownloads, DeleteDownloads)
    table.sends_requests(GetWorkList, ListSeriesWorks, GetSeriesNarrators)
    table.sends_requests(CorrectSeries, ListSeriesCorrections, UndoSeriesCorrection)
    table.sends_requests(GetLocks, SetLocks)
    table.sends_requests(SearchBooks, SearchAuthors, SearchSeries)
    table.sends_requests(ListDownloads, GetDownload, ListCandidates, GrabRelease)
    table.sends_requests(RetryDownload, CancelDownload, ListFailedAttempts, ListBlocklist)
    table.sends_requests(CreateDownload, UpdateDownload, DeleteDownload)
    table.sends_requests(SearchDownloads, GetDownloadProgress, ListTransfers, ListSeeding)
    table.sends_requests(SearchReleases, GrabFoundRelease, SearchMam, ListSeenReleases, GetTorrentPage)
    table.sends_requests(PreviewPaths, ListWaitingImports, DecideImport, ScanImportFolder, ImportFolder)
    table.sends_requests(ListGenres, UpdateGenre, GetWeeklyTopLists)
    table.sends_requests(ListQualityProfiles, GetQualityProfile, CreateQualityProfile)
    table.sends_requests(ReplaceQualityProfile, SetDefaultQualityProfile, DeleteQualityProfile)
    table.sends_requests(HideFailedAttempts, BlockRelease, BlockCandidate, UnblockRelease)
    table.sends_requests(ListCorrections, GetCorrection, UndoCorrection, ListProviders)
    table.sends_requests(scheduler.ListTasks, scheduler.GetTask, scheduler.RunTask, scheduler.EnableTask)
    table.sends_requests(scheduler.PreviewSchedule)
    table.sends_requests(scheduler.GetRun, scheduler.ListRuns, scheduler.CancelRun, scheduler.DeleteRun)
    table.sends_requests(scheduler.ChangeTask, scheduler.ListJobs, scheduler.TellSchedulerStatus)
    table.sends_requests(CorrectBook, UndoCorrections, ValidateMetadata, FindEditions)
    table.sends_requests(FindSimilarAuthors)
    table.sends_requests(ListImportListKinds, ListImportLists, GetImportList, CreateImportList, UpdateImportList)
    table.sends_requests(DeleteImportList, ReadImportListFile, ListImportListEntries, DecideImportListEntry)
    table.sends_requests(ListProposals, AcceptProposals, DeclineProposals, ReopenProposals)
    table.sends_requests(GetMatch, DecideMatch, ForgetMatch)
    table.sends_requests(GetGenreMap, SetGenreMap)
    table.sends_requests(ListFindings, GetFinding, CountFindings, DecideFindings)
    table.sends_requests(GetCompleteness, TellStatistics)
    table.sends_requests(ListGuides, GetGuide, AskGuides, GetCrawler, GetUnreadablePage, ResetCrawler)
    return table


async def _no_integrations(_request: CheckIntegrations) -> list[Integration]:
    """Return nothing: the gateway uses no outside system of its own."""
    return []
