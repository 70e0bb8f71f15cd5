"""What the doctor finds, and how bad it is."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, Field


class Severity(StrEnum):
    """In the order of how bad it is."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Finding(BaseModel):
    """One thing that was looked at."""

    area: str = Field(examples=["services"])
    subject: str = Field(examples=["downloader"])
    severity: Severity = Severity.OK
    words: str = Field(description="what was seen")
    to_do: str = Field("", description="what to do about it; empty when nothing is to be done")


class Diagnosis(BaseModel):
    """Everything that was looked at; `healthy` when nothing is a fault."""

    healthy: bool
    findings: list[Finding]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Diagnosis":
        """The findings with their verdict."""
        listed = list(findings)
        return cls(healthy=all(each.severity is not Severity.FAULT for each in listed), findings=listed)
