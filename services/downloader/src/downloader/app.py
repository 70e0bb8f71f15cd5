"""Builds the downloader from its adapters and handlers."""

from datetime import timedelta
from pathlib import Path

from shared.chassis.redirects import Redirects
from shared.chassis.sealing import Seal
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.downloads import MAX_TORRENT_BYTES

from downloader.adapters.av_converter import AvConverter
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.connect import connect_client, connect_indexers
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.given_addresses import SYSTEM as GIVEN_ADDRESS
from downloader.adapters.given_addresses import GivenAddresses
from downloader.adapters.indexers.mam_search.client import MamSearch
from downloader.adapters.library_scanner import LibraryScanner
from downloader.adapters.manual_release import ManualReleases
from downloader.adapters.metadata import Metadata
from downloader.adapters.postgres.import_locks import ImportLocks
from downloader.adapters.postgres.metrics import COUNTERS, GAUGES, free_space
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.adapters.replaced_books import ReplacedBooks
from downloader.domain.conversion import ConversionRule
from downloader.domain.given_torrent import SEALED_AS
from downloader.domain.path_template import PathTemplate
from downloader.handlers.add_to_client import AddToClientHandler
from downloader.handlers.blocklist import BlocklistHandlers
from downloader.handlers.bulk_changes import BulkChangeHandlers
from downloader.handlers.cancel_download import CancelDownloadHandler
from downloader.handlers.check_integrations import CheckIntegrationsHandler
from downloader.handlers.check_seeding import CheckSeedingHandler
from downloader.handlers.clean_up import CleanUpHandler
from downloader.handlers.convert_audio import ConvertAudioHandler
from downloader.handlers.create_download import CreateDownloadHandlers
from downloader.handlers.get_client_address import GetClientAddressHandler
from downloader.handlers.grab_release import GrabReleaseHandler
from downloader.handlers.import_by_hand import ImportByHandHandlers
from downloader.handlers.import_download import ImportDownloadHandlers
from downloader.handlers.import_watched_folders import ImportWatchedFoldersHandler
from downloader.handlers.list_downloads import ListDownloadsHandlers
from downloader.handlers.list_folders import ListFoldersHandler
from downloader.handlers.list_transfers import ListTransfersHandler
from downloader.handlers.missing_books import MissingBookHandlers
from downloader.handlers.monitor_downloads import MonitorDownloadsHandler
from downloader.handlers.move_replaced_book import MoveReplacedBookHandler
from downloader.handlers.preview_paths import PreviewPathsHandler
from downloader.handlers.quality_profiles import QualityProfileHandlers
from downloader.handlers.read_release_page import ReadReleasePageHandler
from downloader.handlers.retry_download import RetryDownloadHandler
from downloader.handlers.retry_failed_downloads import RetryFailedDownloadsHandler
from downloader.handlers.search_for_download import SearchForDownloadHandler
from downloader.handlers.search_releases import SearchReleasesHandler
from downloader.handlers.search_upgrades import SearchUpgradesHandler
from downloader.handlers.search_wanted import SearchWantedHandler
from downloader.handlers.tell_statistics import TellStatisticsHandler
from downloader.handlers.tell_timeline import TellTimelineHandler
from downloader.handlers.update_download import UpdateDownloadHandlers
from downloader.handlers.waiting_imports import WaitingImportHandlers
from downloader.setting_tests import SETTING_TESTS
from downloader.settings import DownloaderSettings
from downloader.subscriptions import subscriptions
from downloader.workflow.book_placement import BookPlacement
from downloader.workflow.disk_check import DiskCheck
from downloader.workflow.folder_import import FolderImport
from downloader.workflow.grab_context import GrabContextLoader
from downloader.workflow.indexer_search import IndexerSearch
from downloader.workflow.library_path_check import LibraryPathCheck
from downloader.workflow.magnet_packs import MagnetPacks
from downloader.workflow.pack_search import PackSearch
from downloader.workflow.path_mapping_check import PathMappingCheck
from downloader.workflow.search_plan import SearchPlanner

SPEC = ServiceSpec(
    "downloader",
    "downloads",
    CHASSIS,
    Path(__file__).parent / "migrations",
    SETTING_TESTS,
    gauges=GAUGES,
    counters=COUNTERS,
)


