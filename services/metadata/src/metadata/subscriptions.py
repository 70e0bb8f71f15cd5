"""What the metadata service answers, does, hears and says."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.library.books import GetBook, ListBooks, MetadataWritten, WriteMetadata
from shared.contracts.library.scans import ImportConfirmed
from shared.contracts.metadata import (
    BibliographyCollected,
    BookRefreshed,
    CollectBibliography,
    GetCorrection,
    ListCorrections,
    ListProviders,
    RefreshBook,
    RefreshMetadata,
    UndoCorrection,
)
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations

from metadata.handlers.checking import Checking
from metadata.handlers.correcting import Correcting
from metadata.handlers.listing_works import ListingWorks
from metadata.handlers.refreshing import Refreshing


def subscriptions(
    listing: ListingWorks, refreshing: Refreshing, correcting: Correcting, checking: Checking
) -> Subscriptions:
    table = Subscriptions("metadata", "metadata")
    table.answer(ListCorrections, correcting.list_corrections)
    table.answer(GetCorrection, correcting.get_correction)
    table.answer(UndoCorrection, correcting.undo)
    table.answer(ListProviders, checking.list_providers)
    table.answer(CheckIntegrations, checking.check)
    table.do(CollectBibliography, listing.collect, concurrency=2)
    table.do(RefreshMetadata, refreshing.refresh, concurrency=1)
    table.do(RefreshBook, refreshing.refresh_book)
    table.on(MetadataWritten, correcting.written)
    table.on(ImportConfirmed, refreshing.imported)
    table.asks(GetBook, ListBooks)
    table.says(WriteMetadata, RefreshBook, BibliographyCollected, BookRefreshed, RunStarted, RunProgressed, RunFinished)
    return table
