"""All tasks, each with the command that a run of it sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from shared.contracts.downloads.commands import (
    ImportWatchedFolders,
    MonitorDownloads,
    RetryFailedDownloads,
    SearchUpgrades,
    SearchWanted,
)
from shared.contracts.downloads.seeding import CheckSeeding
from shared.contracts.gateway.backups import MakeBackup
from shared.contracts.library.authors import FindAuthorGaps
from shared.contracts.library.findings import CheckLibrary
from shared.contracts.library.missing_books import WantReleasedBooks
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.library.series import FindSeriesGaps
from shared.contracts.mam.account import CareForAccount
from shared.contracts.mam.crawler import CrawlGuides
from shared.contracts.mam.seedbox import KeepAccess
from shared.contracts.mam.top_lists import DiscoverTopLists
from shared.contracts.message import Command
from shared.contracts.metadata.import_lists import ImportLists
from shared.contracts.metadata.refreshes import RefreshMetadata, RefreshMode
from shared.contracts.scheduler import CleanUpEverywhere

from scheduler.domain.refusals import NoDryRun, UnknownTask, WrongParameters


@dataclass(frozen=True)
class TaskEntry:
    """A task: its description, its initial schedule, and the command that is sent for a run.

    The parameters of a run are the fields of the command, except those in `fixed`.
    """

    name: str
    description: str
    cron: str
    command: type[Command]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    needs: str | None = None
    """The parameter that a run must have."""

    @property
    def can_dry_run(self) -> bool:
        """Whether its command supports a dry run."""
        return "dry_run" in self.command.model_fields

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters that a run may have."""
        return sorted(set(self.command.model_fields) - {"run_id", *self.fixed})

    def check(self, parameters: dict[str, Any], *, dry_run: bool = False) -> bool:
        """Return whether a run with these parameters is a dry run.

        Raises `WrongParameters` or `NoDryRun` when it could not start.
        """
        return getattr(self.order(uuid4(), parameters, dry_run=dry_run), "dry_run", None) is True

    def order(self, run_id: UUID, parameters: dict[str, Any], *, dry_run: bool = False) -> Command:
        """Return the command for one run. Raises `WrongParameters`, which names the parameter, or `NoDryRun`."""
        if dry_run:
            if not self.can_dry_run:
                raise NoDryRun(f"{self.name} has no dry run; run it without dry_run")
            parameters = {**parameters, "dry_run": True}
        fields = self.command.model_fields
        unknown = sorted(set(parameters) - set(fields) | set(parameters) & {"run_id", *self.fixed})
        if unknown:
            raise WrongParameters(f"{self.name} has no parameter {unknown[0]!r}; it has: {', '.join(self.parameters)}")
        if self.needs and not parameters.get(self.needs):
            raise WrongParameters(f"{self.name} needs the parameter {self.needs!r}")
        try:
            return self.command(run_id=run_id, **{**parameters, **self.fixed})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise WrongParameters(f"{self.name}: {first['loc'][0]}: {first['msg']}") from error


BY_HAND = "by hand"
"""The schedule of a task that is never due."""

TASKS = (
    TaskEntry("library_scan", "Scan Audiobookshelf for changes", "*/30 * * * *", ScanLibrary),
    TaskEntry(
        "library_check", "Check every book for what is wrong, and propose repairs", "45 4 * * *",
        CheckLibrary, {"full": True},
    ),
    TaskEntry("series_completion", "Compare each series with its bibliography", "0 3 2 * *", FindSeriesGaps),
    TaskEntry(
        "author_completion", "Compare the main authors with their bibliographies", "0 3 3 * *", FindAuthorGaps
    ),
    TaskEntry("release_check", "Make books wanted on their release date", "5 0 * * *", WantReleasedBooks),
    TaskEntry("top10_discovery", "Add what the library lacks of the top lists", "0 3 * * 0", DiscoverTopLists),
    TaskEntry("import_lists", "Add what the library lacks of the import lists", "30 2 * * *", ImportLists),
    TaskEntry("wanted_search", "Search releases for wanted books", "0 */6 * * *", SearchWanted),
    TaskEntry("upgrade_search", "Search better releases for owned books", "0 5 * * 1", SearchUpgrades),
    TaskEntry("download_monitor", "Sync the downloads with the download client", "@every 30s", MonitorDownloads),
    TaskEntry("download_retry", "Retry failed downloads that are due", "*/5 * * * *", RetryFailedDownloads),
    TaskEntry("watched_folders", "Propose or import new books of your folders", "*/15 * * * *", ImportWatchedFolders),
    TaskEntry("seeding_check", "Check that the torrents seed as long as they must", "20 * * * *", CheckSeeding),
    TaskEntry(
        "metadata_daily", "Fill empty fields of the books that were refreshed longest ago", "0 3 * * *",
        RefreshMetadata, {"mode": RefreshMode.DAILY},
    ),
    TaskEntry(
        "metadata_new_books", "Refresh the metadata of recently added books", "30 4 * * 0",
        RefreshMetadata, {"mode": RefreshMode.NEW},
    ),
    TaskEntry(
        "metadata_full_refresh", "Refresh the metadata of every book", "0 4 1 * *",
        RefreshMetadata, {"mode": RefreshMode.FULL},
    ),
    TaskEntry(
        "metadata_missing", "Refresh the books that lack a required field", BY_HAND,
        RefreshMetadata, {"mode": RefreshMode.MISSING},
    ),
    TaskEntry(
        "metadata_book", "Refresh the metadata of one book", BY_HAND,
        RefreshMetadata, {"mode": RefreshMode.FULL}, needs="book_id",
    ),
    TaskEntry(
        "metadata_books", "Refresh the metadata of chosen books", BY_HAND,
        RefreshMetadata, {"mode": RefreshMode.FULL}, needs="books",
    ),
    TaskEntry(
        "account_care", "Read the MyAnonamouse account, renew and buy by rule, and warn", "0 */12 * * *", CareForAccount
    ),
    TaskEntry("tracker_access", "Keep the sessions and the address at MyAnonamouse", "*/15 * * * *", KeepAccess),
    TaskEntry("mam_scraping", "Crawl the guides and chosen forum boards of MyAnonamouse", "0 2 * * *", CrawlGuides),
    TaskEntry("backup", "Write a verified backup to BACKUP_PATH, and delete old ones", "30 1 * * *", MakeBackup),
    TaskEntry("cleanup", "Delete what has passed its retention period", "0 1 * * *", CleanUpEverywhere),
)  # fmt: skip
"""Every task. Settings, permissions, the list of tasks of the API and `docs/tasks.md` follow from this table."""

COMMANDS = {task.command for task in TASKS}


def task_named(name: str) -> TaskEntry:
    """Return the task with this name. Raises `UnknownTask`, which lists the known names."""
    for task in TASKS:
        if task.name == name:
            return task
    raise UnknownTask(f"there is no task {name!r}; choose one of: {', '.join(task.name for task in TASKS)}")
