"""Candidates: the releases judged for a download, and the choice that a person makes among them."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.downloads.downloads import Download
from shared.contracts.mam.grabs import GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.message import Request
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


class Candidate(BaseModel):
    """A release that was judged for a wanted book, with the verdict and its reasons."""

    id: UUID
    download_id: DownloadId
    release: Release
    verdict: Verdict
    score: float = Field(description="from 0 to 1; orders the releases with one verdict, the best first")
    reasons: list[Reason]
    account: GrabFigures | None = Field(
        None, description="figures of the account at MyAnonamouse; null: they were not needed for this decision"
    )
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
