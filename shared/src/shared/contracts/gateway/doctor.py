"""What the doctor finds."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment


class Severity(StrEnum):
    """How serious a finding is, least serious first."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class DoctorFinding(Model):
    """The result of one check."""

    area: str = Field(description="what was checked", examples=["services"])
    subject: str = Field(description="the service or outside system", examples=["downloader"])
    severity: Severity = Severity.OK
    words: str = Field(description="what the check found", examples=["running since 2026-03-01 12:00 UTC"])
    to_do: str = Field("", description="what to do about it; empty if nothing")
    translatable: Translatables = {}
    since: Moment | None = Field(
        None, description="since when the doctor has found it; null: nothing is wrong, or the time is unknown"
    )


class Diagnosis(Model):
    """All findings; `healthy` if none of them is a fault."""

    healthy: bool
    checked_at: Moment
    findings: list[DoctorFinding]

    @classmethod
    def of(cls, findings: Iterable[DoctorFinding], checked_at: Moment) -> "Diagnosis":
        """The diagnosis that these findings add up to."""
        listed = list(findings)
        healthy = all(each.severity is not Severity.FAULT for each in listed)
        return cls(healthy=healthy, checked_at=checked_at, findings=listed)
