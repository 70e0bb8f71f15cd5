"""The one place where the library scanner is put together."""

from pathlib import Path

from shared.chassis.http import Remote
from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from library_scanner.adapters.audiobookshelf import Audiobookshelf
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.adapters.postgres.transaction import LibraryTransaction
from library_scanner.handlers.checking import Checking
from library_scanner.handlers.reading import Reading
from library_scanner.handlers.scanning import Scanning
from library_scanner.settings import LibraryScannerSettings
from library_scanner.subscriptions import subscriptions

NAMEPLATE = Nameplate("library-scanner", "library", CHASSIS, Path(__file__).parent / "migrations")


def build(settings: LibraryScannerSettings, service: Service) -> Subscriptions:
    """Make the parts and say which message goes where."""
    transaction = service.database.transactions(LibraryTransaction)
    remote = Remote(
        "Audiobookshelf",
        str(settings.abs_url),
        headers={"Authorization": f"Bearer {settings.abs_token.get_secret_value()}"},
    )
    service.closing.append(remote.aclose)
    library = Audiobookshelf(remote, settings.libraries)
    return subscriptions(
        Reading(transaction),
        Checking(library, str(settings.abs_url)),
        Scanning(transaction, library, service.clock),
    )
