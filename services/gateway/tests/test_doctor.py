"""What the doctor finds, and what it says is to be done."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from cli.doctor import checks
from cli.doctor import resource_checks as supplies
from cli.doctor.findings import Finding, Severity
from cli.main import app
from shared.contracts.gateway.diagnostics import ServiceState
from shared.contracts.library.completeness import Completeness
from shared.contracts.library.findings import BookFound, FindingKind, LibraryFinding
from shared.contracts.problem import Problem
from shared.contracts.scheduler import Run, RunStatus, SchedulerStatus
from shared.contracts.system import Integration, IntegrationState, ServiceReport
from typer.testing import CliRunner, Result

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT


def report(**changes: Any) -> ServiceReport:
    given = {
        "service": "downloader", "version": "0.1.0", "started_at": NOON, "schema_revision": "0002",
        "newest_revision": "0002", "now": NOON, "database_now": NOON, "outbox_waiting": 0, "failed_messages": 0,
    }  # fmt: skip
    return ServiceReport.model_validate(given | changes)


def only(findings: Any) -> Finding:
    (finding,) = findings
    assert isinstance(finding, Finding)
    return finding


def integration(state: IntegrationState, **changes: Any) -> Integration:
    given = {"name": "qbittorrent", "service": "downloader", "state": state}
    return Integration.model_validate(given | changes)


def status(**changes: Any) -> SchedulerStatus:
    given = {"leader": "none", "now": NOON, "lag_seconds": 0, "lag_task": None,
             "misfires": [], "waiting": [], "running": [], "stuck": []}  # fmt: skip
    return SchedulerStatus.model_validate(given | changes)


def test_a_service_that_could_not_start_is_a_fault_of_the_settings() -> None:
    told = Problem(
        code="service_away", title="Away", status=503, detail="it could not start at …: MAM_SESSION: missing."
    )
    finding = only(checks.check_services([ServiceState(service="mam-search", problem=told)]))
    assert (finding.area, finding.severity) == ("settings", FAULT)
    assert "MAM_SESSION: missing" in finding.words


def test_services_of_two_versions_are_a_fault() -> None:
    assert only(checks.check_versions([report(), report(service="metadata")])).severity is OK
    finding = only(checks.check_versions([report(), report(service="metadata", version="0.2.0")]))
    assert (finding.severity, finding.words) == (FAULT, "downloader 0.1.0, metadata 0.2.0")


def test_a_schema_that_is_not_at_the_newest_revision_is_a_fault() -> None:
    assert only(checks.check_migrations([report()])).severity is OK
    finding = only(checks.check_migrations([report(schema_revision="0001")]))
    assert (finding.severity, finding.words) == (FAULT, "at 0001, expected is 0002")


def test_messages_that_wait_or_failed_are_told() -> None:
    assert only(checks.check_backlog([report(outbox_waiting=3)], [])).severity is OK
    assert only(checks.check_backlog([report(outbox_waiting=5_000)], [])).severity is WARNING
    finding = only(checks.check_backlog([report(failed_messages=2)], []))
    assert (finding.severity, finding.words) == (WARNING, "0 messages wait to go out, 2 failed")


def test_clocks_that_tell_other_times_are_told() -> None:
    answered = NOON + timedelta(seconds=1)
    assert {each.severity for each in checks.check_clocks([report()], NOON, answered)} == {OK}
    behind = report(now=NOON - timedelta(seconds=10), database_now=NOON + timedelta(minutes=5))
    services, postgres = checks.check_clocks([behind], NOON, answered)
    assert (services.severity, services.words) == (WARNING, "10 s behind this machine's")
    assert (postgres.severity, postgres.words) == (FAULT, "299 s before this machine's")


def test_an_outside_system_is_judged_by_its_state_and_whether_it_is_needed() -> None:
    def judged(state: IntegrationState, **changes: Any) -> Severity:
        return only(checks.check_integrations([integration(state, **changes)])).severity

    assert judged(IntegrationState.OK) is OK
    assert judged(IntegrationState.NOT_CONFIGURED, required=False) is OK
    assert judged(IntegrationState.NOT_CONFIGURED) is FAULT
    assert judged(IntegrationState.AWAY, required=False) is WARNING
    assert judged(IntegrationState.THROTTLED) is WARNING
    assert judged(IntegrationState.REFUSED) is FAULT


def test_folders_that_cannot_be_used_are_told_with_their_settings() -> None:
    advice = "/media/library: Permission denied; see LIBRARY_PATH and DOWNLOAD_PATH"
    finding = only(checks.check_integrations([integration(IntegrationState.REFUSED, name="disk", detail=advice)]))
    assert (finding.area, finding.severity, finding.to_do) == ("paths", FAULT, advice)


def test_a_schedule_that_is_late_or_stuck_is_told() -> None:
    assert only(checks.check_scheduler(status())).severity is OK
    assert only(checks.check_scheduler(status(lag_seconds=300, lag_task="library_scan"))).severity is FAULT
    stuck = Run(id=uuid4(), task="library_scan", status=RunStatus.RUNNING, due_at=NOON, started_at=NOON)
    assert only(checks.check_scheduler(status(stuck=[stuck]))).severity is WARNING


async def gapless(*arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, list(arguments))


async def test_the_doctor_says_which_services_of_a_running_gateway_are_missing(gateway: Any) -> None:
    key = gateway_key(gateway)
    result = await gapless("doctor", "--url", gateway.url, "--api-key", key, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    severity = {(each["area"], each["subject"]): each["severity"] for each in told["findings"]}
    assert told["healthy"] is False
    assert severity["services", "downloader"] == "fault"
    assert {severity[area, "gateway"] for area in ("services", "migrations", "backlog")} == {"ok"}
    assert {severity["clocks", subject] for subject in ("services", "Postgres")} == {"ok"}


async def test_the_doctor_tells_plainly_off_a_terminal(gateway: Any) -> None:
    result = await gapless("doctor", "--url", gateway.url, "--api-key", gateway_key(gateway))
    assert "fault   services      downloader: " in result.stdout
    assert "\x1b" not in result.stdout


async def test_the_doctor_ends_with_2_when_it_cannot_ask(gateway: Any) -> None:
    refused = await gapless("doctor", "--url", gateway.url, "--api-key", "a-key-that-nobody-has")
    assert refused.exit_code == 2
    assert "check --api-key or API_KEY" in refused.stderr
    away = await gapless("doctor", "--url", "http://127.0.0.1:9", "--api-key", "any")
    assert away.exit_code == 2
    assert "GAPLESS_URL, now http://127.0.0.1:9" in away.stderr


async def test_a_key_made_by_the_command_works_until_it_is_removed(gateway: Any) -> None:
    at = ("--url", gateway.url, "--api-key", gateway_key(gateway))
    made = await gapless("keys", "add", "dashboard", "--scope", "read", *at)
    assert made.exit_code == 0
    key = made.stdout.strip()
    assert (await gateway.call("GET", "/api/system/diagnostics", key=key)).status_code == 200
    listed = await gapless("keys", "list", *at)
    (line,) = [line for line in listed.stdout.splitlines() if line.endswith("\tdashboard")]
    assert line.split("\t")[1] == "read"
    assert key not in listed.output
    assert (await gapless("keys", "remove", line.split("\t")[0], *at)).exit_code == 0
    assert (await gateway.call("GET", "/api/system/diagnostics", key=key)).status_code == 403
    again = await gapless("keys", "remove", line.split("\t")[0], *at)
    assert (again.exit_code, "no API key" in again.stderr) == (1, True)


def gateway_key(gateway: Any) -> str:
    """The admin's, which a call without another one takes."""
    return str(type(gateway).call.__defaults__[0])


def quality(*findings: LibraryFinding) -> Completeness:
    return Completeness(books=20, complete=20, percent=100.0, fields=[], findings=list(findings))


def test_eight_books_without_files_are_one_finding() -> None:
    assert only(supplies.check_library(quality())).severity is OK
    books = [BookFound(id=uuid4(), path=f"Oz/{number}", words="without files since noon") for number in range(1, 9)]
    away = LibraryFinding(
        kind=FindingKind.FILES_MISSING, count=8, words="8 books without files", to_do="see the disk", books=books
    )
    finding = only(supplies.check_library(quality(away)))
    assert (finding.area, finding.severity, finding.to_do) == ("library", WARNING, "see the disk")
    assert finding.words.startswith("8 books without files: “Oz/1” without files since noon; “Oz/2”")
    assert "Oz/4" not in finding.words
