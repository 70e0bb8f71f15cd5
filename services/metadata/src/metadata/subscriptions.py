"""What the metadata service answers, does, hears and says."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.events import DownloadImported
from shared.contracts.library.books import GetBook, GetBooks, ListBooks
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.bibliographies import BibliographyCollected, CollectBibliography
from shared.contracts.metadata.corrections import CorrectBook, GetCorrection, ListCorrections, UndoCorrection
from shared.contracts.metadata.providers import ListProviders
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBook, RefreshBooks, RefreshMetadata
from shared.contracts.metadata.validation import ValidateMetadata
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from metadata.handlers.check_integrations import Checking
from metadata.handlers.collect_bibliography import ListingWorks
from metadata.handlers.correct_book import CorrectingByHand
from metadata.handlers.corrections import Correcting
from metadata.handlers.describe_imported_book import DescribeImportedBook
from metadata.handlers.maintenance import Accounting
from metadata.handlers.refresh_books import RefreshingBooks
from metadata.handlers.refresh_metadata import Refreshing
from metadata.handlers.validate_metadata import JudgingGiven


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
