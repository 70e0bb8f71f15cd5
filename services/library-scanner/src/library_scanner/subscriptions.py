"""What the library scanner answers, does and listens to."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWanted, ReleaseGrabbed
from shared.contracts.library.authors import (
    CreateAuthor,
    DeleteAuthor,
    FindAuthorGaps,
    GetAuthor,
    GetAuthorStatistics,
    ListAuthors,
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
    ListBooks,
    SampleBookPaths,
    SearchBooks,
    UpdateBook,
)
from shared.contracts.library.bulk_import import ImportBooks
from shared.contracts.library.completeness import GetCompleteness
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    MissingBookClosed,
    MissingBookIdentified,
    OwnedBookGone,
    UpdateMissingBook,
)
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.library.series import (
    CreateSeries,
    DeleteSeries,
    FindSeriesGaps,
    GetSeries,
    ListSeries,
    SearchSeries,
    UpdateSeries,
)
from shared.contracts.metadata.bibliographies import BibliographyCollected, CollectBibliography
from shared.contracts.metadata.refreshes import BookRefreshed
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from library_scanner.handlers.check_integrations import Checking
from library_scanner.handlers.compare_bibliography import Comparing
from library_scanner.handlers.confirm_import import Confirming
from library_scanner.handlers.edit_books import Entering
from library_scanner.handlers.find_gaps import FindingGaps
from library_scanner.handlers.get_completeness import ReportingCompleteness
from library_scanner.handlers.list_library import Reading
from library_scanner.handlers.maintenance import Telling
from library_scanner.handlers.scan_library import Scanning
from library_scanner.handlers.track_downloads import Wanting
from library_scanner.handlers.watchlist import Minding
from library_scanner.handlers.write_metadata import Correcting


@dataclass(frozen=True)
class Handlers:
    """One for each thing this service does."""

    reading: Reading
    entering: Entering
    minding: Minding
    telling: Telling
    checking: Checking
    reporting_completeness: ReportingCompleteness
    scanning: Scanning
    finding_gaps: FindingGaps
    comparing: Comparing
    wanting: Wanting
    confirming: Confirming
    correcting: Correcting


def subscriptions(by: Handlers) -> Subscriptions:
    """Message by message, who handles it."""
    table = Subscriptions("library-scanner", "library")
    table.answer(CheckIntegrations, by.checking.check)
    table.answer(GetCompleteness, by.reporting_completeness.completeness)
    table.answer(ListBooks, by.reading.list_books)
    table.answer(ListBookFolders, by.reading.list_book_folders)
    table.answer(SampleBookPaths, by.reading.sample_book_paths)
    table.answer(GetBook, by.reading.get_book)
    table.answer(GetBooks, by.reading.get_books)
    table.answer(SearchBooks, by.reading.search_books)
    table.answer(SearchAuthors, by.reading.search_authors)
    table.answer(SearchSeries, by.reading.search_series)
    table.answer(ListAuthors, by.reading.list_authors)
    table.answer(GetAuthor, by.reading.get_author)
    table.answer(ListSeries, by.reading.list_series)
    table.answer(GetSeries, by.reading.get_series)
    table.answer(ListMissingBooks, by.reading.list_missing_books)
    table.answer(GetMissingBook, by.reading.get_missing_book)
    table.answer(CreateBook, by.entering.create)
    table.answer(UpdateBook, by.entering.update)
    table.answer(DeleteBook, by.entering.delete)
    table.answer(ImportBooks, by.entering.import_many)
    table.answer(TellTimeline, by.telling.timeline)
    table.answer(TellStatistics, by.telling.statistics)
    table.answer(CleanUp, by.telling.clean_up)
    table.answer(UpdateMissingBook, by.minding.update_missing_book)
    table.answer(CreateAuthor, by.minding.create_author)
    table.answer(UpdateAuthor, by.minding.update_author)
    table.answer(DeleteAuthor, by.minding.delete_author)
    table.answer(GetAuthorStatistics, by.minding.author_statistics)
    table.answer(CreateSeries, by.minding.create_series)
    table.answer(UpdateSeries, by.minding.update_series)
    table.answer(DeleteSeries, by.minding.delete_series)

    table.do(ScanLibrary, by.scanning.scan, concurrency=1)
    table.do(FindSeriesGaps, by.finding_gaps.find_series_gaps, concurrency=1)
    table.do(FindAuthorGaps, by.finding_gaps.find_author_gaps, concurrency=1)
    table.do(WriteMetadata, by.correcting.write)
    table.do(ConfirmImport, by.confirming.confirm)

    table.on(BibliographyCollected, by.comparing.compare)
    table.on(BookRefreshed, by.correcting.refreshed)
    table.on(DownloadWanted, by.wanting.wanted)
    table.on(ReleaseGrabbed, by.wanting.grabbed)
    table.on(DownloadFailed, by.wanting.failed)
    table.on(DownloadImported, by.wanting.imported)

    table.says(CollectBibliography, ConfirmImport)
    table.says(BookAppeared, BookChanged, BookVanished, MetadataWritten)
    table.says(MissingBookIdentified, MissingBookClosed, OwnedBookGone, ImportConfirmed, ImportUnconfirmed)
    table.says(RunStarted, RunProgressed, RunFinished)
    return table
