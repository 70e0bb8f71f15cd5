"""Builds the downloader from its adapters and handlers."""

from datetime import timedelta
from pathlib import Path

from shared.chassis.http import Remote
from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from downloader.adapters import prowlarr as prowlarr_api
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.library_scanner import LibraryScanner
from downloader.adapters.mam_search import MamSearch
from downloader.adapters.manual_release import ManualReleases
from downloader.adapters.postgres.import_locks import ImportLocks
from downloader.adapters.postgres.refused_logins import RefusedLogins
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.adapters.prowlarr import Prowlarr
from downloader.adapters.qbittorrent.client import QBittorrent
from downloader.adapters.qbittorrent.session import SYSTEM, Session
from downloader.domain.folders import SharedFolder
from downloader.domain.ports import Indexer
from downloader.handlers.add_to_client import AddToClientHandler
from downloader.handlers.blocklist import BlocklistHandlers
from downloader.handlers.cancel_download import CancelDownloadHandler
from downloader.handlers.check_integrations import CheckIntegrationsHandler
from downloader.handlers.clean_up import CleanUpHandler
from downloader.handlers.create_download import CreateDownloadHandlers
from downloader.handlers.grab_release import GrabReleaseHandler
from downloader.handlers.import_download import ImportDownloadHandlers
from downloader.handlers.list_downloads import ListDownloadsHandlers
from downloader.handlers.list_folders import ListFoldersHandler
from downloader.handlers.missing_books import MissingBookHandlers
from downloader.handlers.monitor_downloads import MonitorDownloadsHandler
from downloader.handlers.retry_download import RetryDownloadHandler
from downloader.handlers.retry_failed_downloads import RetryFailedDownloadsHandler
from downloader.handlers.search_for_download import SearchForDownloadHandler
from downloader.handlers.search_releases import SearchReleasesHandler
from downloader.handlers.search_wanted import SearchWantedHandler
from downloader.handlers.tell_statistics import TellStatisticsHandler
from downloader.handlers.tell_timeline import TellTimelineHandler
from downloader.handlers.update_download import UpdateDownloadHandlers
from downloader.settings import DownloaderSettings
from downloader.subscriptions import subscriptions
from downloader.workflow.grab_context import GrabContextLoader
from downloader.workflow.indexer_search import IndexerSearch
from downloader.workflow.library_path_check import LibraryPathCheck
from downloader.workflow.search_plan import SearchPlanner

NAMEPLATE = Nameplate("downloader", "downloads", CHASSIS, Path(__file__).parent / "migrations")


def build(settings: DownloaderSettings, service: Service) -> Subscriptions:
    transaction, clock = service.database.transactions(PostgresTransaction), service.clock
    downloads = SharedFolder(
        settings.download_path, settings.qbittorrent_download_path, setting="QBITTORRENT_DOWNLOAD_PATH"
    )
    folder = Filesystem(settings.library_path, settings.download_path)
    locks = ImportLocks(service.database.engine)
    client = _client(settings, service, downloads)
    prowlarr = _prowlarr(settings, service)
    mam = MamSearch(service.bus)
    others: list[Indexer] = [prowlarr] if prowlarr else []
    indexers: list[Indexer] = [mam, *others]
    grabbed_from = [*indexers, ManualReleases()]
    library = LibraryScanner(service.bus)
    path_check = LibraryPathCheck(library, folder, clock, str(settings.library_path))
    context_loader = GrabContextLoader(
        account=mam, folder=folder, path_check=path_check, limits=settings.limits(), clock=clock
    )
    indexer_search = IndexerSearch(transaction, indexers, context_loader)
    addresses = {"qbittorrent": settings.qbittorrent_url, "prowlarr": settings.prowlarr_url}
    return subscriptions(
        search_wanted=SearchWantedHandler(
            transaction, library, SearchPlanner(transaction, indexer_search, clock), clock
        ),
        search_for_download=SearchForDownloadHandler(transaction, indexer_search, clock),
        add_to_client=AddToClientHandler(
            transaction, client=client, indexers=grabbed_from, context_loader=context_loader, clock=clock
        ),
        missing_books=MissingBookHandlers(transaction, settings.limits(), clock),
        monitor_downloads=MonitorDownloadsHandler(
            transaction, client, stalled_after=timedelta(hours=settings.download_stalled_hours), clock=clock
        ),
        import_download=ImportDownloadHandlers(
            transaction,
            client=client,
            probe=AvProbe(decode_all=settings.verify_decode == "full"),
            folder=folder,
            locks=locks,
            library=library,
            downloads=downloads,
            clock=clock,
        ),
        retry_failed_downloads=RetryFailedDownloadsHandler(transaction, clock),
        grab_release=GrabReleaseHandler(transaction, clock),
        retry_download=RetryDownloadHandler(transaction, clock),
        cancel_download=CancelDownloadHandler(transaction, client),
        create_download=CreateDownloadHandlers(transaction, library, context_loader, clock),
        update_download=UpdateDownloadHandlers(transaction, client, clock),
        blocklist=BlocklistHandlers(transaction, clock),
        tell_timeline=TellTimelineHandler(transaction),
        tell_statistics=TellStatisticsHandler(transaction),
        clean_up=CleanUpHandler(
            transaction,
            folder=folder,
            locks=locks,
            keep_finished=timedelta(days=settings.download_retention_days),
            clock=clock,
        ),
        search_releases=SearchReleasesHandler(
            transaction,
            [MamSearch(service.bus, 0.0), *others],
            library=library,
            context_loader=context_loader,
            clock=clock,
        ),
        list_downloads=ListDownloadsHandlers(transaction),
        list_folders=ListFoldersHandler(folder, settings.limits().min_free_disk_bytes),
        check_integrations=CheckIntegrationsHandler(
            client, prowlarr, folder, path_check, addresses | {"disk": str(settings.library_path)}
        ),
    )


MOST_BYTES_OF_CLIENT = 64 * 2**20
"""Higher than for other systems: qBittorrent lists all torrents in one answer."""


def _client(settings: DownloaderSettings, service: Service, downloads: SharedFolder) -> QBittorrent:
    remote = Remote(SYSTEM, settings.qbittorrent_url, most_bytes=MOST_BYTES_OF_CLIENT)
    service.closing.append(remote.aclose)
    password = settings.qbittorrent_password.get_secret_value()
    refused = RefusedLogins(service.database.engine, settings.qbittorrent_url)
    session = Session(remote, settings.qbittorrent_username, password, refused=refused, now=service.clock.now)
    return QBittorrent(remote, session, category=settings.qbittorrent_category, downloads=downloads)


def _prowlarr(settings: DownloaderSettings, service: Service) -> Prowlarr | None:
    """The client, or None when PROWLARR_URL is not set."""
    if not settings.prowlarr_url:
        return None
    remote = Remote(
        prowlarr_api.SYSTEM,
        settings.prowlarr_url,
        headers={"X-Api-Key": settings.prowlarr_api_key.get_secret_value()},
        timeout_seconds=prowlarr_api.TIMEOUT_SECONDS,
    )
    service.closing.append(remote.aclose)
    return Prowlarr(remote)
