"""Wires the metadata service."""

from datetime import timedelta
from pathlib import Path

import httpx
from shared.chassis.database import Transaction
from shared.chassis.public_fetch import PublicFetcher
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.values import Confidence

from metadata.adapters.import_lists.registry import KINDS, USED_PROVIDERS
from metadata.adapters.import_lists.sources import KnownSources
from metadata.adapters.library import LibraryClient
from metadata.adapters.picture_reader import FETCH_SECONDS, MAX_BYTES, PictureReader
from metadata.adapters.postgres.metrics import GAUGES, quotas
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.retention import Retention, RetentionPeriods
from metadata.adapters.postgres.seen_pictures import StoredPictures
from metadata.adapters.postgres.statistics import StoredFigures
from metadata.adapters.postgres.tables import CHASSIS
from metadata.adapters.postgres.transaction import MetadataTransaction
from metadata.adapters.providers.connect import Connected, ProviderDependencies, connect_providers
from metadata.domain.providers import Registry
from metadata.handlers.check_integrations import CheckIntegrationsHandlers
from metadata.handlers.collect_bibliography import CollectBibliographyHandler
from metadata.handlers.correct_book import CorrectBookHandler
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.describe_imported_book import DownloadImportedHandler
from metadata.handlers.edit_import_lists import EditImportListsHandlers
from metadata.handlers.find_edition_contents import FindEditionContentHandlers
from metadata.handlers.find_editions import WITHIN_SECONDS, FindEditionsHandler
from metadata.handlers.find_similar_authors import FindSimilarAuthorsHandler
from metadata.handlers.genre_map import GenreMapHandlers
from metadata.handlers.import_list_entries import ImportListEntriesHandlers
from metadata.handlers.import_lists import ImportListsHandler
from metadata.handlers.maintenance import MaintenanceHandlers
from metadata.handlers.match_book import MatchBookHandlers
from metadata.handlers.proposals import ProposalHandlers
from metadata.handlers.propose_changes import ProposeChangesHandler
from metadata.handlers.refresh_books import RefreshBooksHandlers
from metadata.handlers.refresh_metadata import RefreshMetadataHandler, RefreshRules
from metadata.handlers.undo_corrections import UndoCorrectionsHandler
from metadata.handlers.validate_metadata import ValidateMetadataHandler
from metadata.setting_tests import SETTING_TESTS
from metadata.settings import MetadataSettings
from metadata.subscriptions import Handlers, ImportListHandlers, subscriptions
from metadata.workflow.content_choice import ContentChoice
from metadata.workflow.correction_resend import CorrectionResend
from metadata.workflow.edition_search import EditionSearch
from metadata.workflow.entry_matcher import EntryMatcher
from metadata.workflow.list_sync import ListSync
from metadata.workflow.refresh_outcomes import RefreshOutcomes

SPEC = ServiceSpec("metadata", "metadata", CHASSIS, Path(__file__).parent / "migrations", SETTING_TESTS, gauges=GAUGES)


def build(
    settings: MetadataSettings, service: Service, transports: dict[str, httpx.AsyncBaseTransport] | None = None
) -> Subscriptions:
    """Build the adapters and handlers, and return what the service subscribes to.

    `transports` replaces the network, by provider name.
    """
    plain = service.database.transactions(Transaction)
    transaction = service.database.transactions(MetadataTransaction)
    dependencies = ProviderDependencies(service.database, service.clock, transports or {})
    connected = connect_providers(settings, dependencies, also=USED_PROVIDERS)
    providers = connected.registry
    service.closing.extend(each.aclose for each in connected.connections)
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
    states = ProviderStates(plain, providers, service.clock)
    service.gauges.extend(quotas(states))
    edition_search = EditionSearch(providers.enabled, WITHIN_SECONDS)
    service.closing.append(edition_search.aclose)
    contents = _content_choice(settings, providers, StoredPictures(plain, service.clock))
    outcomes = RefreshOutcomes(transaction, service.clock, dry_run=rules.dry_run)
    return subscriptions(
        Handlers(
            collect_bibliography=CollectBibliographyHandler(transaction, providers.enabled, service.clock),
            refresh_metadata=refresh_metadata,
            refresh_books=RefreshBooksHandlers(
                transaction,
                library,
                providers,
                outcomes,
                service.clock,
                accept_confidence=Confidence(settings.proposals_accept_confidence),
                write_confidence=Confidence(settings.metadata_write_confidence),
                contents=contents,
            ),
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
            genre_map=GenreMapHandlers(transaction, library, service.clock),
            import_lists=_import_lists(settings, service, library, connected),
            validate_metadata=ValidateMetadataHandler(library, providers, service.clock),
            find_edition_contents=FindEditionContentHandlers(edition_search, contents),
            find_editions=FindEditionsHandler(transaction, library, providers, edition_search),
            find_similar_authors=FindSimilarAuthorsHandler(library, providers.enabled),
            check_integrations=CheckIntegrationsHandlers(providers, states, library),
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


def _import_lists(
    settings: MetadataSettings, service: Service, library: LibraryClient, connected: Connected
) -> ImportListHandlers:
    transaction, clock = service.database.transactions(MetadataTransaction), service.clock
    sources = KnownSources(KINDS, connected.clients)
    sync = ListSync(transaction, sources, library, EntryMatcher(connected.registry), clock)
    return ImportListHandlers(
        run=ImportListsHandler(transaction, library, sync, matches_per_run=settings.import_list_matches),
        edit=EditImportListsHandlers(transaction, sources, clock),
        entries=ImportListEntriesHandlers(transaction, library, clock),
    )


def _content_choice(settings: MetadataSettings, providers: Registry, seen: StoredPictures) -> ContentChoice:
    fetcher = PublicFetcher(private_hosts=settings.covers_private_hosts, max_bytes=MAX_BYTES, seconds=FETCH_SECONDS)
    pictures = PictureReader(fetcher) if settings.metadata_covers else None
    return ContentChoice(providers, pictures, seen, with_chapters=settings.metadata_chapters)


def _retention_periods(settings: MetadataSettings) -> RetentionPeriods:
    return RetentionPeriods(
        corrections=timedelta(days=settings.corrections_keep_days),
        refreshes=timedelta(days=settings.refreshes_keep_days),
        provider_answers=timedelta(days=settings.provider_answers_keep_days),
    )
