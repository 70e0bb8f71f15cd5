"""The doctor's checks of services, settings, schemas, clocks and integrations: no I/O, one function per area."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from shared.chassis.clock import clock_difference
from shared.contracts.gateway.diagnostics import ServiceState
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.scheduler import SchedulerStatus
from shared.contracts.system import FailedMessage, Integration, IntegrationState, ServiceReport

CLOCK_DIFFERENCE_WARNING = timedelta(seconds=2)
"""A larger difference is a warning: due times and retries compare times of two clocks."""
CLOCK_DIFFERENCE_FAULT = timedelta(seconds=30)
OUTBOX_WAITING = 1_000
"""More messages than this do not wait in normal operation, planned ones included."""
LATE_SECONDS = 60.0
OUTBOX_SECONDS = 60.0
"""While NATS accepts messages, a message that is ready is sent immediately."""
OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT
STATE_WORDS = {
    IntegrationState.OK: "works",
    IntegrationState.AWAY: "does not answer",
    IntegrationState.THROTTLED: "limits our requests",
    IntegrationState.REFUSED: "refuses our access",
    IntegrationState.BLOCKED: "blocks us",
    IntegrationState.NONSENSE: "answers something else than it should",
    IntegrationState.PAUSED: "is paused",
    IntegrationState.NOT_CONFIGURED: "is not configured",
}
"""What an outside system does in each state."""


def check_services(states: Sequence[ServiceState]) -> Iterator[DoctorFinding]:
    """Whether each service answers; a service that could not start reports the wrong setting."""
    for state in states:
        if state.report and state.report.settings_words:
            words = state.report.settings_words
            advice = f"set them under Settings, or with PUT /api/settings/{state.service}"
            yield DoctorFinding(area="settings", subject=state.service, severity=FAULT, words=words, to_do=advice)
        elif state.report:
            words = f"running since {state.report.started_at:%Y-%m-%d %H:%M} UTC"
            yield DoctorFinding(area="services", subject=state.service, words=words)
        else:
            seen = state.problem.detail if state.problem else "does not answer"
            area, advice = "services", "check whether it is running, and read its log"
            if "could not start" in seen:
                area, advice = "settings", "correct the setting, then start the service again"
            yield DoctorFinding(area=area, subject=state.service, severity=FAULT, words=seen, to_do=advice)


def check_versions(reports: Sequence[ServiceReport]) -> Iterator[DoctorFinding]:
    """Whether all services have the same version."""
    versions = Counter(report.version for report in reports)
    if len(versions) == 1:
        yield DoctorFinding(
            area="versions", subject="services", words=f"all {len(reports)} have version {reports[0].version}"
        )
    elif versions:
        listed = ", ".join(f"{report.service} {report.version}" for report in reports)
        advice = "start all services from the same image or installation"
        yield DoctorFinding(area="versions", subject="services", severity=FAULT, words=listed, to_do=advice)


def check_migrations(reports: Sequence[ServiceReport]) -> Iterator[DoctorFinding]:
    """Whether each database schema has the revision that its service expects."""
    for report in reports:
        found, expected = report.schema_revision, report.newest_revision
        if expected is None:
            words = f"revision {found}; the service does not report which revision it expects"
            yield DoctorFinding(area="migrations", subject=report.service, severity=WARNING, words=words,
                          to_do="update the service to this version")  # fmt: skip
        elif found == expected:
            yield DoctorFinding(area="migrations", subject=report.service, words=f"revision {found}, the newest")
        else:
            words = f"revision {found}, expected {expected}"
            advice = (
                "restart the service: it migrates its schema at the start; if it is older than its schema, update it"
            )
            yield DoctorFinding(area="migrations", subject=report.service, severity=FAULT, words=words, to_do=advice)


def check_backlog(reports: Sequence[ServiceReport], failed: Sequence[FailedMessage]) -> Iterator[DoctorFinding]:
    """Messages that wait to be sent, and messages whose handler failed."""
    for report in reports:
        severity, advice = OK, ""
        if report.failed_messages:
            final = sum(1 for message in failed if message.service == report.service and message.final)
            severity = FAULT if final else WARNING
            advice = (
                "read the errors at GET /api/system/diagnostics, fix the cause, then resend the messages with"
                " POST /api/system/diagnostics/{area}/resend"
            )
        elif report.outbox_waiting > OUTBOX_WAITING or _outbox_is_stuck(report):
            severity, advice = WARNING, "check NATS at GET /api/system/health, and read the service's log"
        words = f"{report.outbox_waiting} messages wait to be sent, {report.failed_messages} failed"
        yield DoctorFinding(area="backlog", subject=report.service, severity=severity, words=words, to_do=advice)


def _outbox_is_stuck(report: ServiceReport) -> bool:
    oldest_seconds = report.postgres.outbox_oldest_seconds if report.postgres else None
    return oldest_seconds is not None and oldest_seconds > OUTBOX_SECONDS


def check_clocks(reports: Sequence[ServiceReport], sent_at: datetime, received_at: datetime) -> Iterator[DoctorFinding]:
    """How much the clocks of the services and of Postgres differ from the clock of the gateway.

    `sent_at` and `received_at` are the gateway's times of the request and of the response.
    """
    if times := [report.now for report in reports if report.now]:
        yield _clock("services", max((clock_difference(each, sent_at, received_at) for each in times), key=abs))
    if times := [report.database_now for report in reports if report.database_now]:
        yield _clock("Postgres", max((clock_difference(each, sent_at, received_at) for each in times), key=abs))


def _clock(subject: str, difference: timedelta) -> DoctorFinding:
    seconds = difference.total_seconds()
    if abs(difference) <= CLOCK_DIFFERENCE_WARNING:
        return DoctorFinding(area="clocks", subject=subject, words="in sync with the gateway")
    words = f"{abs(seconds):.0f} s {'behind' if seconds < 0 else 'ahead of'} the gateway"
    severity = FAULT if abs(difference) > CLOCK_DIFFERENCE_FAULT else WARNING
    return DoctorFinding(area="clocks", subject=subject, severity=severity, words=words,
                   to_do="synchronize the clocks of both machines with NTP")  # fmt: skip


def check_integrations(found: Sequence[Integration]) -> Iterator[DoctorFinding]:
    """The state of every outside system and of the folders, as their services have just checked it."""
    for each in found:
        area = "paths" if each.name == "disk" else "integrations"
        words = " ".join(word for word in (each.name, each.version, each.address and f"at {each.address}") if word)
        if each.state is IntegrationState.OK:
            seen = f"{words}: {each.detail}" if each.detail else words
            yield DoctorFinding(area=area, subject=each.service, words=seen)
        elif each.state is IntegrationState.NOT_CONFIGURED and not each.required:
            yield DoctorFinding(area=area, subject=each.service, words=f"{words}: not configured (optional)")
        else:
            temporary = each.state in (IntegrationState.THROTTLED, IntegrationState.PAUSED)
            reason = f" ({each.reason.replace('_', ' ')})" if each.reason else ""
            yield DoctorFinding(
                area=area,
                subject=each.service,
                severity=WARNING if temporary or not each.required else FAULT,
                words=f"{words} {STATE_WORDS[each.state]}{reason}",
                to_do=each.detail or f"check the address and the credentials of {each.name} in the settings",
            )


def check_scheduler(status: SchedulerStatus) -> Iterator[DoctorFinding]:
    """Whether due tasks are started and active runs make progress."""
    if status.lag_seconds > LATE_SECONDS:
        words = f"{status.lag_task} is {status.lag_seconds:.0f} s late"
        yield DoctorFinding(
            area="schedule", subject="scheduler", severity=FAULT, words=words, to_do="read the scheduler's log"
        )
    for run in status.stuck:
        words = f"a run of {run.task} sent its last heartbeat at {run.heard_at or run.started_at}"
        advice = f"check the service that does the work; POST /api/scheduler/runs/{run.id}/cancel ends the run"
        yield DoctorFinding(area="schedule", subject="scheduler", severity=WARNING, words=words, to_do=advice)
    if status.lag_seconds <= LATE_SECONDS and not status.stuck:
        words = f"nothing late or stuck, {len(status.running)} running, {len(status.waiting)} waiting"
        yield DoctorFinding(area="schedule", subject="scheduler", words=words)
