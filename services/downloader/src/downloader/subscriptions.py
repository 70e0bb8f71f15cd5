"""What the downloader answers, does, listens to and says: its table of contents."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.diagnostics import ListFolders
from shared.contracts.downloads import (
    AddToClient,
    CancelDownload,
    DownloadCompleted,
    DownloadFailed,
    DownloadImported,
    DownloadProgressed,
    DownloadWaits,
    DownloadWanted,
    GetDownload,
    GrabRelease,
    ImportDownload,
    ListBlocklist,
    ListCandidates,
    ListDownloads,
    ListFailedAttempts,
    MonitorDownloads,
    ReleaseGrabbed,
    RetryDownload,
    RetryFailedDownloads,
    SearchForDownload,
    SearchWanted,
)
from shared.contracts.downloads_by_hand import (
    BlockRelease,
    CreateDownload,
    DeleteDownload,
    DownloadCancelled,
    GetDownloadProgress,
    GrabFoundRelease,
    HideFailedAttempts,
    SearchDownloads,
    SearchReleases,
    UnblockRelease,
    UpdateDownload,
)
from shared.contracts.library.books import ListBookFolders, ListBooks, SampleBookPaths
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBookClosed
from shared.contracts.library.scans import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.mam import FetchMamTorrent, GetStanding, QueryMam
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from downloader.handlers.accounting import Accounting
from downloader.handlers.adjusting import Adjusting
from downloader.handlers.browsing import Browsing
from downloader.handlers.checking import Checking
from downloader.handlers.creating import Creating
from downloader.handlers.deciding import Deciding
from downloader.handlers.grabbing import Grabbing
from downloader.handlers.importing import Importing
from downloader.handlers.measuring import Measuring
from downloader.handlers.monitoring import Monitoring
from downloader.handlers.reading import Reading
from downloader.handlers.retrying import Retrying
from downloader.handlers.searching import Searching
from downloader.handlers.wanting import Wanting


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
