"""One full cycle in six phases, run over the REST API."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from gapless_client import ApiProblem, Gapless, every
from gapless_client.models import (
    CorrectionStatus,
    Download,
    DownloadStatus,
    ErrorType,
    Integration,
    IntegrationKind,
    IntegrationState,
    Run,
    RunStatus,
)

from cli.task_runs import run_to_end

IN_PROGRESS = (
    DownloadStatus.SEARCHING, DownloadStatus.DOWNLOADING, DownloadStatus.COMPLETED, DownloadStatus.IMPORTING,
)  # fmt: skip

SERVICES = {
    IntegrationKind.LIBRARY: ("library-scanner",),
    IntegrationKind.METADATA: ("metadata",),
    IntegrationKind.INDEXER: ("mam-search", "downloader"),
    IntegrationKind.DOWNLOAD_CLIENT: ("downloader",),
}
"""The services that report the outside systems of each kind."""

DOWNLOADS_READ_EVERY_SECONDS = 1.0
"""Each time, the downloader compares every download with the client."""

OnProgress = Callable[[str, int, int | None], None]
"""Called with what is being done, the number done, and the total (None if not known yet)."""


class PhaseOutcome(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass
class Phase:
    """The result of one phase. Each line of `not_done` says what was not done and why."""

    name: str
    outcome: PhaseOutcome = PhaseOutcome.DONE
    done: list[str] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)

    def add_run(self, run: Run, label: str) -> None:
        """Add the figures and problems of a finished run; a failed phase stays failed."""
        self.done.append(f"{label}: {run.tally.succeeded} of {run.tally.processed}")
        self.not_done.extend(run.problems)
        if run.status is not RunStatus.COMPLETED:
            self.outcome = PhaseOutcome.FAILED
            if not run.problems:
                self.not_done.append(f"{run.task}: the run ended as {run.status}")
        elif run.problems and self.outcome is PhaseOutcome.DONE:
            self.outcome = PhaseOutcome.PARTLY


@dataclass
class Conditions:
    """What the first two phases found: services that do not answer, with the reason, and outside systems."""

    unavailable: dict[str, str] = field(default_factory=dict)
    integrations: list[Integration] = field(default_factory=list)

    def blocker(self, services: tuple[str, ...], kind: IntegrationKind | None = None) -> str | None:
        """Why a phase cannot run: it needs all of these services, and at least one outside system of this kind."""
        for service in services:
            if service in self.unavailable:
                return f"{service}: {self.unavailable[service]}"
        if kind is None:
            return None
        found = self._of_kind(kind)
        if any(each.state is IntegrationState.OK for each in found):
            return None
        reasons = [f"{each.name} is {each.state}: {each.detail}" for each in found]
        reasons += [f"{each}: {self.unavailable[each]}" for each in SERVICES[kind] if each in self.unavailable]
        return "; ".join(reasons) or f"no {kind.replace('_', ' ')} is configured"

    def all_available(self, *kinds: IntegrationKind) -> bool:
        """Whether all outside systems of these kinds answer, at least one of each.

        Optional ones that are not configured are ignored.
        """
        return all(
            self._of_kind(kind)
            and all(is_available(each) for each in self._of_kind(kind))
            and not self.unavailable.keys() & set(SERVICES[kind])
            for kind in kinds
        )

    def _of_kind(self, kind: IntegrationKind) -> list[Integration]:
        return [each for each in self.integrations if each.kind is kind]


def is_available(integration: Integration) -> bool:
    """Whether the outside system answers, or is optional and not configured."""
    unused = integration.state is IntegrationState.NOT_CONFIGURED and not integration.required
    return unused or integration.state is IntegrationState.OK


@dataclass(frozen=True)
class Options:
    """How a cycle is run: the task that refreshes metadata, and the longest time to wait for downloads."""

    metadata_task: str = "metadata_daily"
    wait_minutes: float = 60.0


class Cycle:
    """Runs the phases; `on_progress` is called while a phase is running."""

    def __init__(self, api: Gapless, options: Options, on_progress: OnProgress) -> None:
        self._api = api
        self._options = options
        self._on_progress = on_progress
        self._conditions = Conditions()
        self.phases: list[Phase] = []

    def steps(self) -> list[tuple[str, Callable[[Phase], None]]]:
        """The names and functions of the six phases, in order."""
        return [
            ("Check settings and services", self._check),
            ("Authenticate", self._authenticate),
            ("Scan the library and find gaps", self._scan),
            ("Search and decide", self._search),
            ("Download and import", self._download),
            ("Refresh metadata", self._refresh),
        ]

    def run(self, name: str, step: Callable[[Phase], None]) -> Phase:
        """Run one phase. An `ApiProblem` makes the phase fail; the cycle continues."""
        phase = Phase(name)
        self.phases.append(phase)
        try:
            step(phase)
        except ApiProblem as problem:
            phase.outcome = PhaseOutcome.FAILED
            phase.not_done.append(str(problem))
        return phase

    def _check(self, phase: Phase) -> None:
        services = self._api.system.get_diagnostics().services
        for state in services:
            if state.problem:
                self._conditions.unavailable[state.service] = state.problem.detail
                phase.outcome = PhaseOutcome.FAILED
                what = "waits" if state.report else "does not answer"
                phase.not_done.append(f"{state.service} {what}: {state.problem.detail}")
        unavailable = self._conditions.unavailable
        self._api.unavailable = set(unavailable)
        phase.done.append(f"{len(services) - len(unavailable)} of {len(services)} services answer")

    def _authenticate(self, phase: Phase) -> None:
        report = self._api.system.test_integrations()
        self._conditions.integrations = report.integrations
        for each in report.integrations:
            if each.state is IntegrationState.OK:
                phase.done.append(" ".join(part for part in (each.name, each.version, each.detail) if part))
            elif not is_available(each):
                failed = each.required or phase.outcome is PhaseOutcome.FAILED
                phase.outcome = PhaseOutcome.FAILED if failed else PhaseOutcome.PARTLY
                phase.not_done.append(f"{each.name} is {each.state}: {each.detail}")
        for state in report.silent:
            phase.outcome = PhaseOutcome.FAILED
            why = state.problem.detail if state.problem else "it does not answer"
            phase.not_done.append(f"the outside systems of {state.service} could not be checked: {why}")

    def _scan(self, phase: Phase) -> None:
        if self._is_blocked(phase, ("library-scanner", "scheduler"), IntegrationKind.LIBRARY):
            return
        self._task(phase, "library_scan", "books read")
        if phase.outcome is PhaseOutcome.FAILED:
            phase.not_done.append("gaps were not searched, because the library scan failed")
            return
        if self._is_blocked(phase, ("metadata",), IntegrationKind.METADATA):
            return
        self._find_gaps(phase)

    def _find_gaps(self, phase: Phase) -> None:
        self._task(phase, "series_completion", "series compared")
        self._task(phase, "author_completion", "authors compared")

    def _search(self, phase: Phase) -> None:
        if self._is_blocked(phase, ("downloader", "library-scanner", "scheduler"), IntegrationKind.INDEXER):
            return
        if self._conditions.all_available(IntegrationKind.INDEXER, IntegrationKind.DOWNLOAD_CLIENT):
            # Retry what failed because of an outage. While a system is still unavailable, this would use up the tries.
            run_to_end(self._api, "download_retry", {"at_once": True})
        self._task(phase, "wanted_search", "wanted books searched")
        rejected = refusal(list(every(self._api.downloads.list, sort="created_at")))
        if rejected is not None:
            phase.outcome = PhaseOutcome.FAILED
            phase.not_done.insert(0, rejected)

    def _download(self, phase: Phase) -> None:
        if self._is_blocked(phase, ("downloader", "library-scanner", "scheduler"), IntegrationKind.DOWNLOAD_CLIENT):
            return
        deadline = time.monotonic() + self._options.wait_minutes * 60
        run = None
        while True:
            run = run_to_end(self._api, "download_monitor")
            downloads = list(every(self._api.downloads.list, sort="created_at"))
            moving = [each for each in downloads if each.status in IN_PROGRESS]
            imported = sum(1 for each in downloads if each.status is DownloadStatus.IMPORTED)
            self._on_progress("downloads imported", imported, imported + len(moving))
            if not moving:
                break
            if time.monotonic() > deadline:
                phase.outcome = PhaseOutcome.PARTLY
                phase.not_done.extend(f"{each.title}: still {each.status}" for each in moving)
                break
            time.sleep(DOWNLOADS_READ_EVERY_SECONDS)
        phase.done.append(f"{imported} books imported")
        phase.not_done.extend(run.problems)
        phase.not_done.extend(why_not(each) for each in downloads if not _settled(each) and each not in moving)

    def _refresh(self, phase: Phase) -> None:
        if self._is_blocked(phase, ("metadata", "library-scanner", "scheduler"), IntegrationKind.METADATA):
            return
        run = self._task(phase, self._options.metadata_task, "books refreshed")
        deadline = time.monotonic() + self._options.wait_minutes * 60
        while waiting := count_corrections(self._api, CorrectionStatus.PROPOSED):
            self._on_progress("corrections not written yet", 0, None)
            if time.monotonic() > deadline:
                phase.outcome = PhaseOutcome.PARTLY
                phase.not_done.append(f"{waiting} corrections are not written to Audiobookshelf yet")
                break
            time.sleep(0.3)
        phase.done.append(f"{count_corrections(self._api, CorrectionStatus.APPLIED)} corrections applied")
        if series_changed_since(self._api, run.due_at):
            phase.done.append("series or authors of books changed, so gaps were searched again")
            for step in (self._find_gaps, self._search, self._download):
                step(phase)

    def _task(self, phase: Phase, task: str, label: str) -> Run:
        def show_progress(run: Run) -> None:
            self._on_progress(label, run.tally.processed, run.tally.expected)

        run = run_to_end(self._api, task, on_progress=show_progress)
        phase.add_run(run, label)
        return run

    def _is_blocked(self, phase: Phase, services: tuple[str, ...], kind: IntegrationKind) -> bool:
        blocker = self._conditions.blocker(services, kind)
        if blocker is None:
            return False
        phase.outcome = PhaseOutcome.PARTLY if phase.done else PhaseOutcome.NOT_RUN
        phase.not_done.append(f"cannot run: {blocker}")
        return True


def count_corrections(api: Gapless, status: CorrectionStatus) -> int:
    """The number of corrections with this status. Raises `ApiProblem`."""
    return api.metadata.list_corrections(status=status, limit=1).total


def series_changed_since(api: Gapless, moment: datetime) -> bool:
    """Whether a correction that was made since then and is applied changed a book's series or authors.

    Raises `ApiProblem`.
    """
    for name in ("series", "authors"):
        newest = api.metadata.list_corrections(limit=1, sort="-made_at", status=CorrectionStatus.APPLIED, field=name)
        if newest.items and newest.items[0].made_at >= moment:
            return True
    return False


def why_not(download: Download) -> str:
    """One line that says why a wanted book is not in the library."""
    reason = download.waiting_for or download.error or f"it is {download.status}"
    later = f"; next try {download.next_retry_at:%Y-%m-%d %H:%M} UTC" if download.next_retry_at else ""
    return f"{download.title}: {reason}{later}"


def refusal(downloads: Sequence[Download]) -> str | None:
    """How many downloads are blocked because an outside system refused our credentials, and its error; else None."""
    blocked = [each for each in downloads if each.error_type is ErrorType.AUTH and not _settled(each)]
    if not blocked:
        return None
    books = "1 book is" if len(blocked) == 1 else f"{len(blocked)} books are"
    return f"{books} blocked because an outside system refused the credentials: {blocked[0].error}"


def _settled(download: Download) -> bool:
    return download.status in (DownloadStatus.IMPORTED, DownloadStatus.CANCELLED)
