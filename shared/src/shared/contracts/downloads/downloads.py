"""Downloads: from a wanted book to its files in the library folder."""

from base64 import b64encode
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import Base64Bytes, ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import AnyIdOf, AnyOf, Limit, Offset, Page, Sort
from shared.contracts.translatable import Translatables
from shared.contracts.values import (
    BookId,
    DownloadId,
    Flag,
    Indexer,
    InfoHash,
    MissingBookId,
    Moment,
    Sequence,
    Words,
)


class DownloadStatus(StrEnum):
    """The state of a download. Imported, abandoned and cancelled ones are finished."""

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
    """The indexer of the grabbed release. MANUAL is a torrent that a person gave."""

    MAM = "MAM"
    PROWLARR = "PROWLARR"
    MANUAL = "MANUAL"


class ErrorType(StrEnum):
    """The kind of a failure. It selects the delays before the retries."""

    NETWORK = "NETWORK"
    AUTH = "AUTH"
    TIMEOUT = "TIMEOUT"
    NO_RELEASE = "NO_RELEASE"
    CLIENT = "CLIENT"
    IMPORT = "IMPORT"
    VERIFY = "VERIFY"


class ReplacedBook(Model):
    """An owned book that a better release replaces. Its files are moved aside after the import, and never deleted."""

    book_id: BookId
    path: str = Field(description="relative to the library folder")
    format: str | None = Field(None, examples=["mp3"])
    narrators: list[str] = []
    abridged: bool = False
    bitrate_kbps: float | None = None
    series_narrator: str | None = Field(None, description="who must read it, because the profile keeps that narrator")
    shortcomings: list[str] = Field([], description="what the quality profile wants of it")
    moved_to: str | None = Field(None, description="where its files are now; null: still in the library")
    problem: str | None = Field(None, description="why its files were not moved")


class ConversionKind(StrEnum):
    """How the audio of an import is changed before it is placed. The downloaded files stay as they are."""

    MERGE = "merge"
    TAG = "tag"


class Conversion(Model):
    """The merging of an import's files into one m4b, or the tagging of copies of them."""

    kind: ConversionKind
    progress: float = Field(0.0, ge=0, le=1)
    problem: str | None = Field(None, description="why it failed; the files are then imported unchanged")


class Download(Model):
    """One wanted book on its way from search to import."""

    id: DownloadId
    missing_book_id: UUID | None = None
    title: str
    authors: list[str] = []
    series: str | None = None
    sequence: str | None = None
    priority: int = Field(0, description="higher is searched first")
    status: DownloadStatus
    waiting_for: str | None = Field(None, description="what it waits for, such as a person's decision")
    source: DownloadSource | None = None
    release_id: str | None = None
    release_title: str | None = None
    info_hash: InfoHash | None = None
    in_pack: bool = Field(
        False, description="true: its torrent holds several books, and downloads with the same `info_hash` share it"
    )
    client_state: str | None = Field(None, description="the state that the download client reports")
    progress: float = Field(0.0, ge=0, le=1)
    size_bytes: int | None = None
    retry_count: int = 0
    max_retries: int = 0
    error: str | None = None
    error_type: ErrorType | None = None
    translatable: Translatables = {}
    last_attempt_at: Moment | None = None
    next_retry_at: Moment | None = None
    delayed_until: Moment | None = Field(
        None, description="when the release kept for a delay is grabbed, unless a better one came; null: none is kept"
    )
    delayed_release_title: str | None = None
    library_path: str | None = Field(None, description="relative to the library folder; set after the import")
    conversion: Conversion | None = Field(None, description="null: the files are placed as they are")
    book_id: UUID | None = None
    replaces: ReplacedBook | None = Field(None, description="the owned book that it replaces; null: a missing book")
    created_at: Moment
    updated_at: Moment


class DownloadFilters(Model):
    """Which downloads are listed."""

    status: AnyOf[DownloadStatus] = []
    missing_book_id: AnyIdOf = Field(
        [], description="downloads of these missing books, such as those of one page; empty: of any book or none"
    )
    source: AnyOf[DownloadSource] = []
    error_type: AnyOf[ErrorType] = []
    waiting: bool | None = Field(
        None, description="true: only downloads that wait for a person, the account or disk space; false: only others"
    )


class ListDownloads(DownloadFilters, Request[Page[Download]]):
    """List downloads, newest first by default."""

    subject: ClassVar[str] = "rpc.downloads.list_downloads"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-created_at"


class GetDownload(Request[Download]):
    """Get one download."""

    subject: ClassVar[str] = "rpc.downloads.get_download"
    id: DownloadId


class RetryDownload(Request[Download]):
    """Retry a failed, abandoned, cancelled or deferred download, beginning with the search."""

    subject: ClassVar[str] = "rpc.downloads.retry"
    id: DownloadId


class CancelDownload(Request[Download]):
    """Cancel a download. The torrent stays in the client until its seeding duty is met."""

    subject: ClassVar[str] = "rpc.downloads.cancel"
    id: DownloadId


