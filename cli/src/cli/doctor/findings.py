"""A finding of the doctor and its severity."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, Field


class Severity(StrEnum):
    """How serious a finding is, least serious first."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Finding(BaseModel):
    """The result of one check."""

    area: str = Field(examples=["services"])
    subject: str = Field(examples=["downloader"])
    severity: Severity = Severity.OK
    words: str = Field(description="what the check found")
    to_do: str = Field("", description="what to do about it; empty if nothing")


class Diagnosis(BaseModel):
    """All findings; `healthy` if none of them is a fault."""

    healthy: bool
    findings: list[Finding]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Diagnosis":
        """The diagnosis that these findings add up to."""
        listed = list(findings)
        return cls(healthy=all(each.severity is not Severity.FAULT for each in listed), findings=listed)
