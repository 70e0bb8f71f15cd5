"""Imports: waiting until Audiobookshelf shows a placed book."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.translatable import Translatables
from shared.contracts.values import BookId, DownloadId, MissingBookId


class ConfirmImport(Command):
    """Wait until Audiobookshelf shows the files that were placed in the library folder as a book."""

    subject: ClassVar[str] = "cmd.library.confirm_import"
    download_id: DownloadId
    missing_book_id: MissingBookId | None
    relative_path: str
    title: str = Field("", description="the work, by which the item is found if Audiobookshelf has another path for it")
    authors: list[str] = []


class ImportConfirmed(Event):
    """Audiobookshelf shows the imported book."""

    subject: ClassVar[str] = "evt.library.import_confirmed"
    download_id: DownloadId
    missing_book_id: MissingBookId | None
    book_id: BookId


class ImportUnconfirmed(Event):
    """Audiobookshelf did not show the imported book in time. Later scans keep looking for it."""

    subject: ClassVar[str] = "evt.library.import_unconfirmed"
    download_id: DownloadId
    why: str
    translatable: Translatables = {}
