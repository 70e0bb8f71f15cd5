"""The doctor's checks of services, settings, schemas, clocks and integrations: no I/O, one function per area."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from shared.chassis.clock import clock_difference
from shared.contracts.gateway.diagnostics import ServiceState
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.scheduler import SchedulerStatus
from shared.contracts.system import FailedMessage, Integration, IntegrationState, ServiceReport
from shared.contracts.translatable import with_code
from shared.translatable import translatable

from gateway.doctor.found import found

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
        report, name = state.report, state.service
        if report and report.settings_words:
            words = with_code(report.settings_words, report.translatable.get("settings_words"))
            if report.missing_settings:
                words = translatable("doctor.settings_missing", words, settings=report.missing_settings)
            yield found("settings", name, words, FAULT, f"set them under Settings, or with PUT /api/settings/{name}")
        elif report:
            words = f"running since {report.started_at:%Y-%m-%d %H:%M} UTC"
            yield found("services", name, translatable("doctor.running", words, since=report.started_at.isoformat()))
        else:
            words = translatable("doctor.no_answer", "does not answer")
            area, advice = "services", "check whether it is running, and read its log"
            if state.problem:
                words = translatable("doctor.silent", state.problem.detail, why=state.problem.sentence)
            if "could not start" in words:
                area, advice = "settings", "correct the setting, then start the service again"
            yield found(area, name, words, FAULT, advice)


def check_versions(reports: Sequence[ServiceReport]) -> Iterator[DoctorFinding]:
    """Whether all services have the same version."""
    versions = Counter(report.version for report in reports)
    if len(versions) == 1:
        count, version = len(reports), reports[0].version
        words = translatable("doctor.one_version", f"all {count} have version {version}", count=count, version=version)
        yield found("versions", "services", words)
    elif versions:
        listed = [f"{report.service} {report.version}" for report in reports]
        words = translatable("doctor.versions", ", ".join(listed), listed=listed)
        yield found("versions", "services", words, FAULT, "start all services from the same image or installation")


def check_migrations(reports: Sequence[ServiceReport]) -> Iterator[DoctorFinding]:
    """Whether each database schema has the revision that its service expects."""
    for report in reports:
        revision, expected = report.schema_revision, report.newest_revision
        if expected is None:
            words = f"revision {revision}; the service does not report which revision it expects"
            words = translatable("doctor.revision_unknown", words, found=revision)
            yield found("migrations", report.service, words, WARNING, "update the service to this version")
        elif revision == expected:
            words = translatable("doctor.revision_newest", f"revision {revision}, the newest", found=revision)
            yield found("migrations", report.service, words)
        else:
            words = f"revision {revision}, expected {expected}"
            words = translatable("doctor.revision_other", words, found=revision, expected=expected)
            advice = (
                "restart the service: it migrates its schema at the start; if it is older than its schema, update it"
            )
            yield found("migrations", report.service, words, FAULT, advice)


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
        waiting, wrong = report.outbox_waiting, report.failed_messages
        words = f"{waiting} messages wait to be sent, {wrong} failed"
        words = translatable("doctor.backlog", words, waiting=waiting, failed=wrong)
        yield found("backlog", report.service, words, severity, advice)


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
    seconds = round(abs(difference.total_seconds()))
    if abs(difference) <= CLOCK_DIFFERENCE_WARNING:
        return found("clocks", subject, translatable("doctor.clock_right", "in sync with the gateway"))
    words = translatable("doctor.clock_ahead", f"{seconds} s ahead of the gateway", seconds=seconds)
    if difference < timedelta():
        words = translatable("doctor.clock_behind", f"{seconds} s behind the gateway", seconds=seconds)
    severity = FAULT if abs(difference) > CLOCK_DIFFERENCE_FAULT else WARNING
    return found("clocks", subject, words, severity, "synchronize the clocks of both machines with NTP")


def check_integrations(integrations: Sequence[Integration]) -> Iterator[DoctorFinding]:
    """The state of every outside system and of the folders, as their services have just checked it."""
    for each in integrations:
        area = "paths" if each.name == "disk" else "integrations"
        words = " ".join(word for word in (each.name, each.version, each.address and f"at {each.address}") if word)
        name, version, address = each.name, each.version, each.address
        detail = with_code(each.detail, each.translatable.get("detail"))
        if each.state is IntegrationState.OK:
            seen = f"{words}: {each.detail}" if each.detail else words
            works = translatable(
                "doctor.system_works", seen, name=name, version=version, address=address, detail=detail
            )
            yield found(area, each.service, works)
        elif each.state is IntegrationState.NOT_CONFIGURED and not each.required:
            words = f"{words}: not configured (optional)"
            unused = translatable("doctor.system_unused", words, name=name, version=version, address=address)
            yield found(area, each.service, unused)
        else:
            temporary = each.state in (IntegrationState.THROTTLED, IntegrationState.PAUSED)
            severity = WARNING if temporary or not each.required else FAULT
            reason = f" ({each.reason.replace('_', ' ')})" if each.reason else ""
            seen = translatable(
                "doctor.system_fails",
                f"{words} {STATE_WORDS[each.state]}{reason}",
                name=name,
                version=version,
                address=address,
                state=each.state,
                reason=each.reason,
            )
            advice = f"check the address and the credentials of {name} in the settings"
            advice = translatable("doctor.check_system", advice, name=name)
            yield found(area, each.service, seen, severity, detail or advice)


def check_scheduler(status: SchedulerStatus) -> Iterator[DoctorFinding]:
    """Whether due tasks are started and active runs make progress."""
    if status.lag_seconds > LATE_SECONDS:
        words = f"{status.lag_task} is {status.lag_seconds:.0f} s late"
        words = translatable("doctor.task_late", words, task=status.lag_task, seconds=round(status.lag_seconds))
        yield found("schedule", "scheduler", words, FAULT, "read the scheduler's log")
    for run in status.stuck:
        heard_at = run.heard_at or run.started_at
        words = f"a run of {run.task} sent its last heartbeat at {heard_at}"
        words = translatable("doctor.run_stuck", words, task=run.task, at=heard_at and heard_at.isoformat())
        advice = f"check the service that does the work; POST /api/scheduler/runs/{run.id}/cancel ends the run"
        yield found("schedule", "scheduler", words, WARNING, advice)
    if status.lag_seconds <= LATE_SECONDS and not status.stuck:
        running, waiting = len(status.running), len(status.waiting)
        words = f"nothing late or stuck, {running} running, {waiting} waiting"
        yield found("schedule", "scheduler", translatable("doctor.on_time", words, running=running, waiting=waiting))
