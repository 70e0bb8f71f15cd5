"""What the doctor finds, and what it advises."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from gateway.doctor import checks, resource_checks
from shared.contracts.gateway.diagnostics import ServiceState
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.library.completeness import Completeness
from shared.contracts.library.findings import BookFound, FindingKind, LibraryFinding
from shared.contracts.problem import Problem
from shared.contracts.scheduler import Run, RunStatus, SchedulerStatus
from shared.contracts.system import Integration, IntegrationState, ServiceReport
from shared.contracts.translatable import Translatable

from .conftest import READ_KEY, Gateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT


def report(**changes: Any) -> ServiceReport:
    values = {
        "service": "downloader", "version": "0.1.0", "started_at": NOON, "schema_revision": "0002",
        "newest_revision": "0002", "now": NOON, "database_now": NOON, "outbox_waiting": 0, "failed_messages": 0,
    }  # fmt: skip
    return ServiceReport.model_validate(values | changes)


def only(findings: Any) -> DoctorFinding:
    (finding,) = findings
    assert isinstance(finding, DoctorFinding)
    return finding


def integration(state: IntegrationState, **changes: Any) -> Integration:
    values = {"name": "qbittorrent", "service": "downloader", "state": state}
    return Integration.model_validate(values | changes)


def status(**changes: Any) -> SchedulerStatus:
    values = {"leader": "none", "now": NOON, "lag_seconds": 0, "lag_task": None,
             "misfires": [], "waiting": [], "running": [], "stuck": []}  # fmt: skip
    return SchedulerStatus.model_validate(values | changes)


def test_a_service_that_could_not_start_has_a_settings_fault() -> None:
    problem = Problem(
        code="service_away", title="Away", status=503, detail="it could not start at …: MAM_SESSION: missing."
    )
    finding = only(checks.check_services([ServiceState(service="mam-search", problem=problem)]))
    assert (finding.area, finding.severity) == ("settings", FAULT)
    assert "MAM_SESSION: missing" in finding.words


def test_services_of_two_versions_are_a_fault() -> None:
    assert only(checks.check_versions([report(), report(service="metadata")])).severity is OK
    finding = only(checks.check_versions([report(), report(service="metadata", version="0.2.0")]))
    assert (finding.severity, finding.words) == (FAULT, "downloader 0.1.0, metadata 0.2.0")


def test_a_schema_that_is_not_at_the_newest_revision_is_a_fault() -> None:
    assert only(checks.check_migrations([report()])).severity is OK
    finding = only(checks.check_migrations([report(schema_revision="0001")]))
    assert (finding.severity, finding.words) == (FAULT, "revision 0001, expected 0002")


def test_a_long_outbox_and_failed_messages_are_warnings() -> None:
    assert only(checks.check_backlog([report(outbox_waiting=3)], [])).severity is OK
    assert only(checks.check_backlog([report(outbox_waiting=5_000)], [])).severity is WARNING
    finding = only(checks.check_backlog([report(failed_messages=2)], []))
    assert (finding.severity, finding.words) == (WARNING, "0 messages wait to be sent, 2 failed")
    assert finding.translatable["words"] == Translatable(code="doctor.backlog", figures={"waiting": 0, "failed": 2})


def test_clocks_that_differ_are_a_warning_or_a_fault() -> None:
    received_at = NOON + timedelta(seconds=1)
    assert {each.severity for each in checks.check_clocks([report()], NOON, received_at)} == {OK}
    behind = report(now=NOON - timedelta(seconds=10), database_now=NOON + timedelta(minutes=5))
    services, postgres = checks.check_clocks([behind], NOON, received_at)
    assert (services.severity, services.words) == (WARNING, "10 s behind the gateway")
    assert (postgres.severity, postgres.words) == (FAULT, "299 s ahead of the gateway")


def test_the_severity_of_an_integration_depends_on_its_state_and_whether_it_is_required() -> None:
    def severity(state: IntegrationState, **changes: Any) -> Severity:
        return only(checks.check_integrations([integration(state, **changes)])).severity

    assert severity(IntegrationState.OK) is OK
    assert severity(IntegrationState.NOT_CONFIGURED, required=False) is OK
    assert severity(IntegrationState.NOT_CONFIGURED) is FAULT
    assert severity(IntegrationState.AWAY, required=False) is WARNING
    assert severity(IntegrationState.THROTTLED) is WARNING
    assert severity(IntegrationState.REFUSED) is FAULT


def test_a_folder_that_cannot_be_used_is_a_fault_that_names_its_settings() -> None:
    advice = "/media/library: Permission denied; see LIBRARY_PATH and DOWNLOAD_PATH"
    finding = only(checks.check_integrations([integration(IntegrationState.REFUSED, name="disk", detail=advice)]))
    assert (finding.area, finding.severity, finding.to_do) == ("paths", FAULT, advice)


def test_what_a_service_says_about_an_integration_keeps_its_code_and_figures() -> None:
    detail = Translatable(code="systems.signed_in", figures={"user": "dorothy"})
    works = integration(
        IntegrationState.OK, version="2.1", detail="signed in as dorothy", translatable={"detail": detail}
    )
    finding = only(checks.check_integrations([works]))
    assert finding.words == "qbittorrent 2.1: signed in as dorothy"
    figures = {"name": "qbittorrent", "version": "2.1", "detail": detail.model_dump()}
    assert finding.translatable["words"] == Translatable(code="doctor.system_works", figures=figures)
    refused = integration(IntegrationState.REFUSED, detail="signed in as dorothy", translatable={"detail": detail})
    assert only(checks.check_integrations([refused])).translatable["to_do"] == detail


def test_a_late_schedule_is_a_fault_and_a_stuck_run_a_warning() -> None:
    assert only(checks.check_scheduler(status())).severity is OK
    assert only(checks.check_scheduler(status(lag_seconds=300, lag_task="library_scan"))).severity is FAULT
    stuck = Run(id=uuid4(), task="library_scan", status=RunStatus.RUNNING, due_at=NOON, started_at=NOON)
    assert only(checks.check_scheduler(status(stuck=[stuck]))).severity is WARNING


def quality(*findings: LibraryFinding) -> Completeness:
    return Completeness(books=20, complete=20, percent=100.0, fields=[], findings=list(findings))


def test_eight_books_without_files_are_one_finding() -> None:
    assert only(resource_checks.check_library(quality())).severity is OK
    books = [BookFound(id=uuid4(), path=f"Oz/{number}", words="without files since noon") for number in range(1, 9)]
    away = LibraryFinding(
        kind=FindingKind.FILES_MISSING, count=8, words="8 books without files", to_do="check the disk", books=books
    )
    finding = only(resource_checks.check_library(quality(away)))
    assert (finding.area, finding.severity, finding.to_do) == ("library", WARNING, "check the disk")
    assert finding.words.startswith("8 books without files: “Oz/1” without files since noon; “Oz/2”")
    assert "Oz/4" not in finding.words


async def test_the_doctor_names_what_does_not_answer(gateway: Gateway) -> None:
    diagnosis = (await gateway.call("GET", "/api/system/doctor", key=READ_KEY)).raise_for_status().json()
    faults = {(each["area"], each["subject"]) for each in diagnosis["findings"] if each["severity"] == "fault"}
    assert not diagnosis["healthy"]
    assert {("services", "downloader"), ("library", "gateway"), ("schedule", "gateway")} <= faults
    assert ("database", "Postgres") in {(each["area"], each["subject"]) for each in diagnosis["findings"]}


async def test_testing_the_outside_systems_needs_the_scope_write(gateway: Gateway) -> None:
    assert (await gateway.call("POST", "/api/system/doctor", key=READ_KEY)).status_code == 403
    assert (await gateway.call("POST", "/api/system/doctor")).status_code == 200
