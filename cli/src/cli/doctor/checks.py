"""What the doctor thinks of what the API told: no I/O, one function an area."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from shared.chassis.clock import apart
from shared.contracts.gateway.diagnostics import ServiceState
from shared.contracts.scheduler import SchedulerStatus
from shared.contracts.system import FailedMessage, Integration, IntegrationState, ServiceReport

from cli.doctor.findings import Finding, Severity

CLOCKS_APART = timedelta(seconds=2)
"""More is worth a word: due times and retries are told by two clocks."""
CLOCKS_TOO_FAR_APART = timedelta(seconds=30)
OUTBOX_WAITING = 1_000
"""Messages that wait while all is well are few, and those planned for later."""
LATE_SECONDS = 60.0
OUTBOX_SECONDS = 60.0
"""A message that is ready goes out at once while NATS takes it."""
OK, WARNING, FAULT = Severity.OK, Severity.WARNING, Severity.FAULT


def check_services(states: Sequence[ServiceState]) -> Iterator[Finding]:
    """Whether each answers; one that could not start says which setting is wrong."""
    for state in states:
        if state.report:
            words = f"answers, since {state.report.started_at:%Y-%m-%d %H:%M} UTC"
            yield Finding(area="services", subject=state.service, words=words)
            continue
        seen = state.problem.detail if state.problem else "does not answer"
        area, advice = "services", "see whether it runs, and what its log says"
        if "could not start" in seen:
            area, advice = "settings", "correct the setting, then start the service again"
        yield Finding(area=area, subject=state.service, severity=FAULT, words=seen, to_do=advice)


def check_versions(reports: Sequence[ServiceReport]) -> Iterator[Finding]:
    """Whether all services are of one version."""
    versions = Counter(report.version for report in reports)
    if len(versions) == 1:
        yield Finding(area="versions", subject="services", words=f"{len(reports)} of version {reports[0].version}")
    elif versions:
        told = ", ".join(f"{report.service} {report.version}" for report in reports)
        advice = "start all services from the same image or installation"
        yield Finding(area="versions", subject="services", severity=FAULT, words=told, to_do=advice)


def check_migrations(reports: Sequence[ServiceReport]) -> Iterator[Finding]:
    """Whether each schema is at the revision that its service expects."""
    for report in reports:
        found, expected = report.schema_revision, report.newest_revision
        if expected is None:
            words = f"at {found}; the service does not tell which revision it expects"
            yield Finding(area="migrations", subject=report.service, severity=WARNING, words=words,
                          to_do="start it with this version")  # fmt: skip
        elif found == expected:
            yield Finding(area="migrations", subject=report.service, words=f"at {found}, the newest")
        else:
            words = f"at {found}, expected is {expected}"
            advice = "start the service again: it migrates when it starts; if it is older than its schema, update it"
            yield Finding(area="migrations", subject=report.service, severity=FAULT, words=words, to_do=advice)


def check_backlog(reports: Sequence[ServiceReport], failed: Sequence[FailedMessage]) -> Iterator[Finding]:
    """Messages that wait to go out, and those that failed."""
    for report in reports:
        severity, advice = OK, ""
        if report.failed_messages:
            final = sum(1 for message in failed if message.service == report.service and message.final)
            severity = FAULT if final else WARNING
            advice = (
                "read the errors at GET /api/system/diagnostics, and send them again with"
                " POST /api/system/diagnostics/{area}/resend when their cause is mended"
            )
        elif report.outbox_waiting > OUTBOX_WAITING or _stands_still(report):
            severity, advice = WARNING, "see whether NATS takes messages: GET /api/system/health, and the service's log"
        words = f"{report.outbox_waiting} messages wait to go out, {report.failed_messages} failed"
        yield Finding(area="backlog", subject=report.service, severity=severity, words=words, to_do=advice)


def _stands_still(report: ServiceReport) -> bool:
    oldest_seconds = report.postgres.outbox_oldest_seconds if report.postgres else None
    return oldest_seconds is not None and oldest_seconds > OUTBOX_SECONDS


def check_clocks(reports: Sequence[ServiceReport], asked: datetime, answered: datetime) -> Iterator[Finding]:
    """How far the clocks of the services and of Postgres are from this machine's, between question and answer."""
    if told := [report.now for report in reports if report.now]:
        yield _clock("services", max((apart(each, asked, answered) for each in told), key=abs))
    if told := [report.database_now for report in reports if report.database_now]:
        yield _clock("Postgres", max((apart(each, asked, answered) for each in told), key=abs))


def _clock(subject: str, apart: timedelta) -> Finding:
    seconds = apart.total_seconds()
    if abs(apart) <= CLOCKS_APART:
        return Finding(area="clocks", subject=subject, words="the same as this machine's")
    words = f"{abs(seconds):.0f} s {'behind' if seconds < 0 else 'before'} this machine's"
    severity = FAULT if abs(apart) > CLOCKS_TOO_FAR_APART else WARNING
    return Finding(area="clocks", subject=subject, severity=severity, words=words,
                   to_do="set both machines' clocks by NTP")  # fmt: skip


def check_integrations(found: Sequence[Integration]) -> Iterator[Finding]:
    """Every outside system, and the folders, as the services that use them found them just now."""
    for each in found:
        area = "paths" if each.name == "disk" else "integrations"
        words = " ".join(word for word in (each.name, each.version, each.address and f"at {each.address}") if word)
        if each.state is IntegrationState.OK:
            seen = f"{words}: {each.detail}" if each.detail else words
            yield Finding(area=area, subject=each.service, words=seen)
        elif each.state is IntegrationState.NOT_CONFIGURED and not each.required:
            yield Finding(area=area, subject=each.service, words=f"{words}: not set up, and need not be")
        else:
            yield Finding(
                area=area,
                subject=each.service,
                severity=WARNING if each.state is IntegrationState.THROTTLED or not each.required else FAULT,
                words=f"{words} is {each.state.replace('_', ' ')}",
                to_do=each.detail or f"see the address and the credentials of {each.name} in the settings",
            )


def check_scheduler(status: SchedulerStatus) -> Iterator[Finding]:
    """Whether what is due is begun, and what was begun goes on."""
    if status.lag_seconds > LATE_SECONDS:
        words = f"{status.lag_task} is {status.lag_seconds:.0f} s late"
        yield Finding(
            area="schedule", subject="scheduler", severity=FAULT, words=words, to_do="see the scheduler's log"
        )
    for run in status.stuck:
        words = f"a run of {run.task} was last heard of at {run.heard_at or run.started_at}"
        advice = f"see the service that does it; POST /api/scheduler/runs/{run.id}/cancel ends it"
        yield Finding(area="schedule", subject="scheduler", severity=WARNING, words=words, to_do=advice)
    if status.lag_seconds <= LATE_SECONDS and not status.stuck:
        words = f"nothing late or stuck, {len(status.running)} under way, {len(status.waiting)} waiting"
        yield Finding(area="schedule", subject="scheduler", words=words)
