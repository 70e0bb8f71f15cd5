"""What the downloader answers, does, listens to and says: its table of contents."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.blocklist import BlockRelease, ListBlocklist, UnblockRelease
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.commands import (
    AddToClient,
    ImportDownload,
    MonitorDownloads,
    RetryFailedDownloads,
    SearchForDownload,
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
    DownloadCancelled,
    DownloadCompleted,
    DownloadFailed,
    DownloadImported,
    DownloadProgressed,
    DownloadWaits,
    DownloadWanted,
    ReleaseGrabbed,
)
from shared.contracts.downloads.failed_attempts import HideFailedAttempts, ListFailedAttempts
from shared.contracts.downloads.folders import ListFolders
from shared.contracts.downloads.interactive_search import GrabFoundRelease, SearchReleases
from shared.contracts.library.books import ListBookFolders, ListBooks, SampleBookPaths
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBookClosed
from shared.contracts.mam.account import GetStanding
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from downloader.handlers.add_to_client import Grabbing
from downloader.handlers.check_integrations import Checking
from downloader.handlers.create_download import Creating
from downloader.handlers.grab_release import Deciding
from downloader.handlers.import_download import Importing
from downloader.handlers.interactive_search import Browsing
from downloader.handlers.list_downloads import Reading
from downloader.handlers.list_folders import Measuring
from downloader.handlers.maintenance import Accounting
from downloader.handlers.monitor_downloads import Monitoring
from downloader.handlers.retry_failed_downloads import Retrying
from downloader.handlers.search_for_download import Searching
from downloader.handlers.search_wanted import Wanting
from downloader.handlers.update_download import Adjusting


def subscriptions(  # noqa: PLR0913 - one for each step
    *,
    wanting: Wanting,
    searching: Searching,
    grabbing: Grabbing,
    monitoring: Monitoring,
    importing: Importing,
    retrying: Retrying,
    creating: Creating,
    adjusting: Adjusting,
    browsing: Browsing,
    accounting: Accounting,
    deciding: Deciding,
    reading: Reading,
    checking: Checking,
    measuring: Measuring,
) -> Subscriptions:
    table = Subscriptions("downloader", "downloads")

    table.answer(ListDownloads, reading.list_downloads)
    table.answer(GetDownload, reading.get_download)
    table.answer(ListCandidates, reading.list_candidates)
    table.answer(ListFailedAttempts, reading.list_failed_attempts)
    table.answer(ListBlocklist, reading.list_blocklist)
    table.answer(CreateDownload, creating.create)
    table.answer(SearchDownloads, reading.search_downloads)
    table.answer(UpdateDownload, adjusting.update)
    table.answer(DeleteDownload, adjusting.delete)
    table.answer(GetDownloadProgress, adjusting.progress)
    table.answer(HideFailedAttempts, adjusting.hide_failed_attempts)
    table.answer(BlockRelease, adjusting.block)
    table.answer(UnblockRelease, adjusting.unblock)
    table.answer(SearchReleases, browsing.search)
    table.answer(GrabFoundRelease, creating.grab)
    table.answer(GrabRelease, deciding.grab)
    table.answer(RetryDownload, deciding.retry)
    table.answer(CancelDownload, deciding.cancel)
    table.answer(TellTimeline, accounting.tell_timeline)
    table.answer(TellStatistics, accounting.tell_statistics)
    table.answer(CleanUp, accounting.clean_up)
    table.answer(CheckIntegrations, checking.check)
    table.answer(ListFolders, measuring.list_folders)

    table.do(SearchWanted, wanting.search_wanted, concurrency=1)
    table.do(SearchForDownload, searching.search, concurrency=2)  # they stand in one line at the tracker anyway
    table.do(AddToClient, grabbing.add_to_client, concurrency=4)
    table.do(MonitorDownloads, monitoring.monitor, concurrency=1)
    table.do(ImportDownload, importing.import_download, concurrency=2)
    table.do(RetryFailedDownloads, retrying.retry_failed, concurrency=1)

    table.on(MissingBookClosed, wanting.missing_book_closed)
    table.on(ImportConfirmed, importing.confirmed)
    table.on(ImportUnconfirmed, importing.unconfirmed)

    table.asks(ListMissingBooks, GetMissingBook, ListBooks, ListBookFolders, SampleBookPaths)
    table.asks(QueryMam, FetchMamTorrent, GetStanding)
    table.says(SearchForDownload, AddToClient, ImportDownload, ConfirmImport)
    table.says(DownloadWanted, ReleaseGrabbed, DownloadCompleted, DownloadImported, DownloadFailed)
    table.says(DownloadProgressed)
    table.says(DownloadCancelled, DownloadWaits)
    table.says(RunStarted, RunProgressed, RunFinished)
    return table
