"""Interactive search: all indexers are searched and all releases are judged, but nothing is grabbed."""

from typing import ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator

from shared.contracts.downloads.candidates import JudgedRelease
from shared.contracts.downloads.downloads import Download
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import Indexer, MissingBookId, Words


class FoundReleases(Model):
    """The releases found, best first, each judged as an automatic search would judge it.

    `problems` names the indexers that could not be searched, and why.
    """

    quality_profile: str = Field("", description="name of the quality profile by which they are judged")
    releases: list[JudgedRelease] = []
    problems: list[str] = []
    translatable: Translatables = {}


class SearchReleases(Request[FoundReleases]):
    """Search MyAnonamouse and Prowlarr for a query or a missing book, without grabbing anything.

    Give exactly one of `query` and `missing_book_id`. Rate limits of the indexers can delay the answer by a minute.
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
    """Grab a release from an interactive search: create a download for it and send it to the download client.

    Releases that the rules reject are refused, unless only the account or the disk prevents the grab for now.
    """

    subject: ClassVar[str] = "rpc.downloads.grab_found_release"
    not_repeatable: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 10.0
    indexer: Indexer = Field(examples=["MAM"])
    release_id: Words = Field(description="the indexer's id, as returned by a search", examples=["900001"])
    missing_book_id: UUID | None = Field(None, description="the missing book that it is grabbed for")
