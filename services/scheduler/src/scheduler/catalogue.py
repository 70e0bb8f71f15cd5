"""Every task, and the command that one run of it sends."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from shared.contracts.downloads.commands import MonitorDownloads, RetryFailedDownloads, SearchWanted
from shared.contracts.library.authors import FindAuthorGaps
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.library.series import FindSeriesGaps
from shared.contracts.message import Command
from shared.contracts.metadata.refreshes import RefreshMetadata, RefreshMode
from shared.contracts.scheduler import CleanUpEverywhere

from scheduler.refusals import NoDryRun, UnknownTask, WrongParameters


@dataclass(frozen=True)
class CataloguedTask:
    """A task: what it does in words, and the command that does it with a run's id and parameters."""

    name: str
    description: str
    command: type[Command]
    fixed: dict[str, Any]
    needs: str | None = None
    """The parameter without which it cannot run."""

    @property
    def can_dry_run(self) -> bool:
        """Whether its command knows how to say what it would do, changing nothing."""
        return "dry_run" in self.command.model_fields

    def check(self, parameters: dict[str, Any], *, dry_run: bool = False) -> bool:
        """Whether a run with these is a dry one. Raises `WrongParameters` and `NoDryRun` when it could not begin."""
        return getattr(self.order(uuid4(), parameters, dry_run=dry_run), "dry_run", None) is True

    def order(self, run_id: UUID, parameters: dict[str, Any], *, dry_run: bool = False) -> Command:
        """The command for one run. Raises `WrongParameters` naming what does not fit, and `NoDryRun`."""
        if dry_run:
            if not self.can_dry_run:
                raise NoDryRun(f"{self.name} cannot say what a run would do; run it without dry_run")
            parameters = {**parameters, "dry_run": True}
        fields = self.command.model_fields
        unknown = sorted(set(parameters) - set(fields) | set(parameters) & {"run_id", *self.fixed})
        if unknown:
            allowed = sorted(set(fields) - {"run_id", *self.fixed})
            raise WrongParameters(f"{self.name} takes no parameter {unknown[0]!r}; it takes: {', '.join(allowed)}")
        if self.needs and not parameters.get(self.needs):
            raise WrongParameters(f"{self.name} needs the parameter {self.needs!r}")
        try:
            return self.command(run_id=run_id, **{**parameters, **self.fixed})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise WrongParameters(f"{self.name}: {first['loc'][0]}: {first['msg']}") from error


CATALOGUE = (
    CataloguedTask("library_scan", "Take over what changed in Audiobookshelf", ScanLibrary, {}),
    CataloguedTask("series_completion", "Compare each series with its full list of works", FindSeriesGaps, {}),
    CataloguedTask("author_completion", "Compare the authors with most books with their works", FindAuthorGaps, {}),
    CataloguedTask("wanted_search", "Search releases for wanted books", SearchWanted, {}),
    CataloguedTask("download_monitor", "Take over the download client's changes", MonitorDownloads, {}),
    CataloguedTask("download_retry", "Try failed downloads whose time has come", RetryFailedDownloads, {}),
    CataloguedTask(
        "metadata_daily", "Fill empty fields of the books longest without an update", RefreshMetadata,
        {"mode": RefreshMode.DAILY},
    ),
    CataloguedTask(
        "metadata_new_books", "Describe the books added lately", RefreshMetadata, {"mode": RefreshMode.NEW}
    ),
    CataloguedTask(
        "metadata_full_refresh", "Put every book through the metadata pipeline", RefreshMetadata,
        {"mode": RefreshMode.FULL},
    ),
    CataloguedTask(
        "metadata_missing", "Describe the books that lack a field every book has", RefreshMetadata,
        {"mode": RefreshMode.MISSING},
    ),
    CataloguedTask(
        "metadata_book", "Put one book through the metadata pipeline", RefreshMetadata,
        {"mode": RefreshMode.FULL}, needs="book_id",
    ),
    CataloguedTask("cleanup", "Delete what is older than the retention settings say", CleanUpEverywhere, {}),
)  # fmt: skip

COMMANDS = {task.command for task in CATALOGUE}


def task_named(name: str) -> CataloguedTask:
    """The task of this name. Raises `UnknownTask`."""
    for task in CATALOGUE:
        if task.name == name:
            return task
    raise UnknownTask(f"there is no task {name!r}; there are: {', '.join(task.name for task in CATALOGUE)}")
