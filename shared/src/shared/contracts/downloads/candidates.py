"""Candidates: the releases judged for a download, and the choice that a person makes among them."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field, computed_field

from shared.contracts.downloads.downloads import Download
from shared.contracts.mam.grabs import GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import (
    DownloadId,
    Moment,
    Reason,
)


class Verdict(StrEnum):
    """The result of judging a release. A person decides on a doubtful one."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTFUL = "doubtful"


MATCHED_BOOK, MATCHED_EDITION = "matched book", "matched edition"
"""Rules of the reasons why a release is the wanted book, and which edition of it."""


class RuleReason(Reason):
    """What one rule found. A reason without a verdict explains what matches the wanted book or edition."""

    verdict: Verdict | None = None
    got: str | None = Field(None, description="what the rule found")
    want: str | None = Field(None, description="what the rule expects")
    temporary: bool = Field(False, description="it is about the account or the disk, and may differ soon")


class GrabCost(Model):
    """What a grab costs the account at MyAnonamouse."""

    slots: int = Field(description="slots for unsatisfied torrents that it uses")
    slots_left: int | None = Field(description="slots for further grabs like this one, after it; null: unknown")
    paid_bytes: int = Field(description="bytes that will count as downloaded; 0 if it is free")
    ratio: float | None = Field(description="the ratio before it; null: infinite")
    ratio_after: float | None = Field(description="the ratio after it; null: infinite or unknown")
    wedge: bool = Field(description="a freeleech wedge was or will be spent for it")


class JudgedRelease(Model):
    """A release that was judged for a wanted book, with the verdict, its reasons and what a grab costs."""

    release: Release
    verdict: Verdict
    score: float = Field(description="from 0 to 1; orders the releases with one verdict, the best first")
    reasons: list[RuleReason]
    account: GrabFigures | None = Field(
        None, description="figures of the account at MyAnonamouse; null: they were not needed for this decision"
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def cost(self) -> GrabCost | None:
        """What a grab costs the account; null if it costs nothing there, or if the account was not read."""
        figures = self.account
        if figures is None:
            return None
        left = figures.slots_left
        return GrabCost(
            slots=1,
            slots_left=None if left is None else max(0, left - 1),
            paid_bytes=figures.paid_bytes,
            ratio=figures.ratio,
            ratio_after=figures.ratio_after,
            wedge=figures.wedge,
        )


class Candidate(JudgedRelease):
    """A judged release as it is stored with a download."""

    id: UUID
    download_id: DownloadId
    grabbed: bool = False
    judged_at: Moment


class ListCandidates(Request[Page[Candidate]]):
    """List every release that was judged for a download, best first."""

    subject: ClassVar[str] = "rpc.downloads.list_candidates"
    download_id: DownloadId
    limit: Limit = 50
    offset: Offset = 0


class GrabRelease(Request[Download]):
    """Send one candidate to the download client because a person chose it.

    A doubtful candidate can be grabbed, a rejected one cannot.
    """

    subject: ClassVar[str] = "rpc.downloads.grab"
    download_id: DownloadId
    candidate_id: UUID
