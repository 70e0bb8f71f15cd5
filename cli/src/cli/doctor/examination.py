"""Asks the API everything, and shows what was found."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from cli.api_client import Api, ApiProblem
from cli.doctor import checks
from cli.doctor import resource_checks as supplies
from cli.doctor.findings import Diagnosis, Finding, Severity

STYLES = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.FAULT: "bold red"}


class NotReached(Exception):
    """The gateway could not be asked; the message says what to check."""


def examine(api: Api, url: str) -> Diagnosis:
    """Look at everything once. Raises `NotReached` when the gateway does not answer, or not to this key."""
    asked = datetime.now(UTC)
    try:
        told = api.diagnostics()
    except ApiProblem as problem:
        raise NotReached(_what_to_check(problem, url)) from problem
    answered = datetime.now(UTC)
    reports = [state.report for state in told.services if state.report]
    findings = [
        *checks.check_services(told.services),
        *checks.check_versions(reports),
        *checks.check_migrations(reports),
        *checks.check_backlog(reports, told.failed_messages),
        *checks.check_clocks(reports, asked, answered),
        *supplies.check_streams(told.streams, told.lags),
        *supplies.check_disk(told.folders),
        *supplies.check_database(told.database),
        *supplies.check_limits(told.limits, told.egress),
        *_asked("integrations", lambda: checks.check_integrations(api.integrations().integrations)),
        *_asked("library", lambda: supplies.check_library(api.data_quality())),
        *_asked("notifications", lambda: supplies.check_notifications(api.notification_targets())),
        *_asked("schedule", lambda: checks.check_scheduler(api.scheduler_status())),
    ]
    return Diagnosis.of(findings)


def _asked(area: str, ask: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(ask())
    except ApiProblem as problem:
        advice = "see the findings about services"
        if problem.problem.status in (401, 403):
            advice = "use a key with the scope write or admin"
        return [Finding(area=area, subject="gateway", severity=Severity.FAULT, words=str(problem), to_do=advice)]


def _what_to_check(problem: ApiProblem, url: str) -> str:
    if problem.problem.status in (401, 403):
        return f"{problem}. The gateway at {url} refuses the key: check --api-key or API_KEY; it needs the scope write"
    if problem.problem.code == "gateway_away":
        return f"{problem}. Check that the gateway runs, and its address: --url or GAPLESS_URL, now {url}"
    return f"{problem}. Check that {url} is the address of Gapless"


def show(console: Console, diagnosis: Diagnosis) -> None:
    """One line a finding, and one for the whole."""
    for each in diagnosis.findings:
        line = Text.assemble((f"{each.severity:<8}", STYLES[each.severity]), f"{each.area:<14}{each.subject}: ")
        line.append(each.words)
        if each.to_do:
            line.append(f". To do: {each.to_do}")
        console.print(line, soft_wrap=True)
    counts = {severity: sum(1 for f in diagnosis.findings if f.severity is severity) for severity in Severity}
    told = f"{counts[Severity.OK]} ok, {counts[Severity.WARNING]} warnings, {counts[Severity.FAULT]} faults"
    console.print(told, soft_wrap=True)
