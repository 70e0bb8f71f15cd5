"""What the gateway answers, hears and asks: it owns nothing about books, and asks everybody."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts import downloads, downloads_by_hand, health, mam, metadata, metadata_by_hand, scheduler
from shared.contracts.diagnostics import GetTrackerAccess, ListFolders
from shared.contracts.library import authors, books, by_hand, missing_books, scans, series
from shared.contracts.library.completeness import GetCompleteness
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

from gateway.notifications.building import Notifications
from gateway.retention import Retention


def subscriptions(retention: Retention, notifications: Notifications) -> Subscriptions:
    table = Subscriptions("gateway", "gateway", reads_last_words=True, reads_events=True, reads_lags=True)
    table.answer(CheckIntegrations, _no_integrations)
    table.answer(CleanUp, retention.clean_up)
    table.answer(TellStatistics, retention.tell_statistics)
    table.on(downloads.DownloadImported, notifications.hearing.imported)
    table.on(downloads.DownloadFailed, notifications.hearing.failed)
    table.on(downloads.DownloadWaits, notifications.hearing.waits)
    table.on(scans.ImportUnconfirmed, notifications.hearing.import_unconfirmed)
    table.on(missing_books.OwnedBookGone, notifications.hearing.owned_book_gone)
    table.on(mam.StandingRead, notifications.account.standing_read, concurrency=1)
    table.says(health.WentDown, health.CameBack)
    table.asks(mam.GetStanding)
    table.asks(CheckIntegrations, DescribeService, ListFailedMessages, ResendFailedMessage)
    table.asks(TellTimeline, ListFolders, GetTrackerAccess)
    table.asks(authors.ListAuthors, authors.GetAuthor, series.ListSeries, series.GetSeries)
    table.asks(books.ListBooks, books.GetBook, missing_books.ListMissingBooks, missing_books.GetMissingBook)
    table.asks(by_hand.CreateBook, by_hand.UpdateBook, by_hand.DeleteBook, by_hand.ImportBooks)
    table.asks(by_hand.CreateAuthor, by_hand.UpdateAuthor, by_hand.DeleteAuthor, by_hand.GetAuthorStatistics)
    table.asks(by_hand.CreateSeries, by_hand.UpdateSeries, by_hand.DeleteSeries, by_hand.UpdateMissingBook)
    table.asks(books.SearchBooks, authors.SearchAuthors, series.SearchSeries)
    table.asks(downloads.ListDownloads, downloads.GetDownload, downloads.ListCandidates, downloads.GrabRelease)
    table.asks(downloads.RetryDownload, downloads.CancelDownload, downloads.ListFailedAttempts, downloads.ListBlocklist)
    table.asks(downloads_by_hand.CreateDownload, downloads_by_hand.UpdateDownload, downloads_by_hand.DeleteDownload)
    table.asks(downloads_by_hand.SearchDownloads, downloads_by_hand.GetDownloadProgress)
    table.asks(downloads_by_hand.SearchReleases, downloads_by_hand.GrabFoundRelease)
    table.asks(downloads_by_hand.HideFailedAttempts, downloads_by_hand.BlockRelease, downloads_by_hand.UnblockRelease)
    table.asks(metadata.ListCorrections, metadata.GetCorrection, metadata.UndoCorrection, metadata.ListProviders)
    table.asks(scheduler.ListTasks, scheduler.GetTask, scheduler.RunTask, scheduler.EnableTask)
    table.asks(scheduler.GetRun, scheduler.ListRuns, scheduler.CancelRun, scheduler.DeleteRun)
    table.asks(scheduler.ChangeTask, scheduler.ListJobs, scheduler.TellSchedulerStatus)
    table.asks(metadata_by_hand.CorrectBook, metadata_by_hand.ValidateMetadata)
    table.asks(GetCompleteness, TellStatistics)
    return table


async def _no_integrations(_request: CheckIntegrations) -> list[Integration]:
    """The gateway stands on nothing outside."""
    return []
