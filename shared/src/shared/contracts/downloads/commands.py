"""The steps of a download, each a command."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.runs import DryRun
from shared.contracts.values import (
    DownloadId,
    MissingBookId,
    RunId,
)


class SearchWanted(Command):
    """Search releases for wanted books, oldest search first, and grab where that is allowed."""

    subject: ClassVar[str] = "cmd.downloads.search_wanted"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    missing_book_ids: list[MissingBookId] | None = None
    dry_run: DryRun = False


class SearchForDownload(Command):
    """Search, judge and perhaps grab for one download."""

    subject: ClassVar[str] = "cmd.downloads.search_for_download"
    part_of_run: ClassVar[bool] = True
    download_id: DownloadId
    run_id: RunId | None = None


class AddToClient(Command):
    """Put the chosen release of a download into the download client, once."""

    subject: ClassVar[str] = "cmd.downloads.add_to_client"
    download_id: DownloadId
    run_id: RunId | None = None
    search_problem: str = Field("", description="the indexer that refused us in the search, for the run to tell")


class ImportDownload(Command):
    """Verify the finished files of a download and place them into the library folder."""

    subject: ClassVar[str] = "cmd.downloads.import_download"
    download_id: DownloadId


class MonitorDownloads(Command):
    """Take over the download client's changes."""

    subject: ClassVar[str] = "cmd.downloads.monitor_downloads"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class RetryFailedDownloads(Command):
    """Try again what failed and is due."""

    subject: ClassVar[str] = "cmd.downloads.retry_failed_downloads"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    at_once: bool = Field(False, description="also what failed on the way and is not due yet, as all answer again")
    dry_run: DryRun = False
