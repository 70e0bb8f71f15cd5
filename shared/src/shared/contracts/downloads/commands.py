"""The commands that carry out the steps of a download."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.runs import DryRun
from shared.contracts.translatable import Translatables
from shared.contracts.values import (
    DownloadId,
    MissingBookId,
    RunId,
)


class SearchWanted(Command):
    """Search releases for the wanted books, least recently searched first, and grab where allowed."""

    subject: ClassVar[str] = "cmd.downloads.search_wanted"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    missing_book_ids: list[MissingBookId] | None = None
    dry_run: DryRun = False


class SearchUpgrades(Command):
    """Search better releases for owned books that do not meet their quality profile, and grab them.

    Profiles allow that only with `upgrade`. The least recently searched books come first.
    """

    subject: ClassVar[str] = "cmd.downloads.search_upgrades"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class MoveReplacedBook(Command):
    """Move the files of an owned book aside, after a better one was imported and is in the library."""

    subject: ClassVar[str] = "cmd.downloads.move_replaced_book"
    download_id: DownloadId


class SearchForDownload(Command):
    """Search releases for one download, judge them and grab one if allowed."""

    subject: ClassVar[str] = "cmd.downloads.search_for_download"
    part_of_run: ClassVar[bool] = True
    download_id: DownloadId
    run_id: RunId | None = None


class AddToClient(Command):
    """Add the chosen release of a download to the download client, exactly once."""

    subject: ClassVar[str] = "cmd.downloads.add_to_client"
    download_id: DownloadId
    run_id: RunId | None = None
    search_problem: str = Field("", description="why an indexer refused the search; reported as a problem of the run")
    translatable: Translatables = {}


class ReadReleasePage(Command):
    """Read the page of a grabbed release for what its listing lacks, and store it with the download.

    It is sent with a grab. The import does not wait for it.
    """

    subject: ClassVar[str] = "cmd.downloads.read_release_page"
    download_id: DownloadId


class ImportDownload(Command):
    """Verify the finished files of a download and place them in the library folder."""

    subject: ClassVar[str] = "cmd.downloads.import_download"
    download_id: DownloadId


class ConvertAudio(Command):
    """Merge or tag copies of the verified files of a download, and place them in the library folder."""

    subject: ClassVar[str] = "cmd.downloads.convert_audio"
    download_id: DownloadId


class ImportWatchedFolders(Command):
    """Propose the new books in the folders of IMPORT_FOLDERS, and import them if that is allowed and sure."""

    subject: ClassVar[str] = "cmd.downloads.import_watched_folders"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class MonitorDownloads(Command):
    """Update the downloads from the state of the download client."""

    subject: ClassVar[str] = "cmd.downloads.monitor_downloads"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class RetryFailedDownloads(Command):
    """Retry the failed downloads that are due."""

    subject: ClassVar[str] = "cmd.downloads.retry_failed_downloads"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    at_once: bool = Field(False, description="also retry downloads that an outage stopped and that are not due yet")
    dry_run: DryRun = False
