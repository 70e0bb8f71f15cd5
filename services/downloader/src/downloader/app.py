"""The one place where the downloader is put together."""

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
from downloader.adapters.manual_release import GivenByHand
from downloader.adapters.postgres.import_locks import ImportLocks
from downloader.adapters.postgres.refused_logins import RefusedLogins
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.adapters.prowlarr import Prowlarr
from downloader.adapters.qbittorrent.client import QBittorrent
from downloader.adapters.qbittorrent.session import SYSTEM, Session
from downloader.domain.folders import SharedFolder
from downloader.domain.ports import Indexer
from downloader.handlers.add_to_client import Grabbing
from downloader.handlers.check_integrations import Checking
from downloader.handlers.create_download import Creating
from downloader.handlers.grab_release import Deciding
from downloader.handlers.import_download import Importing
from downloader.handlers.interactive_search import Browsing
from downloader.handlers.list_downloads import Reading
from downloader.handlers.list_folders import Measuring
from downloader.handlers.maintenance import Accounting
from downloader.handlers.monitor_downloads import Monitoring
from downloader.handlers.retry_failed_downloads import Retrying
from downloader.handlers.search_for_download import Searching
from downloader.handlers.search_wanted import Wanting
from downloader.handlers.update_download import Adjusting
from downloader.settings import DownloaderSettings
from downloader.subscriptions import subscriptions
from downloader.workflow.folder_cleanup import FolderCleanup
from downloader.workflow.grab_context import Surroundings
from downloader.workflow.indexer_search import Asking
from downloader.workflow.library_path_check import LibraryPlace
from downloader.workflow.search_plan import Planning

NAMEPLATE = Nameplate("downloader", "downloads", CHASSIS, Path(__file__).parent / "migrations")


def build(settings: DownloaderSettings, service: Service) -> Subscriptions:
    transaction, clock = service.database.transactions(PostgresTransaction), service.clock
    downloads = SharedFolder(settings.download_path, settings.qbittorrent_download_path)
    folder = Filesystem(settings.library_path, settings.download_path)
    locks = ImportLocks(service.database.engine)
    client = _client(settings, service, downloads)
    prowlarr = _prowlarr(settings, service)
    mam = MamSearch(service.bus)
    others: list[Indexer] = [prowlarr] if prowlarr else []
    indexers: list[Indexer] = [mam, *others]
    grabbed_from = [*indexers, GivenByHand()]
    library = LibraryScanner(service.bus)
    place = LibraryPlace(library, folder, clock, str(settings.library_path))
    surroundings = Surroundings(account=mam, folder=folder, place=place, limits=settings.limits(), clock=clock)
    asking = Asking(transaction, indexers, surroundings)
    creating = Creating(transaction, library, surroundings, clock)
    addresses = {"qbittorrent": settings.qbittorrent_url, "prowlarr": settings.prowlarr_url}
    return subscriptions(
        wanting=Wanting(transaction, library, Planning(transaction, asking, clock), clock),
        searching=Searching(transaction, asking, clock),
        grabbing=Grabbing(transaction, client=client, indexers=grabbed_from, surroundings=surroundings, clock=clock),
        monitoring=Monitoring(
            transaction, client, stalled_after=timedelta(hours=settings.download_stalled_hours), clock=clock
        ),
        importing=Importing(
            transaction,
            client=client,
            probe=AvProbe(decode_all=settings.verify_decode == "full"),
            folder=folder,
            locks=locks,
            library=library,
            downloads=downloads,
            clock=clock,
        ),
        retrying=Retrying(transaction, clock),
        deciding=Deciding(transaction, client, clock),
        creating=creating,
        adjusting=Adjusting(transaction, client, clock),
        accounting=Accounting(
            transaction,
            folders=FolderCleanup(folder, locks),
            keep_finished=timedelta(days=settings.download_retention_days),
            clock=clock,
        ),
        browsing=Browsing(
            transaction, [MamSearch(service.bus, 0.0), *others], library=library, surroundings=surroundings, clock=clock
        ),
        reading=Reading(transaction),
        measuring=Measuring(folder, settings.limits().min_free_disk_bytes),
        checking=Checking(client, prowlarr, folder, place, addresses | {"disk": str(settings.library_path)}),
    )


MOST_BYTES_OF_CLIENT = 64 * 2**20
"""qBittorrent lists every torrent at once, and it is the person's own."""


def _client(settings: DownloaderSettings, service: Service, downloads: SharedFolder) -> QBittorrent:
    remote = Remote(SYSTEM, settings.qbittorrent_url, most_bytes=MOST_BYTES_OF_CLIENT)
    service.closing.append(remote.aclose)
    password = settings.qbittorrent_password.get_secret_value()
    refused = RefusedLogins(service.database.engine, settings.qbittorrent_url)
    session = Session(remote, settings.qbittorrent_username, password, refused=refused, now=service.clock.now)
    return QBittorrent(remote, session, category=settings.qbittorrent_category, downloads=downloads)


def _prowlarr(settings: DownloaderSettings, service: Service) -> Prowlarr | None:
    """None where no address is set."""
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
