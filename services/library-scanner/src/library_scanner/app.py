"""The one place where the library scanner is put together."""

from pathlib import Path

from shared.chassis.http import Remote
from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from library_scanner.adapters.audiobookshelf.client import Audiobookshelf
from library_scanner.adapters.postgres.completeness_report import CompletenessReport
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.adapters.postgres.transaction import LibraryTransaction
from library_scanner.handlers.check_integrations import Checking
from library_scanner.handlers.compare_bibliography import Comparing
from library_scanner.handlers.confirm_import import Confirming
from library_scanner.handlers.edit_books import Entering
from library_scanner.handlers.find_gaps import FindingGaps
from library_scanner.handlers.get_completeness import ReportingCompleteness
from library_scanner.handlers.list_library import Reading
from library_scanner.handlers.maintenance import Telling
from library_scanner.handlers.scan_library import Scanning
from library_scanner.handlers.track_downloads import Wanting
from library_scanner.handlers.watchlist import Minding
from library_scanner.handlers.write_metadata import Correcting
from library_scanner.settings import LibraryScannerSettings
from library_scanner.subscriptions import Handlers, subscriptions

MOST_BYTES = 64 * 2**20
"""Audiobookshelf lists whole libraries, and it is the person's own."""
NAMEPLATE = Nameplate("library-scanner", "library", CHASSIS, Path(__file__).parent / "migrations")


def build(settings: LibraryScannerSettings, service: Service) -> Subscriptions:
    """Make the parts and say which message goes where."""
    transaction = service.database.transactions(LibraryTransaction)
    remote = Remote(
        "Audiobookshelf",
        str(settings.abs_url),
        headers={"Authorization": f"Bearer {settings.abs_token.get_secret_value()}"},
        most_bytes=MOST_BYTES,
    )
    service.closing.append(remote.aclose)
    library = Audiobookshelf(remote, settings.libraries)
    clock = service.clock
    return subscriptions(
        Handlers(
            reading=Reading(service.database.readings(LibraryTransaction), transaction),
            entering=Entering(transaction, clock),
            minding=Minding(transaction, clock),
            telling=Telling(transaction, clock, history_days=settings.library_history_days),
            checking=Checking(library, str(settings.abs_url)),
            reporting_completeness=ReportingCompleteness(CompletenessReport(transaction)),
            scanning=Scanning(transaction, library, clock, missing_files_days=settings.missing_files_days),
            finding_gaps=FindingGaps(
                transaction,
                series_min_books=settings.series_min_books,
                author_min_books=settings.author_min_books,
                author_top_count=settings.author_top_count,
            ),
            comparing=Comparing(
                transaction,
                clock,
                languages=settings.languages,
                series_max_missing=settings.series_max_missing,
                author_max_missing=settings.author_max_missing,
            ),
            wanting=Wanting(transaction, clock),
            confirming=Confirming(
                transaction,
                library,
                clock,
                confirm_seconds=settings.import_confirm_seconds,
                watcher_seconds=settings.library_watcher_seconds,
            ),
            correcting=Correcting(transaction, library, clock, series_min_books=settings.series_min_books),
        )
    )
