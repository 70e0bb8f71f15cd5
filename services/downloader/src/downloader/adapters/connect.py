"""Connects to the chosen download client and to the configured indexers, and says how each is checked."""

from shared.chassis.service import Service
from shared.contracts.system import IntegrationKind

from downloader.adapters.clients.client_kind import ClientDependencies
from downloader.adapters.indexers.counted import CountedIndexer
from downloader.adapters.indexers.indexer_kind import IndexerDependencies
from downloader.adapters.indexers.mam_search.client import MamSearch
from downloader.domain.download_client import DownloadClient
from downloader.domain.indexer import Indexer
from downloader.domain.integration_check import IntegrationCheck
from downloader.settings import DownloaderSettings


def connect_client(settings: DownloaderSettings, service: Service) -> tuple[DownloadClient, IntegrationCheck]:
    """The chosen download client and its check. Nothing is sent yet."""
    kind = settings.client_kind()
    dependencies = ClientDependencies(
        service.database.engine, settings.download_path, service.clock, service.closing, settings.mapped_paths()
    )
    client = kind.connect(settings, dependencies)
    address = kind.address(settings)
    return client, IntegrationCheck(kind.name, IntegrationKind.DOWNLOAD_CLIENT, kind.advice, address, client.version)


def connect_indexers(
    settings: DownloaderSettings, service: Service, mam: MamSearch
) -> tuple[list[Indexer], list[IntegrationCheck]]:
    """The configured indexers in the order in which they are searched, and the checks of those that are checked here.

    An indexer that is not configured is reported as such. Nothing is sent yet.
    """
    indexers: list[Indexer] = []
    checks: list[IntegrationCheck] = []
    for kind in settings.indexers:
        connected = kind.connect(settings, IndexerDependencies(mam, service.closing))
        if connected is None:
            checks.append(IntegrationCheck(kind.name, IntegrationKind.INDEXER, kind.not_configured, required=False))
            continue
        indexers.append(CountedIndexer(connected.indexer))
        if connected.version is not None:
            checks.append(
                IntegrationCheck(
                    kind.name,
                    IntegrationKind.INDEXER,
                    kind.advice,
                    connected.address,
                    connected.version,
                    required=False,
                    health=connected.health,
                )
            )
    return indexers, checks
