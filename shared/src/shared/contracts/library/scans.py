"""Scans of the Audiobookshelf library."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.message import Command
from shared.contracts.runs import DryRun
from shared.contracts.values import RunId


class ScanLibrary(Command):
    """Take over what changed in Audiobookshelf; `full` compares every item's details.

    `author_ids` compares the details of these authors' books as well as of what changed.
    """

    subject: ClassVar[str] = "cmd.library.scan_library"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    full: bool = False
    author_ids: list[UUID] | None = None
    dry_run: DryRun = False
