"""The one place where the metadata service is put together."""

from datetime import timedelta
from pathlib import Path

import httpx
from shared.chassis.database import Transaction
from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from metadata.adapters.library import LibraryOverBus
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.retention import Keeping, Retention
from metadata.adapters.postgres.statistics import CountedFigures
from metadata.adapters.postgres.tables import CHASSIS
from metadata.adapters.postgres.transaction import MetadataTransaction
from metadata.adapters.providers.registry import Surroundings, registry
from metadata.handlers.check_integrations import Checking
from metadata.handlers.collect_bibliography import ListingWorks
from metadata.handlers.correct_book import CorrectingByHand
from metadata.handlers.corrections import Correcting
from metadata.handlers.describe_imported_book import DescribeImportedBook
from metadata.handlers.maintenance import Accounting
from metadata.handlers.refresh_books import RefreshingBooks
from metadata.handlers.refresh_metadata import Refreshing, RefreshRules
from metadata.handlers.validate_metadata import JudgingGiven
from metadata.settings import MetadataSettings
from metadata.subscriptions import Handlers, subscriptions
from metadata.workflow.correction_resend import SendCorrectionsAgain
from metadata.workflow.refresh_outcomes import RememberingOutcomes

NAMEPLATE = Nameplate("metadata", "metadata", CHASSIS, Path(__file__).parent / "migrations")


def build(
    settings: MetadataSettings, service: Service, transports: dict[str, httpx.AsyncBaseTransport] | None = None
) -> Subscriptions:
    """Put the service together; `transports` replaces the network to providers, by name."""
    plain = service.database.transactions(Transaction)
    transaction = service.database.transactions(MetadataTransaction)
    providers, remotes = registry(settings, Surroundings(plain, service.clock, transports or {}))
    service.closing.extend(remote.aclose for remote in remotes)
    rules = RefreshRules(
        batch_size=settings.metadata_batch_size,
        daily_max=settings.metadata_daily_max,
        new_days=settings.metadata_new_days,
        dry_run=settings.metadata_dry_run,
    )
    library = LibraryOverBus(service.bus)
    refreshing = Refreshing(transaction, library, rules, service.clock)
    service.background.append(refreshing.keep_taking_up)
    service.background.append(SendCorrectionsAgain(transaction, service.clock).keep_sending)
    remembering = RememberingOutcomes(transaction, service.clock, dry_run=rules.dry_run)
    return subscriptions(
        Handlers(
            listing=ListingWorks(transaction, providers.enabled, service.clock),
            refreshing=refreshing,
            books=RefreshingBooks(transaction, library, providers, remembering, service.clock),
            imported=DescribeImportedBook(transaction, library, service.clock, dry_run=rules.dry_run),
            correcting=Correcting(transaction, service.clock),
            by_hand=CorrectingByHand(transaction, library, service.clock),
            judging=JudgingGiven(library, providers, service.clock),
            checking=Checking(providers, ProviderStates(plain, providers, service.clock)),
            accounting=Accounting(
                transaction, library, CountedFigures(plain), Retention(plain, _keeping(settings)), service.clock
            ),
        )
    )


def _keeping(settings: MetadataSettings) -> Keeping:
    return Keeping(
        corrections=timedelta(days=settings.corrections_keep_days),
        refreshes=timedelta(days=settings.refreshes_keep_days),
        provider_answers=timedelta(days=settings.provider_answers_keep_days),
    )
