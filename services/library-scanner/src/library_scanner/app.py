"""Wires up the library scanner."""

from pathlib import Path

from shared.chassis.public_fetch import PublicFetcher
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions

from library_scanner.adapters.audiobookshelf.batches import BatchedItems
from library_scanner.adapters.audiobookshelf.client import MAX_COVER_BYTES
from library_scanner.adapters.audiobookshelf.connect import connect
from library_scanner.adapters.covers import FetchedCovers
from library_scanner.adapters.postgres.completeness_report import CompletenessReport
from library_scanner.adapters.postgres.metrics import COUNTERS, GAUGES
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.adapters.postgres.transaction import LibraryTransaction
from library_scanner.handlers.check_integrations import CheckIntegrationsHandler
from library_scanner.handlers.check_library import CheckLibraryHandler
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.handlers.confirm_import import ConfirmImportHandler
from library_scanner.handlers.correct_series import CorrectSeriesHandlers
from library_scanner.handlers.edit_books import EditBooksHandlers
from library_scanner.handlers.find_gaps import FindGapsHandlers
from library_scanner.handlers.findings import FindingHandlers
from library_scanner.handlers.get_completeness import GetCompletenessHandler
from library_scanner.handlers.get_cover import GetCoverHandler
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.list_series_works import ListSeriesWorksHandler
from library_scanner.handlers.listed_works import ListedWorksHandlers
from library_scanner.handlers.lock_fields import LockFieldsHandlers
from library_scanner.handlers.look_in_folders import LookInLibraryFoldersHandler
from library_scanner.handlers.maintenance import MaintenanceHandlers
from library_scanner.handlers.record_match import MatchDecidedHandler
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from library_scanner.handlers.scan_library import ScanLibraryHandler
from library_scanner.handlers.select_items import SelectItemsHandlers
from library_scanner.handlers.track_downloads import DownloadEventHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.handlers.want_released_books import WantReleasedBooksHandler
from library_scanner.handlers.watchlist import WatchlistHandlers
from library_scanner.handlers.work_lists import WorkListHandlers
from library_scanner.handlers.write_metadata import WriteMetadataHandler
from library_scanner.setting_tests import SETTING_TESTS
from library_scanner.settings import LibraryScannerSettings
from library_scanner.subscriptions import Handlers, subscriptions
from library_scanner.workflow.content_writes import ContentWrites
from library_scanner.workflow.cover_images import CoverImages
from library_scanner.workflow.cover_sizes import CoverSizeReading
from library_scanner.workflow.current_index import CurrentIndex

COVER_SECONDS = 30.0

SPEC = ServiceSpec(
    "library-scanner",
    "library",
    CHASSIS,
    Path(__file__).parent / "migrations",
    SETTING_TESTS,
    gauges=GAUGES,
    counters=COUNTERS,
)


def build(settings: LibraryScannerSettings, service: Service) -> Subscriptions:
    """Create the adapters and handlers, and return the table of subscriptions."""
    transaction = service.database.transactions(LibraryTransaction)
    library = connect(settings, service.closing)
    batched = BatchedItems(library)
    service.closing.append(batched.aclose)
    clock = service.clock
    fetcher = PublicFetcher(
        private_hosts=settings.covers_private_hosts, max_bytes=MAX_COVER_BYTES, seconds=COVER_SECONDS
    )
    contents = ContentWrites(transaction, library, FetchedCovers(fetcher), tiny_pixels=settings.cover_tiny_pixels)
    covers = CoverSizeReading(transaction, library, clock, per_day=settings.cover_sizes_per_day)
    index = CurrentIndex(service.database.read_only(LibraryTransaction))
    return subscriptions(
        Handlers(
            list_library=ListLibraryHandlers(service.database.read_only(LibraryTransaction), transaction),
            get_cover=GetCoverHandler(service.database.read_only(LibraryTransaction), CoverImages(library)),
            edit_books=EditBooksHandlers(transaction, clock),
            lock_fields=LockFieldsHandlers(transaction, clock),
            select_items=SelectItemsHandlers(service.database.read_only(LibraryTransaction)),
            watchlist=WatchlistHandlers(transaction, clock),
            update_missing_book=UpdateMissingBookHandler(transaction, clock),
            maintenance=MaintenanceHandlers(transaction, clock, history_days=settings.library_history_days),
            check_integrations=CheckIntegrationsHandler(library, str(settings.abs_url)),
            look_in_folders=LookInLibraryFoldersHandler(library),
            get_completeness=GetCompletenessHandler(CompletenessReport(transaction)),
            scan_library=ScanLibraryHandler(
                transaction, library, clock, missing_files_days=settings.missing_files_days
            ),
            listed_works=ListedWorksHandlers(transaction, clock, index, languages=settings.languages),
            find_gaps=FindGapsHandlers(
                transaction,
                series_min_books=settings.series_min_books,
                author_min_books=settings.author_min_books,
                author_top_count=settings.author_top_count,
            ),
            compare_bibliography=BibliographyCollectedHandler(
                transaction,
                clock,
                index,
                languages=settings.languages,
                series_max_missing=settings.series_max_missing,
                author_max_missing=settings.author_max_missing,
            ),
            work_lists=WorkListHandlers(service.database.read_only(LibraryTransaction), clock),
            list_series_works=ListSeriesWorksHandler(service.database.read_only(LibraryTransaction)),
            correct_series=CorrectSeriesHandlers(transaction, clock),
            want_released_books=WantReleasedBooksHandler(transaction, clock, index),
            track_downloads=DownloadEventHandlers(transaction, clock),
            confirm_import=ConfirmImportHandler(
                transaction,
                library,
                clock,
                confirm_seconds=settings.import_confirm_seconds,
                watcher_seconds=settings.library_watcher_seconds,
            ),
            write_metadata=WriteMetadataHandler(
                transaction, batched, contents, clock, series_min_books=settings.series_min_books
            ),
            record_refresh=BookRefreshedHandler(transaction, clock),
            record_match=MatchDecidedHandler(transaction),
            check_library=CheckLibraryHandler(transaction, clock, covers, tiny_pixels=settings.cover_tiny_pixels),
            findings=FindingHandlers(service.database.read_only(LibraryTransaction), transaction, clock),
        )
    )
