"""How far clocks are apart, as far as a question and its answer can tell."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.chassis.clock import clock_difference
from shared.contracts.gateway.diagnostics import ClockSkew
from shared.contracts.system import ServiceReport

POSTGRES = "postgres"


def skews(reports: Sequence[ServiceReport], asked: datetime, answered: datetime) -> Iterator[ClockSkew]:
    """Each service's clock, and of what they read of Postgres's the reading that is farthest off."""
    for report in reports:
        if report.now:
            yield ClockSkew(
                subject=report.service, seconds=clock_difference(report.now, asked, answered).total_seconds()
            )
    if read := [clock_difference(report.database_now, asked, answered) for report in reports if report.database_now]:
        yield ClockSkew(subject=POSTGRES, seconds=max(read, key=abs).total_seconds())
