"""What the library scanner answers, does and listens to."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads import DownloadFailed, DownloadImported, DownloadWanted, ReleaseGrabbed
from shared.contracts.library.authors import FindAuthorGaps, GetAuthor, ListAuthors, SearchAuthors
from shared.contracts.library.books import (
    BookAppeared,
    BookChanged,
    BookVanished,
    GetBook,
    GetBooks,
    ListBookFolders,
    ListBooks,
    MetadataWritten,
    SampleBookPaths,
    ScanLibrary,
    SearchBooks,
    WriteMetadata,
)
from shared.contracts.library.by_hand import (
    CreateAuthor,
    CreateBook,
    CreateSeries,
    DeleteAuthor,
    DeleteBook,
    DeleteSeries,
    GetAuthorStatistics,
    ImportBooks,
    UpdateAuthor,
    UpdateBook,
    UpdateMissingBook,
    UpdateSeries,
)
from shared.contracts.library.completeness import GetCompleteness
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    MissingBookClosed,
    MissingBookIdentified,
    OwnedBookGone,
)
from shared.contracts.library.scans import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.series import FindSeriesGaps, GetSeries, ListSeries, SearchSeries
from shared.contracts.metadata import BibliographyCollected, BookRefreshed, CollectBibliography
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from library_scanner.handlers.checking import Checking
from library_scanner.handlers.comparing import Comparing
from library_scanner.handlers.confirming import Confirming
from library_scanner.handlers.correcting import Correcting
from library_scanner.handlers.entering import Entering
from library_scanner.handlers.finding_gaps import FindingGaps
from library_scanner.handlers.minding import Minding
from library_scanner.handlers.reading import Reading
from library_scanner.handlers.reporting_completeness import ReportingCompleteness
from library_scanner.handlers.scanning import Scanning
from library_scanner.handlers.telling import Telling
from library_scanner.handlers.wanting import Wanting


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
