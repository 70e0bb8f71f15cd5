"""The messages that the library scanner handles and sends."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.events import (
    AbsenceChanged,
    DownloadCancelled,
    DownloadFailed,
    DownloadImported,
    DownloadWanted,
    ReleaseGrabbed,
)
from shared.contracts.library.authors import (
    CreateAuthor,
    DeleteAuthor,
    FindAuthorGaps,
    GetAuthor,
    GetAuthorStatistics,
    ListAuthorLetters,
    ListAuthors,
    LookUpAuthors,
    SearchAuthors,
    UpdateAuthor,
)
from shared.contracts.library.books import (
    BookAppeared,
    BookChanged,
    BookVanished,
    CreateBook,
    DeleteBook,
    GetBook,
    GetBooks,
    ListBookFolders,
    ListBookLetters,
    ListBooks,
    SampleBookPaths,
    SearchBooks,
    SelectBooks,
    UpdateBook,
)
from shared.contracts.library.bulk_import import ImportBooks
from shared.contracts.library.calendar import GetCalendar
from shared.contracts.library.completeness import GetCompleteness
from shared.contracts.library.covers import GetCover
from shared.contracts.library.findings import CheckLibrary, CountFindings, DecideFindings, GetFinding, ListFindings
from shared.contracts.library.folders import LookInLibraryFolders
from shared.contracts.library.following import PreviewFollow
from shared.contracts.library.growth import GetGrowth
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.listed_works import AddListedWorks, LookUpWorks, WantWork, WithdrawListedWorks
from shared.contracts.library.locks import ChangeLocks, GetLocks, SetLocks
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    MissingBookChanged,
    MissingBookClosed,
    MissingBookIdentified,
    OwnedBookGone,
    SelectMissingBooks,
    UpdateMissingBook,
    UpdateMissingBooks,
    WantReleasedBooks,
)
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.library.series import (
    CreateSeries,
    DeleteSeries,
    FindSeriesGaps,
    GetSeries,
    ListSeries,
    ListSeriesLetters,
    SearchSeries,
    UpdateSeries,
)
from shared.contracts.library.series_corrections import CorrectSeries, ListSeriesCorrections, UndoSeriesCorrection
from shared.contracts.library.series_narrators import GetSeriesNarrators
from shared.contracts.library.work_lists import GetWorkList, ListSeriesWorks
from shared.contracts.metadata.bibliographies import BibliographyCollected, CollectBibliography
from shared.contracts.metadata.matches import MatchDecided
from shared.contracts.metadata.proposals import ProposeChanges
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBooks
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from library_scanner.handlers.check_integrations import CheckIntegrationsHandler
from library_scanner.handlers.check_library import CheckLibraryHandler
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.handlers.confirm_import import ConfirmImportHandler
from library_scanner.handlers.correct_series import CorrectSeriesHandlers
from library_scanner.handlers.edit_books import EditBooksHandlers
from library_scanner.handlers.find_gaps import FindGapsHandlers
from library_scanner.handlers.findings import FindingHandlers
from library_scanner.handlers.get_completeness import GetCompletenessHandler
from library_scanner.handlers.get_cover import GetCoverHandler
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.list_series_works import ListSeriesWorksHandler
from library_scanner.handlers.listed_works import ListedWorksHandlers
from library_scanner.handlers.lock_fields import LockFieldsHandlers
from library_scanner.handlers.look_in_folders import LookInLibraryFoldersHandler
from library_scanner.handlers.maintenance import MaintenanceHandlers
from library_scanner.handlers.record_match import MatchDecidedHandler
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from library_scanner.handlers.scan_library import ScanLibraryHandler
from library_scanner.handlers.select_items import SelectItemsHandlers
from library_scanner.handlers.track_downloads import DownloadEventHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.handlers.want_released_books import WantReleasedBooksHandler
from library_scanner.handlers.watchlist import WatchlistHandlers
from library_scanner.handlers.work_lists import WorkListHandlers
from library_scanner.handlers.write_metadata import WriteMetadataHandler

WRITES_AT_A_TIME = 10
"""Books whose corrections are handled at a time, and that one request to Audiobookshelf changes together."""


@dataclass(frozen=True)
class Handlers:
    """The handlers of this service, one attribute for each module in `handlers`."""

    list_library: ListLibraryHandlers
    get_cover: GetCoverHandler
    edit_books: EditBooksHandlers
    lock_fields: LockFieldsHandlers
    select_items: SelectItemsHandlers
    watchlist: WatchlistHandlers
    update_missing_book: UpdateMissingBookHandler
    maintenance: MaintenanceHandlers
    check_integrations: CheckIntegrationsHandler
    look_in_folders: LookInLibraryFoldersHandler
    get_completeness: GetCompletenessHandler
    scan_library: ScanLibraryHandler
    find_gaps: FindGapsHandlers
    listed_works: ListedWorksHandlers
    compare_bibliography: BibliographyCollectedHandler
    want_released_books: WantReleasedBooksHandler
    work_lists: WorkListHandlers
    list_series_works: ListSeriesWorksHandler
    correct_series: CorrectSeriesHandlers
    track_downloads: DownloadEventHandlers
    confirm_import: ConfirmImportHandler
    write_metadata: WriteMetadataHandler
    record_refresh: BookRefreshedHandler
    record_match: MatchDecidedHandler
    check_library: CheckLibraryHandler
    findings: FindingHandlers


def subscriptions(handlers: Handlers) -> Subscriptions:
    """Return the table that maps each message to its handler."""
    table = Subscriptions("library-scanner", "library")
    _answer_requests(table, handlers)
    table.answer(LookInLibraryFolders, handlers.look_in_folders.look)
    table.do(ScanLibrary, handlers.scan_library.scan, concurrency=1)
    table.do(CheckLibrary, handlers.check_library.check, concurrency=1)
    table.do(FindSeriesGaps, handlers.find_gaps.find_series_gaps, concurrency=1)
    table.do(FindAuthorGaps, handlers.find_gaps.find_author_gaps, concurrency=1)
    table.do(WantReleasedBooks, handlers.want_released_books.want_released, concurrency=1)
    table.do(WriteMetadata, handlers.write_metadata.write, concurrency=WRITES_AT_A_TIME)
    table.do(ConfirmImport, handlers.confirm_import.confirm)

    table.on(BibliographyCollected, handlers.compare_bibliography.compare)
    table.on(BookRefreshed, handlers.record_refresh.record)
    table.on(MatchDecided, handlers.record_match.record, concurrency=1)
    table.on(DownloadWanted, handlers.track_downloads.wanted)
    table.on(ReleaseGrabbed, handlers.track_downloads.grabbed)
    table.on(DownloadFailed, handlers.track_downloads.failed)
    table.on(DownloadCancelled, handlers.track_downloads.cancelled)
    table.on(DownloadImported, handlers.track_downloads.imported)
    table.on(AbsenceChanged, handlers.track_downloads.absence_changed)

    table.publishes(CheckLibrary, CollectBibliography, ConfirmImport, ProposeChanges, RefreshBooks)
    table.publishes(BookAppeared, BookChanged, BookVanished, MetadataWritten)
    table.publishes(
        MissingBookIdentified, MissingBookChanged, MissingBookClosed, OwnedBookGone, ImportConfirmed, ImportUnconfirmed
    )
    table.publishes(RunStarted, RunProgressed, RunFinished)
    return table


def _answer_requests(table: Subscriptions, handlers: Handlers) -> None:
    table.answer(CheckIntegrations, handlers.check_integrations.check)
    table.answer(GetCompleteness, handlers.get_completeness.get)
    table.answer(ListFindings, handlers.findings.list_findings)
    table.answer(GetFinding, handlers.findings.get_finding)
    table.answer(CountFindings, handlers.findings.count)
    table.answer(DecideFindings, handlers.findings.decide)
    table.answer(ListBooks, handlers.list_library.list_books)
    table.answer(ListBookLetters, handlers.list_library.list_book_letters)
    table.answer(ListAuthorLetters, handlers.list_library.list_author_letters)
    table.answer(ListSeriesLetters, handlers.list_library.list_series_letters)
    table.answer(ListBookFolders, handlers.list_library.list_book_folders)
    table.answer(SampleBookPaths, handlers.list_library.sample_book_paths)
    table.answer(GetCover, handlers.get_cover.get)
    table.answer(GetBook, handlers.list_library.get_book)
    table.answer(GetBooks, handlers.list_library.get_books)
    table.answer(SearchBooks, handlers.list_library.search_books)
    table.answer(SearchAuthors, handlers.list_library.search_authors)
    table.answer(LookUpAuthors, handlers.list_library.look_up_authors)
    table.answer(SearchSeries, handlers.list_library.search_series)
    table.answer(ListAuthors, handlers.list_library.list_authors)
    table.answer(GetAuthor, handlers.list_library.get_author)
    table.answer(ListSeries, handlers.list_library.list_series)
    table.answer(GetSeries, handlers.list_library.get_series)
    table.answer(ListMissingBooks, handlers.list_library.list_missing_books)
    table.answer(GetMissingBook, handlers.list_library.get_missing_book)
    table.answer(CreateBook, handlers.edit_books.create)
    table.answer(UpdateBook, handlers.edit_books.update)
    table.answer(DeleteBook, handlers.edit_books.delete)
    table.answer(ImportBooks, handlers.edit_books.import_many)
    table.answer(TellTimeline, handlers.maintenance.timeline)
    table.answer(TellStatistics, handlers.maintenance.statistics)
    table.answer(CleanUp, handlers.maintenance.clean_up)
    table.answer(GetGrowth, handlers.maintenance.growth)
    _answer_about_changes(table, handlers)
    _answer_lists_outside(table, handlers.listed_works)
    _answer_work_lists(table, handlers)
    table.answer(CorrectSeries, handlers.correct_series.correct)
    table.answer(ListSeriesCorrections, handlers.correct_series.list)
    table.answer(UndoSeriesCorrection, handlers.correct_series.undo)
    table.answer(CreateAuthor, handlers.watchlist.create_author)
    table.answer(UpdateAuthor, handlers.watchlist.update_author)
    table.answer(DeleteAuthor, handlers.watchlist.delete_author)
    table.answer(PreviewFollow, handlers.watchlist.preview_follow)
    table.answer(GetAuthorStatistics, handlers.watchlist.author_statistics)
    table.answer(CreateSeries, handlers.watchlist.create_series)
    table.answer(UpdateSeries, handlers.watchlist.update_series)
    table.answer(DeleteSeries, handlers.watchlist.delete_series)


def _answer_about_changes(table: Subscriptions, handlers: Handlers) -> None:
    table.answer(GetLocks, handlers.lock_fields.get)
    table.answer(SetLocks, handlers.lock_fields.set)
    table.answer(UpdateMissingBook, handlers.update_missing_book.update)
    table.answer(UpdateMissingBooks, handlers.update_missing_book.update_many)
    table.answer(ChangeLocks, handlers.lock_fields.change)
    table.answer(SelectBooks, handlers.select_items.select_books)
    table.answer(SelectMissingBooks, handlers.select_items.select_missing_books)


def _answer_work_lists(table: Subscriptions, handlers: Handlers) -> None:
    table.answer(GetWorkList, handlers.work_lists.get)
    table.answer(ListSeriesWorks, handlers.list_series_works.list_works)
    table.answer(GetSeriesNarrators, handlers.work_lists.narrators)
    table.answer(GetCalendar, handlers.work_lists.calendar)


def _answer_lists_outside(table: Subscriptions, handlers: ListedWorksHandlers) -> None:
    table.answer(LookUpWorks, handlers.look_up)
    table.answer(AddListedWorks, handlers.add)
    table.answer(WantWork, handlers.want)
    table.answer(WithdrawListedWorks, handlers.withdraw)
