"""What the metadata service answers, does, hears and says."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.metadata import BibliographyCollected, CollectBibliography, ListProviders
from shared.contracts.system import CheckIntegrations

from metadata.handlers.checking import Checking
from metadata.handlers.listing_works import ListingWorks


def subscriptions(listing: ListingWorks, checking: Checking) -> Subscriptions:
    table = Subscriptions("metadata", "metadata")
    table.answer(ListProviders, checking.list_providers)
    table.answer(CheckIntegrations, checking.check)
    table.do(CollectBibliography, listing.collect, concurrency=2)
    table.says(BibliographyCollected)
    return table
