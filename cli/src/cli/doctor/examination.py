"""Runs all checks of the doctor against the API, and prints the findings."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from cli.api_client import Api, ApiProblem
from cli.doctor import checks, resource_checks
from cli.doctor.findings import Diagnosis, Finding, Severity

STYLES = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.FAULT: "bold red"}


class GatewayUnreachable(Exception):
    """The gateway does not answer or refuses the key; the message says what to check."""


def examine(api: Api, url: str) -> Diagnosis:
    """Run all checks once. Raises `GatewayUnreachable` if the gateway does not answer or refuses the key."""
    sent_at = datetime.now(UTC)
    try:
        diagnostics = api.diagnostics()
    except ApiProblem as problem:
        raise GatewayUnreachable(_what_to_check(problem, url)) from problem
    received_at = datetime.now(UTC)
    reports = [state.report for state in diagnostics.services if state.report]
    findings = [
        *checks.check_services(diagnostics.services),
        *checks.check_versions(reports),
        *checks.check_migrations(reports),
        *checks.check_backlog(reports, diagnostics.failed_messages),
        *checks.check_clocks(reports, sent_at, received_at),
        *resource_checks.check_streams(diagnostics.streams, diagnostics.lags),
        *resource_checks.check_disk(diagnostics.folders),
        *resource_checks.check_database(diagnostics.database),
        *resource_checks.check_limits(diagnostics.limits, diagnostics.egress),
        *resource_checks.check_addresses(diagnostics.addresses),
        *_fetch_and_check("integrations", lambda: checks.check_integrations(api.integrations().integrations)),
        *_fetch_and_check("library", lambda: resource_checks.check_library(api.data_quality())),
        *_fetch_and_check("notifications", lambda: resource_checks.check_notifications(api.notification_targets())),
        *_fetch_and_check("schedule", lambda: checks.check_scheduler(api.scheduler_status())),
    ]
    return Diagnosis.of(findings)


def _fetch_and_check(area: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except ApiProblem as problem:
        advice = "see the findings about services"
        if problem.problem.status in (401, 403):
            advice = "use a key with the scope write or admin"
        return [Finding(area=area, subject="gateway", severity=Severity.FAULT, words=str(problem), to_do=advice)]


def _what_to_check(problem: ApiProblem, url: str) -> str:
    if problem.problem.status in (401, 403):
        return f"{problem}. The gateway at {url} refuses the key: check --api-key or API_KEY; it needs the scope write"
    if problem.problem.code == "gateway_away":
        return f"{problem}. Check that the gateway runs, and its address: --url or GAPLESS_URL, which is {url}"
    return f"{problem}. Check that {url} is the address of Gapless"


def show(console: Console, diagnosis: Diagnosis) -> None:
    """Print one line per finding, then the totals."""
    for each in diagnosis.findings:
        line = Text.assemble((f"{each.severity:<8}", STYLES[each.severity]), f"{each.area:<14}{each.subject}: ")
        line.append(each.words)
        if each.to_do:
            line.append(f". To do: {each.to_do}")
        console.print(line, soft_wrap=True)
    counts = {severity: sum(1 for f in diagnosis.findings if f.severity is severity) for severity in Severity}
    totals = f"{counts[Severity.OK]} ok, {counts[Severity.WARNING]} warnings, {counts[Severity.FAULT]} faults"
    console.print(totals, soft_wrap=True)
