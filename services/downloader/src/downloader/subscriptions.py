"""Every message of the downloader, with its handler."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.blocklist import BlockCandidate, BlockRelease, ListBlocklist, UnblockRelease
from shared.contracts.downloads.bulk_changes import (
    CancelDownloads,
    DeleteDownloads,
    RetryDownloads,
    SearchMissingBooks,
)
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.client_address import GetClientAddress
from shared.contracts.downloads.commands import (
    AddToClient,
    ConvertAudio,
    ImportDownload,
    ImportWatchedFolders,
    MonitorDownloads,
    MoveReplacedBook,
    ReadReleasePage,
    RetryFailedDownloads,
    SearchForDownload,
    SearchUpgrades,
    SearchWanted,
)
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
from shared.contracts.downloads.events import (
    AbsenceChanged,
    DownloadCancelled,
    DownloadCompleted,
    DownloadFailed,
    DownloadImported,
    DownloadProgressed,
    DownloadWaits,
    DownloadWanted,
    ImportProposed,
    ReleaseGrabbed,
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
from shared.contracts.downloads.seeding import CheckSeeding, ListSeeding, SeedingInterrupted
from shared.contracts.downloads.transfers import ListTransfers
from shared.contracts.library.authors import GetAuthor
from shared.contracts.library.books import GetBook, ListBookFolders, ListBooks, SampleBookPaths, SearchBooks
from shared.contracts.library.folders import LookInLibraryFolders
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    MissingBookClosed,
    MissingBookIdentified,
    SelectMissingBooks,
)
from shared.contracts.library.series import GetSeries, SearchSeries
from shared.contracts.library.series_narrators import GetSeriesNarrators
from shared.contracts.mam.grabs import AssessGrabs, ReportGrab, ReserveGrab
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam
from shared.contracts.mam.seeding import ListSeedingDuties
from shared.contracts.mam.torrent_pages import GetTorrentPage
from shared.contracts.metadata.editions import FindChapters, FindCover
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from downloader.handlers.add_to_client import AddToClientHandler
from downloader.handlers.blocklist import BlocklistHandlers
from downloader.handlers.bulk_changes import BulkChangeHandlers
from downloader.handlers.cancel_download import CancelDownloadHandler
from downloader.handlers.check_integrations import CheckIntegrationsHandler
from downloader.handlers.check_seeding import CheckSeedingHandler
from downloader.handlers.clean_up import CleanUpHandler
from downloader.handlers.convert_audio import ConvertAudioHandler
from downloader.handlers.create_download import CreateDownloadHandlers
from downloader.handlers.get_client_address import GetClientAddressHandler
from downloader.handlers.grab_release import GrabReleaseHandler
from downloader.handlers.import_by_hand import ImportByHandHandlers
from downloader.handlers.import_download import ImportDownloadHandlers
from downloader.handlers.import_watched_folders import ImportWatchedFoldersHandler
from downloader.handlers.list_downloads import ListDownloadsHandlers
from downloader.handlers.list_folders import ListFoldersHandler
from downloader.handlers.list_transfers import ListTransfersHandler
from downloader.handlers.missing_books import MissingBookHandlers
from downloader.handlers.monitor_downloads import MonitorDownloadsHandler
from downloader.handlers.move_replaced_book import MoveReplacedBookHandler
from downloader.handlers.preview_paths import PreviewPathsHandler
from downloader.handlers.quality_profiles import QualityProfileHandlers
from downloader.handlers.read_release_page import ReadReleasePageHandler
from downloader.handlers.retry_download import RetryDownloadHandler
from downloader.handlers.retry_failed_downloads import RetryFailedDownloadsHandler
from downloader.handlers.search_for_download import SearchForDownloadHandler
from downloader.handlers.search_releases import SearchReleasesHandler
from downloader.handlers.search_upgrades import SearchUpgradesHandler
from downloader.handlers.search_wanted import SearchWantedHandler
from downloader.handlers.tell_statistics import TellStatisticsHandler
from downloader.handlers.tell_timeline import TellTimelineHandler
from downloader.handlers.update_download import UpdateDownloadHandlers
from downloader.handlers.waiting_imports import WaitingImportHandlers


def subscriptions(  # noqa: PLR0913 - one for each handler and message
    *,
    add_to_client: AddToClientHandler,
    blocklist: BlocklistHandlers,
    bulk_changes: BulkChangeHandlers,
    cancel_download: CancelDownloadHandler,
    check_integrations: CheckIntegrationsHandler,
    check_seeding: CheckSeedingHandler,
    clean_up: CleanUpHandler,
    convert_audio: ConvertAudioHandler,
    create_download: CreateDownloadHandlers,
    get_client_address: GetClientAddressHandler,
    grab_release: GrabReleaseHandler,
    import_by_hand: ImportByHandHandlers,
    import_download: ImportDownloadHandlers,
    import_watched_folders: ImportWatchedFoldersHandler,
    list_downloads: ListDownloadsHandlers,
    list_folders: ListFoldersHandler,
    list_transfers: ListTransfersHandler,
    missing_books: MissingBookHandlers,
    monitor_downloads: MonitorDownloadsHandler,
    move_replaced_book: MoveReplacedBookHandler,
    preview_paths: PreviewPathsHandler,
    quality_profiles: QualityProfileHandlers,
    read_release_page: ReadReleasePageHandler,
    retry_download: RetryDownloadHandler,
    retry_failed_downloads: RetryFailedDownloadsHandler,
    search_for_download: SearchForDownloadHandler,
    search_releases: SearchReleasesHandler,
    search_upgrades: SearchUpgradesHandler,
    search_wanted: SearchWantedHandler,
    tell_statistics: TellStatisticsHandler,
    tell_timeline: TellTimelineHandler,
    update_download: UpdateDownloadHandlers,
    waiting_imports: WaitingImportHandlers,
) -> Subscriptions:
    """Bind every message that the downloader handles, and declare what it requests and sends."""
    table = Subscriptions("downloader", "downloads")

    _answer_lists(table, list_downloads, list_transfers)
    table.answer(ListBlocklist, blocklist.list_blocklist)
    table.answer(CreateDownload, create_download.create)
    table.answer(UpdateDownload, update_download.update)
    table.answer(DeleteDownload, update_download.delete)
    table.answer(GetDownloadProgress, update_download.progress)
    table.answer(HideFailedAttempts, update_download.hide_failed_attempts)
    table.answer(BlockRelease, blocklist.block)
    table.answer(BlockCandidate, blocklist.block_candidate)
    table.answer(UnblockRelease, blocklist.unblock)
    _answer_about_profiles(table, quality_profiles)
    table.answer(SearchReleases, search_releases.search)
    table.answer(GrabFoundRelease, create_download.grab)
    table.answer(GrabRelease, grab_release.grab)
    table.answer(RetryDownload, retry_download.retry)
    table.answer(CancelDownload, cancel_download.cancel)
    _answer_about_many(table, bulk_changes)
    table.answer(TellTimeline, tell_timeline.tell_timeline)
    table.answer(TellStatistics, tell_statistics.tell_statistics)
    table.answer(CleanUp, clean_up.clean_up)
    table.answer(CheckIntegrations, check_integrations.check)
    table.answer(ListSeeding, check_seeding.list_seeding)
    table.answer(ListFolders, list_folders.list_folders)
    _answer_about_imports(table, waiting_imports, import_by_hand)
    table.answer(PreviewPaths, preview_paths.preview)
    table.answer(GetClientAddress, get_client_address.get)

    table.do(SearchWanted, search_wanted.search_wanted, concurrency=1)
    table.do(
        SearchForDownload, search_for_download.search, concurrency=2
    )  # the tracker's rate limit makes more useless
    table.do(AddToClient, add_to_client.add_to_client, concurrency=4)
    table.do(ReadReleasePage, read_release_page.read, concurrency=1)
    table.do(SearchUpgrades, search_upgrades.search_upgrades, concurrency=1)
    table.do(MoveReplacedBook, move_replaced_book.move, concurrency=1)
    table.do(MonitorDownloads, monitor_downloads.monitor, concurrency=1)
    table.do(CheckSeeding, check_seeding.check, concurrency=1)
    table.do(ImportDownload, import_download.import_download, concurrency=2)
    table.do(ImportWatchedFolders, import_watched_folders.import_new_books, concurrency=1)
    table.do(ConvertAudio, convert_audio.convert, concurrency=1)
    table.do(RetryFailedDownloads, retry_failed_downloads.retry_failed, concurrency=1)

    table.on(MissingBookIdentified, missing_books.missing_book_identified)
    table.on(MissingBookClosed, missing_books.missing_book_closed)
    table.on(ImportConfirmed, import_download.confirmed)
    table.on(ImportDescribed, import_download.described)
    table.on(ImportUnconfirmed, import_download.unconfirmed)

    _declare_sent_messages(table)
    return table


def _answer_about_imports(
    table: Subscriptions, waiting_imports: WaitingImportHandlers, import_by_hand: ImportByHandHandlers
) -> None:
    table.answer(ListWaitingImports, waiting_imports.list_waiting)
    table.answer(DecideImport, waiting_imports.decide)
    table.answer(ScanImportFolder, import_by_hand.scan)
    table.answer(ImportFolder, import_by_hand.start)


def _answer_lists(
    table: Subscriptions, list_downloads: ListDownloadsHandlers, list_transfers: ListTransfersHandler
) -> None:
    table.answer(ListDownloads, list_downloads.list_downloads)
    table.answer(GetDownload, list_downloads.get_download)
    table.answer(ListTransfers, list_transfers.list_transfers)
    table.answer(ListCandidates, list_downloads.list_candidates)
    table.answer(ListFailedAttempts, list_downloads.list_failed_attempts)
    table.answer(SearchDownloads, list_downloads.search_downloads)


def _answer_about_many(table: Subscriptions, bulk_changes: BulkChangeHandlers) -> None:
    table.answer(RetryDownloads, bulk_changes.retry)
    table.answer(CancelDownloads, bulk_changes.cancel)
    table.answer(DeleteDownloads, bulk_changes.delete)
    table.answer(SearchMissingBooks, bulk_changes.search)


def _answer_about_profiles(table: Subscriptions, quality_profiles: QualityProfileHandlers) -> None:
    table.answer(ListQualityProfiles, quality_profiles.list_profiles)
    table.answer(GetQualityProfile, quality_profiles.get_profile)
    table.answer(CreateQualityProfile, quality_profiles.create)
    table.answer(ReplaceQualityProfile, quality_profiles.replace)
    table.answer(DeleteQualityProfile, quality_profiles.delete)
    table.answer(SetDefaultQualityProfile, quality_profiles.set_default)


def _declare_sent_messages(table: Subscriptions) -> None:
    """Declare what the downloader requests and sends."""
    table.sends_requests(LookInLibraryFolders)
    table.sends_requests(
        ListMissingBooks, GetMissingBook, SelectMissingBooks, ListBooks, SearchBooks, ListBookFolders, SampleBookPaths
    )
    table.sends_requests(GetSeries, SearchSeries, GetAuthor, GetBook, GetSeriesNarrators)
    table.sends_requests(QueryMam, FetchMamTorrent, AssessGrabs, ReserveGrab, GetTorrentPage)
    table.sends_requests(ListSeedingDuties, FindChapters, FindCover)
    table.publishes(SearchWanted, SearchForDownload, AddToClient, ReadReleasePage, ImportDownload, ConfirmImport)
    table.publishes(MoveReplacedBook, ConvertAudio)
    table.publishes(DownloadWanted, ReleaseGrabbed, DownloadCompleted, DownloadImported, DownloadFailed)
    table.publishes(ReportGrab, DownloadProgressed, AbsenceChanged)
    table.publishes(DownloadCancelled, DownloadWaits, ImportProposed, SeedingInterrupted)
    table.publishes(RunStarted, RunProgressed, RunFinished)
