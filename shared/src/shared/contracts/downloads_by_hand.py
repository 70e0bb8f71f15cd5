"""Downloads as people make and change them."""

from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.downloads import BlockedRelease, Download, DownloadStatus, Verdict
from shared.contracts.mam import Release
from shared.contracts.message import Event, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import DownloadId, Indexer, MissingBookId, Moment, Reason, Sequence, Words

Magnet = Annotated[str, StringConstraints(pattern=r"^magnet:\?[\x21-\x7e]+$", max_length=4000)]


class ReleaseReference(BaseModel):
    """A release as a search named it."""

    model_config = ConfigDict(frozen=True)

    indexer: Indexer
    id: Words = Field(description="the indexer's own id, as a search told it")


class CreateDownload(Request[Download]):
    """Download a missing book, a release that a search found, or what a magnet link leads to.

    Exactly one of `missing_book_id`, `release` and `magnet` is given. A magnet link needs a title; a release has one.
    """

    subject: ClassVar[str] = "rpc.downloads.create_download"
    not_twice: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 10.0
    missing_book_id: MissingBookId | None = Field(None, examples=["6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10"])
    release: ReleaseReference | None = None
    magnet: Magnet | None = Field(None, description="a magnet link with a version 1 info hash")
    title: Words | None = Field(None, description="the book's title; with a release: instead of the release's own")
    authors: list[Words] = Field([], max_length=20)
    series: Words | None = None
    sequence: Sequence | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        given = [name for name in ("missing_book_id", "release", "magnet") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"give exactly one of missing_book_id, release and magnet; got {', '.join(given) or 'none'}"
            )
        if self.magnet is not None and self.title is None:
            raise ValueError("title: needed with a magnet, as the link does not tell the book")
        return self


class DownloadCancelled(Event):
    """A download was given up: by a person, or because its book is no longer wanted."""

    subject: ClassVar[str] = "evt.downloads.download_cancelled"
    download_id: DownloadId
    missing_book_id: UUID | None
    why: str


class SearchDownloads(Request[Page[Download]]):
    """Downloads whose title, authors or release title hold every word of the query, newest first unless told."""

    subject: ClassVar[str] = "rpc.downloads.search_downloads"
    query: Words
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-created_at"


class UpdateDownload(Request[Download]):
    """Change what a person may: how early it is searched, how often it is tried again, and when next.

    What is left out stays as it is. `next_retry_at` is for a failed download only.
    """

    subject: ClassVar[str] = "rpc.downloads.update_download"
    id: DownloadId
    priority: int | None = Field(None, ge=0, le=1000, description="higher is searched first")
    max_retries: int | None = Field(None, ge=0, le=100, description="tries after a failure, by either ladder")
    next_retry_at: Moment | None = None


class DeleteDownload(Request[Download]):
    """Take the record of an ended download away: imported, cancelled or abandoned. The tally of failures stays."""

    subject: ClassVar[str] = "rpc.downloads.delete_download"
    id: DownloadId


class DownloadProgress(BaseModel):
    """How far a download is, as the client shows it now; `problem` says why it could not be asked."""

    id: DownloadId
    status: DownloadStatus
    client_state: str | None = Field(None, description="qBittorrent's word")
    progress: float = Field(ge=0, le=1)
    size_bytes: int | None = None
    downloaded_bytes: int | None = None
    speed_bytes_per_second: int | None = None
    eta_seconds: int | None = Field(None, description="until it is complete; None when nobody knows")
    seeds: int | None = None
    live: bool = Field(description="seen in the client just now; else as it was last seen")
    problem: str | None = None


class GetDownloadProgress(Request[DownloadProgress]):
    """How far one download is."""

    subject: ClassVar[str] = "rpc.downloads.get_download_progress"
    id: DownloadId


class HideFailedAttempts(Request[Download]):
    """Hide what failed so far from a download; the permanent tally keeps it."""

    subject: ClassVar[str] = "rpc.downloads.hide_failed_attempts"
    download_id: DownloadId


class BlockRelease(Request[BlockedRelease]):
    """Never take a release again; blocking it again changes nothing."""

    subject: ClassVar[str] = "rpc.downloads.block_release"
    indexer: Indexer = Field(examples=["MAM"])
    release_id: Words = Field(description="the indexer's own id, as a search told it", examples=["900002"])
    title: Words = Field(examples=["The Marvelous Land of Oz"])
    reason: Words = Field("blocked by a person", examples=["the narrator reads another book"])


class UnblockRelease(Request[BlockedRelease]):
    """Let a release be taken again."""

    subject: ClassVar[str] = "rpc.downloads.unblock_release"
    id: UUID


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
