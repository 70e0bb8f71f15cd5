"""What the metadata service answers, does, hears and says."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads import DownloadImported
from shared.contracts.library.books import GetBook, GetBooks, ListBooks, MetadataWritten, WriteMetadata
from shared.contracts.metadata import (
    BibliographyCollected,
    BookRefreshed,
    CollectBibliography,
    GetCorrection,
    ListCorrections,
    ListProviders,
    RefreshBook,
    RefreshBooks,
    RefreshMetadata,
    UndoCorrection,
)
from shared.contracts.metadata_by_hand import CorrectBook, ValidateMetadata
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from metadata.handlers.accounting import Accounting
from metadata.handlers.checking import Checking
from metadata.handlers.correcting import Correcting
from metadata.handlers.correcting_by_hand import CorrectingByHand
from metadata.handlers.describe_imported_book import DescribeImportedBook
from metadata.handlers.judging_given import JudgingGiven
from metadata.handlers.listing_works import ListingWorks
from metadata.handlers.refreshing import Refreshing
from metadata.handlers.refreshing_books import RefreshingBooks


@dataclass(frozen=True)
class Handlers:
    """One for each thing this service does."""

    listing: ListingWorks
    refreshing: Refreshing
    books: RefreshingBooks
    imported: DescribeImportedBook
    correcting: Correcting
    by_hand: CorrectingByHand
    judging: JudgingGiven
    checking: Checking
    accounting: Accounting


def subscriptions(by: Handlers) -> Subscriptions:
    """Message by message, who handles it."""
    table = Subscriptions("metadata", "metadata")
    table.answer(ListCorrections, by.correcting.list_corrections)
    table.answer(GetCorrection, by.correcting.get_correction)
    table.answer(UndoCorrection, by.correcting.undo)
    table.answer(CorrectBook, by.by_hand.correct)
    table.answer(ValidateMetadata, by.judging.validate)
    table.answer(ListProviders, by.checking.list_providers)
    table.answer(CheckIntegrations, by.checking.check)
    table.answer(TellTimeline, by.accounting.tell_timeline)
    table.answer(TellStatistics, by.accounting.tell_statistics)
    table.answer(CleanUp, by.accounting.clean_up)
    table.do(CollectBibliography, by.listing.collect, concurrency=2)
    table.do(RefreshMetadata, by.refreshing.refresh, concurrency=1)
    table.do(RefreshBook, by.books.refresh_book, concurrency=1)
    table.do(RefreshBooks, by.books.refresh_books, concurrency=2)
    table.on(MetadataWritten, by.correcting.written)
    table.on(DownloadImported, by.imported.imported)
    table.asks(GetBook, GetBooks, ListBooks)
    table.says(WriteMetadata, RefreshBook, RefreshBooks, BibliographyCollected, BookRefreshed)
    table.says(RunStarted, RunProgressed, RunFinished)
    return table