def build(settings: DownloaderSettings, service: Service) -> Subscriptions:
    """Connect the adapters to the handlers, and return what the service subscribes to."""
    transaction, clock = service.database.transactions(PostgresTransaction), service.clock
    client_folders = [each.ours for each in settings.mapped_paths()]
    folder = Filesystem(settings.library_path, settings.download_path, settings.import_paths, client_folders)
    service.gauges.append(free_space(folder.usages))
    probe = AvProbe(decode_all=settings.verify_decode == "full")
    replaced_books = ReplacedBooks(settings.library_path, settings.replaced_path)
    locks = ImportLocks(service.database.engine)
    mam, interactive_mam = MamSearch(service.bus, person_waits=False), MamSearch(service.bus, person_waits=True)
    client, client_check = connect_client(settings, service)
    indexers, indexer_checks = connect_indexers(settings, service, mam)
    interactive_indexers, _ = connect_indexers(settings, service, interactive_mam)
    prowlarr_address = next((each.address for each in indexer_checks if each.address), "")
    seal = Seal(settings.secret_keys(), SEALED_AS)
    grabbed_from = [*indexers, ManualReleases(transaction, seal)]
    library = LibraryScanner(service.bus)
    path_check = LibraryPathCheck(library, folder, clock, settings.library_path)
    context_loader, interactive_context_loader = (
        GrabContextLoader(
            account=account,
            folder=folder,
            path_check=path_check,
            library=library,
            limits=settings.limits(),
            clock=clock,
        )
        for account in (mam, interactive_mam)
    )
    template = PathTemplate(settings.path_template)
    indexer_search = IndexerSearch(transaction, indexers, context_loader)
    pack_search = PackSearch(
        transaction,
        indexers,
        client=client,
        library=library,
        indexer_search=indexer_search,
        context_loader=context_loader,
    )
    folder_import = FolderImport(
        finder=folder,
        reader=probe,
        library=library,
        clock=clock,
        duration_tolerance=settings.verify_duration_percent / 100,
    )
    conversion = ConversionRule(merge=settings.import_merge, tag=settings.import_tags)
    contents = Metadata(service.bus)
    placement = BookPlacement(
        transaction,
        client=client,
        folder=folder,
        library=library,
        downloads=client.downloads,
        template=template,
        contents=contents,
        sidecars=settings.sidecars,
        clock=clock,
    )
    search_planner = SearchPlanner(transaction, indexer_search, pack_search, clock)
    retry_download = RetryDownloadHandler(transaction, clock)
    cancel_download = CancelDownloadHandler(transaction, client)
    update_download = UpdateDownloadHandlers(transaction, client, clock)
    create_download = CreateDownloadHandlers(
        transaction,
        library,
        context_loader,
        addresses=GivenAddresses(Redirects(GIVEN_ADDRESS, prowlarr_address, max_bytes=MAX_TORRENT_BYTES)),
        seal=seal,
        clock=clock,
    )
    return subscriptions(
        search_wanted=SearchWantedHandler(transaction, library, search_planner, clock),
        search_upgrades=SearchUpgradesHandler(
            transaction, library, replaced_books, search_planner=search_planner, clock=clock
        ),
        move_replaced_book=MoveReplacedBookHandler(transaction, library, replaced_books),
        search_for_download=SearchForDownloadHandler(transaction, indexer_search, pack_search, clock),
        add_to_client=AddToClientHandler(
            transaction,
            client=client,
            indexers=grabbed_from,
            context_loader=context_loader,
            pack_search=pack_search,
            clock=clock,
        ),
        missing_books=MissingBookHandlers(transaction, settings.limits(), clock),
        monitor_downloads=MonitorDownloadsHandler(
            transaction,
            client,
            disk_check=DiskCheck(transaction, context_loader),
            magnet_packs=MagnetPacks(transaction, client, pack_search, clock),
            stalled_after=timedelta(hours=settings.download_stalled_hours),
            clock=clock,
        ),
        import_download=ImportDownloadHandlers(
            transaction,
            placement=placement,
            probe=probe,
            locks=locks,
            library=library,
            clock=clock,
            duration_tolerance=settings.verify_duration_percent / 100,
            conversion=conversion,
        ),
        convert_audio=ConvertAudioHandler(
            transaction,
            placement=placement,
            converter=AvConverter(settings.library_path),
            probe=probe,
            folder=folder,
            locks=locks,
            contents=contents,
            rule=conversion,
        ),
        import_by_hand=ImportByHandHandlers(transaction, folder, folder_import),
        import_watched_folders=ImportWatchedFoldersHandler(
            transaction,
            finder=folder,
            folder_import=folder_import,
            roots=settings.import_paths,
            watch=settings.import_watch,
            unchanged_for=timedelta(minutes=settings.import_watch_minutes),
            clock=clock,
        ),
        read_release_page=ReadReleasePageHandler(transaction, mam, clock),
        retry_failed_downloads=RetryFailedDownloadsHandler(transaction, clock),
        grab_release=GrabReleaseHandler(transaction, clock),
        retry_download=retry_download,
        cancel_download=cancel_download,
        bulk_changes=BulkChangeHandlers(
            transaction,
            library,
            create=create_download.create,
            retry=retry_download.retry,
            cancel=cancel_download.cancel,
            delete=update_download.delete,
        ),
        check_seeding=CheckSeedingHandler(
            transaction, client=client, account=mam, end=settings.seeding_end(), clock=clock
        ),
        create_download=create_download,
        update_download=update_download,
        blocklist=BlocklistHandlers(transaction, clock),
        quality_profiles=QualityProfileHandlers(transaction, library, clock),
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
            interactive_indexers,
            library=library,
            context_loader=interactive_context_loader,
            clock=clock,
        ),
        list_downloads=ListDownloadsHandlers(transaction),
        get_client_address=GetClientAddressHandler(client),
        waiting_imports=WaitingImportHandlers(transaction, folder_import, clock),
        preview_paths=PreviewPathsHandler(library, template),
        list_transfers=ListTransfersHandler(transaction, client, clock),
        list_folders=ListFoldersHandler(folder, settings.limits().min_free_disk_bytes),
        check_integrations=CheckIntegrationsHandler(
            [client_check, *indexer_checks],
            folder,
            path_check,
            PathMappingCheck(client, folder),
            str(settings.library_path),
        ),
    )
