"""Wires the metadata service."""

from datetime import timedelta
from pathlib import Path

import httpx
from shared.chassis.database import Transaction
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions

from metadata.adapters.library import LibraryClient
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.retention import Retention, RetentionPeriods
from metadata.adapters.postgres.statistics import StoredFigures
from metadata.adapters.postgres.tables import CHASSIS
from metadata.adapters.postgres.transaction import MetadataTransaction
from metadata.adapters.providers.connect import ProviderDependencies, connect_providers
from metadata.handlers.check_integrations import CheckIntegrationsHandlers
from metadata.handlers.collect_bibliography import CollectBibliographyHandler
from metadata.handlers.correct_book import CorrectBookHandler
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.describe_imported_book import DownloadImportedHandler
from metadata.handlers.find_editions import WITHIN_SECONDS, FindEditionsHandler
from metadata.handlers.maintenance import MaintenanceHandlers
from metadata.handlers.match_book import MatchBookHandlers
from metadata.handlers.proposals import ProposalHandlers
from metadata.handlers.propose_changes import ProposeChangesHandler
from metadata.handlers.refresh_books import RefreshBooksHandlers
from metadata.handlers.refresh_metadata import RefreshMetadataHandler, RefreshRules
from metadata.handlers.undo_corrections import UndoCorrectionsHandler
from metadata.handlers.validate_metadata import ValidateMetadataHandler
from metadata.settings import MetadataSettings
from metadata.subscriptions import Handlers, subscriptions
from metadata.workflow.correction_resend import CorrectionResend
from metadata.workflow.edition_search import EditionSearch
from metadata.workflow.refresh_outcomes import RefreshOutcomes

SPEC = ServiceSpec("metadata", "metadata", CHASSIS, Path(__file__).parent / "migrations")


def build(
    settings: MetadataSettings, service: Service, transports: dict[str, httpx.AsyncBaseTransport] | None = None
) -> Subscriptions:
    """Build the adapters and handlers, and return what the service subscribes to.

    `transports` replaces the network, by provider name.
    """
    plain = service.database.transactions(Transaction)
    transaction = service.database.transactions(MetadataTransaction)
    dependencies = ProviderDependencies(service.database, service.clock, transports or {})
    providers, connections = connect_providers(settings, dependencies)
    service.closing.extend(each.aclose for each in connections)
    rules = RefreshRules(
        batch_size=settings.metadata_batch_size,
        daily_max=settings.metadata_daily_max,
        new_days=settings.metadata_new_days,
        dry_run=settings.metadata_dry_run,
    )
    library = LibraryClient(service.bus)
    refresh_metadata = RefreshMetadataHandler(transaction, library, rules, service.clock)
    service.background.append(refresh_metadata.keep_sending_deferred)
    service.background.append(CorrectionResend(transaction, service.clock).run)
    edition_search = EditionSearch(providers.enabled, WITHIN_SECONDS)
    service.closing.append(edition_search.aclose)
    outcomes = RefreshOutcomes(transaction, service.clock, dry_run=rules.dry_run)
    return subscriptions(
        Handlers(
            collect_bibliography=CollectBibliographyHandler(transaction, providers.enabled, service.clock),
            refresh_metadata=refresh_metadata,
            refresh_books=RefreshBooksHandlers(transaction, library, providers, outcomes, service.clock),
            download_imported=DownloadImportedHandler(transaction, library, service.clock, dry_run=rules.dry_run),
            corrections=CorrectionHandlers(transaction, service.clock),
            undo_corrections=UndoCorrectionsHandler(transaction, service.clock),
            correct_book=CorrectBookHandler(transaction, library, service.clock),
            proposals=ProposalHandlers(transaction, library, service.clock),
            propose_changes=ProposeChangesHandler(
                transaction,
                library,
                service.clock,
                accept_score=None if rules.dry_run else settings.own_readings_accept_score,
            ),
            validate_metadata=ValidateMetadataHandler(library, providers, service.clock),
            find_editions=FindEditionsHandler(library, providers, edition_search),
            check_integrations=CheckIntegrationsHandlers(providers, ProviderStates(plain, providers, service.clock)),
            match_book=MatchBookHandlers(transaction, library, providers, service.clock),
            maintenance=MaintenanceHandlers(
                transaction,
                library,
                StoredFigures(plain),
                Retention(plain, _retention_periods(settings)),
                service.clock,
            ),
        )
    )


def _retention_periods(settings: MetadataSettings) -> RetentionPeriods:
    return RetentionPeriods(
        corrections=timedelta(days=settings.corrections_keep_days),
        refreshes=timedelta(days=settings.refreshes_keep_days),
        provider_answers=timedelta(days=settings.provider_answers_keep_days),
    )
