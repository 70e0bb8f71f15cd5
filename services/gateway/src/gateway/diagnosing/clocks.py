"""How far clocks are apart, as far as a question and its answer can tell."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, Field
from shared.contracts.system import ServiceReport

POSTGRES = "postgres"


class ClockSkew(BaseModel):
    """A clock beside the gateway's."""

    subject: str = Field(description="a service, or postgres", examples=["downloader"])
    seconds: float = Field(description="before the gateway's clock; behind it when negative; 0: no difference seen")


def apart(told: datetime, asked: datetime, answered: datetime) -> timedelta:
    """Nothing when it lies between question and answer, else how far outside."""
    if told < asked:
        return told - asked
    return max(told - answered, timedelta())


def skews(reports: Sequence[ServiceReport], asked: datetime, answered: datetime) -> Iterator[ClockSkew]:
    """Each service's clock, and of what they read of Postgres's the reading that is farthest off."""
    for report in reports:
        if report.now:
            yield ClockSkew(subject=report.service, seconds=apart(report.now, asked, answered).total_seconds())
    if read := [apart(report.database_now, asked, answered) for report in reports if report.database_now]:
        yield ClockSkew(subject=POSTGRES, seconds=max(read, key=abs).total_seconds())
