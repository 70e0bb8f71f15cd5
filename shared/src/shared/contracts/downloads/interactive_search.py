"""Interactive search: every indexer is searched, every release is judged, nothing is decided."""

from typing import ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.downloads import Download
from shared.contracts.mam.releases import Release
from shared.contracts.message import Request
from shared.contracts.values import Indexer, MissingBookId, Reason, Words


class JudgedRelease(BaseModel):
    """A release on offer, with the decision that a search would make of it."""

    release: Release
    verdict: Verdict
    score: float
    reasons: list[Reason]


class FoundReleases(BaseModel):
    """What the indexers have on offer, best first. `problems` names whatever could not be asked: it is not empty."""

    releases: list[JudgedRelease] = []
    problems: list[str] = []


class SearchReleases(Request[FoundReleases]):
    """Search MyAnonamouse and Prowlarr for words, or for a missing book; nothing is decided by it.

    Exactly one of both is given. The indexers are asked at their own pace, so an answer may take a minute.
    """

    subject: ClassVar[str] = "rpc.downloads.search_releases"
    timeout_seconds: ClassVar[float] = 90.0
    query: Words | None = None
    missing_book_id: MissingBookId | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.query is None) == (self.missing_book_id is None):
            raise ValueError("give exactly one of query and missing_book_id")
        return self


class GrabFoundRelease(Request[Download]):
    """Send a release that an interactive search showed to the download client: a download is made for it.

    What the rules reject is refused, except for what only the account or the disk forbids for now.
    """

    subject: ClassVar[str] = "rpc.downloads.grab_found_release"
    not_twice: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 10.0
    indexer: Indexer = Field(examples=["MAM"])
    release_id: Words = Field(description="the indexer's own id, as a search told it", examples=["900001"])
    missing_book_id: UUID | None = Field(None, description="the missing book that it is taken for")
