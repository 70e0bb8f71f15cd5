"""Scans of the Audiobookshelf library."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.message import Command
from shared.contracts.runs import DryRun
from shared.contracts.values import RunId


class ScanLibrary(Command):
    """Update our records with the changes in Audiobookshelf. With `full`, the details of every item are compared.

    With `author_ids`, the details of all books of these authors are compared too. With `refresh_new`, the metadata of
    books that are new in Audiobookshelf is refreshed at once.
    """

    subject: ClassVar[str] = "cmd.library.scan_library"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    full: bool = False
    author_ids: list[UUID] | None = None
    refresh_new: bool = False
    dry_run: DryRun = False
