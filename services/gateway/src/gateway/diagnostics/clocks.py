"""How much clocks differ, measured with a request and its answer."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.chassis.clock import clock_difference
from shared.contracts.gateway.diagnostics import ClockSkew
from shared.contracts.system import ServiceReport

POSTGRES = "postgres"


def skews(reports: Sequence[ServiceReport], sent_at: datetime, received_at: datetime) -> Iterator[ClockSkew]:
    """The difference of each service's clock, and the largest difference of Postgres's clock that a service read."""
    for report in reports:
        if report.now:
            yield ClockSkew(
                subject=report.service, seconds=clock_difference(report.now, sent_at, received_at).total_seconds()
            )
    if read := [
        clock_difference(report.database_now, sent_at, received_at) for report in reports if report.database_now
    ]:
        yield ClockSkew(subject=POSTGRES, seconds=max(read, key=abs).total_seconds())
