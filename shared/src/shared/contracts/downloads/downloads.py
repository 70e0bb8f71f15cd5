"""Downloads: from a wanted book to its files in the library folder."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.message import Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import (
    DownloadId,
    Indexer,
    InfoHash,
    MissingBookId,
    Moment,
    Sequence,
    Words,
)


class DownloadStatus(StrEnum):
    QUEUED = "queued"
    SEARCHING = "searching"
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"


class WaitsFor(StrEnum):
    """What a queued download waits for."""

    APPROVAL = "approval"
    DECISION = "decision"
    DISK = "disk"
    ACCOUNT = "account"


class DownloadSource(StrEnum):
    MAM = "MAM"
    PROWLARR = "PROWLARR"
    MANUAL = "MANUAL"


class ErrorType(StrEnum):
    NETWORK = "NETWORK"
    AUTH = "AUTH"
    TIMEOUT = "TIMEOUT"
    NO_RELEASE = "NO_RELEASE"
    CLIENT = "CLIENT"
    IMPORT = "IMPORT"
    VERIFY = "VERIFY"


class Download(BaseModel):
    """One wanted book on its way from search to library."""

    id: DownloadId
    missing_book_id: UUID | None = None
    title: str
    authors: list[str] = []
    series: str | None = None
    sequence: str | None = None
    priority: int = Field(0, description="higher is searched first")
    status: DownloadStatus
    waiting_for: str | None = Field(None, description="what a person has to decide before it goes on, in words")
    source: DownloadSource | None = None
    release_id: str | None = None
    release_title: str | None = None
    info_hash: InfoHash | None = None
    client_state: str | None = Field(None, description="qBittorrent's word")
    progress: float = Field(0.0, ge=0, le=1)
    size_bytes: int | None = None
    retry_count: int = 0
    max_retries: int = 0
    error: str | None = None
    error_type: ErrorType | None = None
    last_attempt_at: Moment | None = None
    next_retry_at: Moment | None = None
    library_path: str | None = Field(None, description="below the library folder, once imported")
    book_id: UUID | None = None
    created_at: Moment
    updated_at: Moment


class ListDownloads(Request[Page[Download]]):
    """Downloads, newest first unless told."""

    subject: ClassVar[str] = "rpc.downloads.list_downloads"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-created_at"
    status: DownloadStatus | None = None
    missing_book_id: UUID | None = None
    source: DownloadSource | None = None
    error_type: ErrorType | None = None
    waiting: bool | None = Field(None, description="whether a person, the account or the disk is waited for")


class GetDownload(Request[Download]):
    """One download."""

    subject: ClassVar[str] = "rpc.downloads.get_download"
    id: DownloadId


class RetryDownload(Request[Download]):
    """Try a failed, abandoned or cancelled download, or one that was put off, again from the search on."""

    subject: ClassVar[str] = "rpc.downloads.retry"
    id: DownloadId


class CancelDownload(Request[Download]):
    """Give a download up. The torrent stays in the client while its seeding duty is not met."""

    subject: ClassVar[str] = "rpc.downloads.cancel"
    id: DownloadId


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