Magnet = Annotated[str, StringConstraints(pattern=r"^magnet:\?[\x21-\x7e]+$", max_length=4000)]
TorrentAddress = Annotated[str, StringConstraints(pattern=r"^https?://[\x21-\x7e]+$", max_length=2000)]
MAX_TORRENT_BYTES = 4 * 2**20
"""The largest torrent file that a person can give. With base64 it fits into one message."""
_MAX_ENCODED_BYTES = MAX_TORRENT_BYTES * 4 // 3 + 4


class ReleaseReference(Model):
    """A release, identified as in a search result."""

    model_config = ConfigDict(frozen=True)

    indexer: Indexer
    id: Words = Field(description="the indexer's id, as returned by a search")


class CreateDownload(Request[Download]):
    """Create a download for a missing book, a release from a search, or a torrent that a person gives.

    Give exactly one of `missing_book_id`, `release`, `magnet`, `torrent` and `address`. A given torrent also needs the
    `missing_book_id` of the book that it is, or a `title`. It is judged like every release.

    A missing book without a release is searched now, also if its download failed or waits. A person asks for it, so an
    acceptable release is grabbed without another approval, whatever the settings say. Doubtful ones wait for a person.
    """

    subject: ClassVar[str] = "rpc.downloads.create_download"
    not_repeatable: ClassVar[bool] = True
    timeout_seconds: ClassVar[float] = 30.0
    missing_book_id: MissingBookId | None = Field(None, examples=["6f1d6f0e-3c1b-4f86-9a55-0d5f2f5f2a10"])
    release: ReleaseReference | None = None
    magnet: Magnet | None = Field(None, description="a magnet link")
    torrent: Base64Bytes | None = Field(
        None, max_length=_MAX_ENCODED_BYTES, description=f"a torrent file of at most {MAX_TORRENT_BYTES // 2**20} MiB"
    )
    address: TorrentAddress | None = Field(
        None, description="the public address of a torrent file, or of a redirect to a magnet link"
    )
    override: Flag = Field(
        False, description="true: take a given torrent that a rule rejects, unless it is blocked or already grabbed"
    )
    title: Words | None = Field(None, description="the title of the book; replaces the title of the release")
    authors: list[Words] = Field([], max_length=20)
    series: Words | None = None
    sequence: Sequence | None = None

    @classmethod
    def of_torrent(cls, content: bytes, **fields: Any) -> "CreateDownload":
        """The request for a torrent file. Raises `ValidationError`."""
        return cls(torrent=b64encode(content), **fields)

    @property
    def gives_torrent(self) -> bool:
        """Whether a person gives the torrent."""
        return self.magnet is not None or self.torrent is not None or self.address is not None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in ("magnet", "torrent", "address") if getattr(self, name) is not None]
        sources = [name for name in ("missing_book_id", "release") if getattr(self, name) is not None] + given
        allowed = len(sources) == 1 or (len(given) == 1 and sources == ["missing_book_id", *given])
        if not allowed:
            raise ValueError(
                "give exactly one of missing_book_id, release, magnet, torrent and address;"
                f" got {', '.join(sources) or 'none'}"
            )
        if self.torrent is not None and len(self.torrent) > MAX_TORRENT_BYTES:
            raise ValueError(f"torrent: more than {MAX_TORRENT_BYTES} bytes")
        if given and self.missing_book_id is None and self.title is None:
            raise ValueError(f"title or missing_book_id: required with {given[0]}, to know which book it is")
        return self


class SearchDownloads(Request[Page[Download]]):
    """Search downloads for every word of the query in title, authors or release title; newest first by default."""

    subject: ClassVar[str] = "rpc.downloads.search_downloads"
    query: Words
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-created_at"


class UpdateDownload(Request[Download]):
    """Change the priority of a download, the limit of its retries, or the time of the next retry.

    Fields that are left out do not change. `next_retry_at` applies only to a failed download.
    """

    subject: ClassVar[str] = "rpc.downloads.update_download"
    id: DownloadId
    priority: int | None = Field(None, ge=0, le=1000, description="higher is searched first")
    max_retries: int | None = Field(
        None, ge=0, le=100, description="how often it is retried after a failure, on either retry ladder"
    )
    next_retry_at: Moment | None = None


class DeleteDownload(Request[Download]):
    """Delete the record of an imported, cancelled or abandoned download. Its failed attempts are kept."""

    subject: ClassVar[str] = "rpc.downloads.delete_download"
    id: DownloadId


class DownloadProgress(Model):
    """The current progress of a download; `problem` says why the client could not be queried."""

    id: DownloadId
    status: DownloadStatus
    client_state: str | None = Field(None, description="the state that the download client reports")
    progress: float = Field(ge=0, le=1)
    size_bytes: int | None = None
    downloaded_bytes: int | None = None
    speed_bytes_per_second: int | None = None
    eta_seconds: int | None = Field(None, description="seconds until it is complete; null: unknown")
    seeds: int | None = None
    live: bool = Field(description="true: read from the client now; false: the last known state")
    problem: str | None = None


class GetDownloadProgress(Request[DownloadProgress]):
    """Get the progress of one download."""

    subject: ClassVar[str] = "rpc.downloads.get_download_progress"
    id: DownloadId
