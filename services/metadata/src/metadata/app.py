"""The one place where the metadata service is put together."""

from pathlib import Path

import httpx
from shared.chassis.database import Transaction
from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.tables import CHASSIS
from metadata.adapters.postgres.transaction import MetadataTransaction
from metadata.adapters.providers.registry import Surroundings, registry
from metadata.handlers.checking import Checking
from metadata.handlers.listing_works import ListingWorks
from metadata.settings import MetadataSettings
from metadata.subscriptions import subscriptions

NAMEPLATE = Nameplate("metadata", "metadata", CHASSIS, Path(__file__).parent / "migrations")


def build(
    settings: MetadataSettings, service: Service, transports: dict[str, httpx.AsyncBaseTransport] | None = None
) -> Subscriptions:
    """Put the service together; `transports` replaces the network to providers, by name."""
    plain = service.database.transactions(Transaction)
    transaction = service.database.transactions(MetadataTransaction)
    providers, remotes = registry(settings, Surroundings(plain, service.clock, transports or {}))
    service.closing.extend(remote.aclose for remote in remotes)
    return subscriptions(
        ListingWorks(transaction, providers.enabled, service.clock),
        Checking(providers, ProviderStates(plain, providers)),
    )
