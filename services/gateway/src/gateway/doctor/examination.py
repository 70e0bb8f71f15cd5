"""Runs all checks of the doctor."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteError
from shared.contracts.gateway.doctor import Diagnosis, DoctorFinding, Severity
from shared.contracts.library.completeness import GetCompleteness
from shared.contracts.scheduler import TellSchedulerStatus
from shared.translatable import translatable

from gateway.backups.folder import BackupFolder
from gateway.diagnostics.integrations import REMEMBERED_SECONDS, IntegrationChecks
from gateway.diagnostics.report import DiagnosticsReporter
from gateway.doctor import checks, resource_checks
from gateway.doctor.finding_ages import FindingAges
from gateway.doctor.found import found
from gateway.notifications.history import History
from gateway.notifications.targets import Target


@dataclass(frozen=True)
class Doctor:
    """What the checks read."""

    bus: Bus
    diagnostics: DiagnosticsReporter
    integrations: IntegrationChecks
    targets: Sequence[Target]
    history: History
    ages: FindingAges
    backups: BackupFolder

    async def examine(self, *, test_now: bool) -> Diagnosis:
        """Run all checks. `test_now` tests the outside systems; else their states may be a minute old."""
        general, *others = await asyncio.gather(
            self._general(),
            _found("integrations", lambda: self._integrations(0 if test_now else REMEMBERED_SECONDS)),
            _found("library", self._library),
            _found("notifications", self._notifications),
            _found("schedule", self._schedule),
            _found("backups", self._backups),
        )
        findings = [*general, *(each for listed in others for each in listed)]
        return Diagnosis.of(await self.ages.dated(findings), datetime.now(UTC))

    async def _general(self) -> list[DoctorFinding]:
        sent_at = datetime.now(UTC)
        diagnostics = await self.diagnostics.report()
        received_at = datetime.now(UTC)
        reports = [state.report for state in diagnostics.services if state.report]
        return [
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
        ]

    async def _integrations(self, at_most_seconds: float) -> Iterable[DoctorFinding]:
        report = await self.integrations.get(self.bus, at_most_seconds=at_most_seconds)
        return checks.check_integrations(report.integrations)

    async def _library(self) -> Iterable[DoctorFinding]:
        return resource_checks.check_library(await self.bus.ask(GetCompleteness()))

    async def _notifications(self) -> Iterable[DoctorFinding]:
        return resource_checks.check_notifications(await self.history.of_targets(self.targets))

    async def _schedule(self) -> Iterable[DoctorFinding]:
        return checks.check_scheduler(await self.bus.ask(TellSchedulerStatus()))

    async def _backups(self) -> Iterable[DoctorFinding]:
        return resource_checks.check_backups(await asyncio.to_thread(self.backups.show), datetime.now(UTC))


async def _found(area: str, check: Callable[[], Awaitable[Iterable[DoctorFinding]]]) -> list[DoctorFinding]:
    """The findings of one check, or the finding that it could not be made."""
    try:
        return list(await check())
    except (Refused, RemoteError) as error:
        words = translatable("doctor.not_checked", str(error), why=str(error))
        advice = translatable("doctor.see_others", "see the findings about services and settings")
        return [found(area, "gateway", words, Severity.FAULT, advice)]
