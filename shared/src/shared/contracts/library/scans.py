"""An imported book turns up in the library."""

from typing import ClassVar

from shared.contracts.library.books import MetadataTakenAlong
from shared.contracts.message import Command, Event
from shared.contracts.values import BookId, DownloadId, MissingBookId


class ConfirmImport(Command):
    """Files were placed into the library folder: ask Audiobookshelf to scan, wait for the item, apply what we know."""

    subject: ClassVar[str] = "cmd.library.confirm_import"
    download_id: DownloadId
    missing_book_id: MissingBookId | None
    relative_path: str
    taken_along: MetadataTakenAlong


class ImportConfirmed(Event):
    """Audiobookshelf shows the imported book."""

    subject: ClassVar[str] = "evt.library.import_confirmed"
    download_id: DownloadId
    missing_book_id: MissingBookId | None
    book_id: BookId


class ImportUnconfirmed(Event):
    """Audiobookshelf did not show the imported book in time; later scans go on looking."""

    subject: ClassVar[str] = "evt.library.import_unconfirmed"
    download_id: DownloadId
    why: str
