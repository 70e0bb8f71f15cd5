"""One full cycle in six phases, each a straight line over the REST API (workflow "the whole, by hand")."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shared.contracts.downloads.downloads import Download, DownloadStatus, ErrorType
from shared.contracts.scheduler import Run, RunStatus
from shared.contracts.system import Integration, IntegrationState

from cli.api_client import Api, ApiProblem

IN_MOTION = (
    DownloadStatus.SEARCHING, DownloadStatus.DOWNLOADING, DownloadStatus.COMPLETED, DownloadStatus.IMPORTING,
)  # fmt: skip

OWNERS = {
    "audiobookshelf": "library-scanner",
    "myanonamouse": "mam-search",
    "prowlarr": "downloader",
    "qbittorrent": "downloader",
    "audible": "metadata",
    "hardcover": "metadata",
}
"""The service that talks to each outside system."""

Told = Callable[[str, int, int | None], None]
"""Hears what is going on: words, how many are done, of how many (None: not known yet)."""


class PhaseOutcome(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass
class Phase:
    """What became of one phase. `left_undone` says, each in a line, what was not done and why."""

    name: str
    outcome: PhaseOutcome = PhaseOutcome.DONE
    did: list[str] = field(default_factory=list)
    left_undone: list[str] = field(default_factory=list)

    def take(self, run: Run, words: str) -> None:
        """Add what a run did."""
        self.did.append(f"{words}: {run.tally.succeeded} of {run.tally.processed}")
        self.left_undone.extend(run.problems)
        if run.status is not RunStatus.COMPLETED:
            self.outcome = PhaseOutcome.FAILED
            if not run.problems:
                self.left_undone.append(f"{run.task}: the run ended as {run.status}")
        elif run.problems and self.outcome is PhaseOutcome.DONE:
            self.outcome = PhaseOutcome.PARTLY


@dataclass
class Conditions:
    """What stands, as the first two phases found it."""

    silent: dict[str, str] = field(default_factory=dict)
    integrations: list[Integration] = field(default_factory=list)

    def lacking(self, services: tuple[str, ...], anyof: tuple[str, ...]) -> str | None:
        """What a phase lacks: one of its services, or all of the outside systems of which it needs one."""
        for service in services:
            if service in self.silent:
                return f"{service}: {self.silent[service]}"
        found = [each for each in self.integrations if each.name in anyof]
        if not anyof or any(each.state is IntegrationState.OK for each in found):
            return None
        owners = dict.fromkeys(OWNERS[name] for name in anyof if OWNERS[name] in self.silent)
        words = [f"{each.name} is {each.state}: {each.detail}" for each in found]
        words += [f"{owner}: {self.silent[owner]}" for owner in owners]
        return "; ".join(words) or f"none of {', '.join(anyof)} is configured"

    def all_well(self, *names: str) -> bool:
        """Whether every one of these outside systems answers, leaving out what is not set up and need not be."""
        found = {each.name: each for each in self.integrations}
        return all(name in found and is_well(found[name]) for name in names)


def is_well(found: Integration) -> bool:
    """Whether it answers, or is left out by choice."""
    left_out = found.state is IntegrationState.NOT_CONFIGURED and not found.required
    return left_out or found.state is IntegrationState.OK


@dataclass(frozen=True)
class Options:
    """How a cycle is run: the mode of metadata refreshing, and how long downloads are waited for."""

    metadata_task: str = "metadata_daily"
    wait_minutes: float = 60.0


class Cycle:
    """Runs the phases in order; `told` hears how each goes on."""

    def __init__(self, api: Api, options: Options, told: Told) -> None:
        self._api = api
        self._options = options
        self._told = told
        self._conditions = Conditions()
        self.phases: list[Phase] = []

    def steps(self) -> list[tuple[str, Callable[[Phase], None]]]:
        """The six phases by name."""
        return [
            ("Check settings and services", self._check),
            ("Authenticate", self._authenticate),
            ("Scan the library and find gaps", self._scan),
            ("Search and decide", self._search),
            ("Download and import", self._download),
            ("Enrich metadata", self._enrich),
        ]

    def run(self, name: str, step: Callable[[Phase], None]) -> Phase:
        """Run one phase; whatever the API refuses is its outcome, not the end of the cycle."""
        phase = Phase(name)
        self.phases.append(phase)
        try:
            step(phase)
        except ApiProblem as problem:
            phase.outcome = PhaseOutcome.FAILED
            phase.left_undone.append(str(problem))
        return phase

    def _check(self, phase: Phase) -> None:
        services = self._api.diagnostics().services
        for state in services:
            if state.problem:
                self._conditions.silent[state.service] = state.problem.detail
                phase.outcome = PhaseOutcome.FAILED
                phase.left_undone.append(f"{state.service} does not answer: {state.problem.detail}")
        silent = self._conditions.silent
        self._api.silent = set(silent)
        phase.did.append(f"{len(services) - len(silent)} of {len(services)} services answer")

    def _authenticate(self, phase: Phase) -> None:
        report = self._api.integrations()
        self._conditions.integrations = report.integrations
        for each in report.integrations:
            if each.state is IntegrationState.OK:
                phase.did.append(" ".join(part for part in (each.name, each.version, each.detail) if part))
            elif not is_well(each):
                failed = each.required or phase.outcome is PhaseOutcome.FAILED
                phase.outcome = PhaseOutcome.FAILED if failed else PhaseOutcome.PARTLY
                phase.left_undone.append(f"{each.name} is {each.state}: {each.detail}")
        for state in report.silent:
            phase.outcome = PhaseOutcome.FAILED
            why = state.problem.detail if state.problem else "it does not answer"
            phase.left_undone.append(f"what {state.service} talks to is not known: {why}")

    def _scan(self, phase: Phase) -> None:
        if self._cannot(phase, ("library-scanner", "scheduler"), ("audiobookshelf",)):
            return
        self._task(phase, "library_scan", "books read")
        if phase.outcome is PhaseOutcome.FAILED:
            phase.left_undone.append("gaps were not looked for, because the library is not known well enough")
            return
        if self._cannot(phase, ("metadata",), ("audible", "hardcover")):
            return
        self._find_gaps(phase)

    def _find_gaps(self, phase: Phase) -> None:
        self._task(phase, "series_completion", "series compared")
        self._task(phase, "author_completion", "authors compared")

    def _search(self, phase: Phase) -> None:
        if self._cannot(phase, ("downloader", "library-scanner", "scheduler"), ("myanonamouse", "prowlarr")):
            return
        if self._conditions.all_well("myanonamouse", "prowlarr", "qbittorrent"):
            # What failed on the way is made up for now; against a system that is still away it would use its tries up.
            run = self._api.run_task("download_retry", {"at_once": True})
            self._api.follow(run, lambda _run: None)
        self._task(phase, "wanted_search", "wanted books searched")
        refused = refusal(list(self._api.downloads()))
        if refused is not None:
            phase.outcome = PhaseOutcome.FAILED
            phase.left_undone.insert(0, refused)

    def _download(self, phase: Phase) -> None:
        if self._cannot(phase, ("downloader", "library-scanner", "scheduler"), ("qbittorrent",)):
            return
        deadline = time.monotonic() + self._options.wait_minutes * 60
        run = None
        while True:
            run = self._api.follow(self._api.run_task("download_monitor"), lambda _run: None)
            downloads = list(self._api.downloads())
            moving = [each for each in downloads if each.status in IN_MOTION]
            imported = sum(1 for each in downloads if each.status is DownloadStatus.IMPORTED)
            self._told("downloads imported", imported, imported + len(moving))
            if not moving:
                break
            if time.monotonic() > deadline:
                phase.outcome = PhaseOutcome.PARTLY
                phase.left_undone.extend(f"{each.title}: still {each.status}" for each in moving)
                break
            time.sleep(0.5)
        phase.did.append(f"{imported} books imported")
        phase.left_undone.extend(run.problems)
        phase.left_undone.extend(why_not(each) for each in downloads if not _settled(each) and each not in moving)

    def _enrich(self, phase: Phase) -> None:
        if self._cannot(phase, ("metadata", "library-scanner", "scheduler"), ("audible", "hardcover")):
            return
        run = self._task(phase, self._options.metadata_task, "books described")
        deadline = time.monotonic() + self._options.wait_minutes * 60
        while waiting := self._api.count_corrections("proposed"):
            self._told("corrections still to be written", 0, None)
            if time.monotonic() > deadline:
                phase.outcome = PhaseOutcome.PARTLY
                phase.left_undone.append(f"{waiting} corrections are not written to Audiobookshelf yet")
                break
            time.sleep(0.3)
        phase.did.append(f"{self._api.count_corrections('applied')} corrections stand")
        if self._api.series_changed_since(run.due_at):
            phase.did.append("books have other series or authors now, so gaps were looked for again")
            for step in (self._find_gaps, self._search, self._download):
                step(phase)

    def _task(self, phase: Phase, task: str, words: str) -> Run:
        def hear(run: Run) -> None:
            self._told(words, run.tally.processed, run.tally.expected)

        run = self._api.follow(self._api.run_task(task), hear)
        phase.take(run, words)
        return run

    def _cannot(self, phase: Phase, services: tuple[str, ...], anyof: tuple[str, ...]) -> bool:
        lack = self._conditions.lacking(services, anyof)
        if lack is None:
            return False
        phase.outcome = PhaseOutcome.PARTLY if phase.did else PhaseOutcome.NOT_RUN
        phase.left_undone.append(f"cannot run: {lack}")
        return True


def why_not(download: Download) -> str:
    """Why a wanted book is not in the library, in a line."""
    reason = download.waiting_for or download.error or f"it is {download.status}"
    later = f"; next try {download.next_retry_at:%Y-%m-%d %H:%M} UTC" if download.next_retry_at else ""
    return f"{download.title}: {reason}{later}"


def refusal(downloads: Sequence[Download]) -> str | None:
    """What a system said that refused us, and how many books cannot go on for it; None when none did."""
    held_up = [each for each in downloads if each.error_type is ErrorType.AUTH and not _settled(each)]
    if not held_up:
        return None
    books = "1 book" if len(held_up) == 1 else f"{len(held_up)} books"
    return f"{books} cannot go on, as a system refused us: {held_up[0].error}"


def _settled(download: Download) -> bool:
    return download.status in (DownloadStatus.IMPORTED, DownloadStatus.CANCELLED)
