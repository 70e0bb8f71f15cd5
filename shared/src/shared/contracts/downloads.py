"""Downloads: from a wanted book to its files in the library folder."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.mam import Release
from shared.contracts.message import Command, Event, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import (
    DownloadId,
    Indexer,
    InfoHash,
    MissingBookId,
    Moment,
    Reason,
    RunId,
    SeriesPlace,
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


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTFUL = "doubtful"


MATCHED_BOOK, MATCHED_EDITION = "matched book", "matched edition"
"""Rules of the reasons that say what makes a release the wanted book, and which edition of it."""


class Candidate(BaseModel):
    """A release judged for a wanted book, with the decision as it was made."""

    id: UUID
    download_id: DownloadId
    release: Release
    verdict: Verdict
    score: float
    reasons: list[Reason]
    grabbed: bool = False
    judged_at: Moment


class ListCandidates(Request[Page[Candidate]]):
    """Every release judged for a download, best first."""

    subject: ClassVar[str] = "rpc.downloads.list_candidates"
    download_id: DownloadId
    limit: Limit = 50
    offset: Offset = 0


class GrabRelease(Request[Download]):
    """Send one judged release to the download client, by a person's decision.

    A doubtful one may be taken, a rejected one not.
    """

    subject: ClassVar[str] = "rpc.downloads.grab"
    download_id: DownloadId
    candidate_id: UUID


class RetryDownload(Request[Download]):
    """Try a failed, abandoned or cancelled download, or one that was put off, again from the search on."""

    subject: ClassVar[str] = "rpc.downloads.retry"
    id: DownloadId


class CancelDownload(Request[Download]):
    """Give a download up. The torrent stays in the client while its seeding duty is not met."""

    subject: ClassVar[str] = "rpc.downloads.cancel"
    id: DownloadId


class FailedAttempt(BaseModel):
    """A row of the permanent tally of failures."""

    id: UUID
    task: str
    item: str
    release_id: str | None = None
    error_type: ErrorType
    reason: str
    first_attempt_at: Moment
    last_attempt_at: Moment
    count: int
    permanent: bool


class ListFailedAttempts(Request[Page[FailedAttempt]]):
    """What failed for a download, ever."""

    subject: ClassVar[str] = "rpc.downloads.list_failed_attempts"
    download_id: DownloadId
    limit: Limit = 50
    offset: Offset = 0


class BlockedRelease(BaseModel):
    """A release never to take again."""

    id: UUID
    indexer: Indexer
    release_id: str
    title: str
    reason: str
    blocked_at: Moment


class ListBlocklist(Request[Page[BlockedRelease]]):
    """Releases never to take again, newest first."""

    subject: ClassVar[str] = "rpc.downloads.list_blocklist"
    indexer: Indexer | None = None
    query: Words | None = Field(None, description="words of the title or the reason")
    limit: Limit = 50
    offset: Offset = 0


class SearchWanted(Command):
    """Search releases for wanted books, oldest search first, and grab where that is allowed."""

    subject: ClassVar[str] = "cmd.downloads.search_wanted"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    missing_book_ids: list[MissingBookId] | None = None
    dry_run: DryRun = False


class SearchForDownload(Command):
    """Search, judge and perhaps grab for one download."""

    subject: ClassVar[str] = "cmd.downloads.search_for_download"
    part_of_run: ClassVar[bool] = True
    download_id: DownloadId
    run_id: RunId | None = None


class AddToClient(Command):
    """Put the chosen release of a download into the download client, once."""

    subject: ClassVar[str] = "cmd.downloads.add_to_client"
    download_id: DownloadId
    run_id: RunId | None = None
    search_problem: str = Field("", description="the indexer that refused us in the search, for the run to tell")


class ImportDownload(Command):
    """Verify the finished files of a download and place them into the library folder."""

    subject: ClassVar[str] = "cmd.downloads.import_download"
    download_id: DownloadId


class MonitorDownloads(Command):
    """Take over the download client's changes."""

    subject: ClassVar[str] = "cmd.downloads.monitor_downloads"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    dry_run: DryRun = False


class RetryFailedDownloads(Command):
    """Try again what failed and is due."""

    subject: ClassVar[str] = "cmd.downloads.retry_failed_downloads"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    at_once: bool = Field(False, description="also what failed on the way and is not due yet, as all answer again")
    dry_run: DryRun = False


class DownloadWanted(Event):
    """A missing book is being searched for: it is queued."""

    subject: ClassVar[str] = "evt.downloads.download_wanted"
    download_id: DownloadId
    missing_book_id: MissingBookId


class ReleaseGrabbed(Event):
    """A release is in the download client."""

    subject: ClassVar[str] = "evt.downloads.release_grabbed"
    download_id: DownloadId
    missing_book_id: UUID | None
    indexer: Indexer
    release_id: str
    release_title: str
    info_hash: InfoHash


class DownloadProgressed(Event):
    """A transfer went on by a hundredth or more."""

    subject: ClassVar[str] = "evt.downloads.download_progressed"
    download_id: DownloadId
    progress: float = Field(ge=0, le=1)
    client_state: str | None = Field(None, description="qBittorrent's word")


class DownloadCompleted(Event):
    """All files of a download are there."""

    subject: ClassVar[str] = "evt.downloads.download_completed"
    download_id: DownloadId


class DownloadWaits(Event):
    """A download waits, since just now: for a person's approval or decision, for room on the disk, for the account."""

    subject: ClassVar[str] = "evt.downloads.download_waits"
    download_id: DownloadId
    missing_book_id: UUID | None
    title: str
    authors: list[str] = []
    waits_for: WaitsFor
    words: str = Field(description="what it waits for, with its figures")


class ImportedWork(BaseModel):
    """The work that was downloaded, as the catalogues describe it; its values replace those of the release's tags."""

    title: str
    subtitle: str | None = None
    authors: list[str] = []
    series: SeriesPlace | None = None
    language: str | None = None
    source: str = Field(description="who described it", examples=["AUDIBLE, HARDCOVER"])


class ImportedEdition(BaseModel):
    """The edition that was downloaded, as its release describes it; its values fill empty fields."""

    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    asin: str | None = None
    isbn: str | None = None
    source: str = Field(description="the indexer", examples=["MAM"])


class DownloadImported(Event):
    """The book of a download stands in the library. `work` is missing when only the release names the work."""

    subject: ClassVar[str] = "evt.downloads.download_imported"
    download_id: DownloadId
    missing_book_id: UUID | None
    book_id: UUID
    title: str = ""
    authors: list[str] = []
    series: str | None = None
    sequence: str | None = None
    work: ImportedWork | None = None
    edition: ImportedEdition | None = None


class DownloadFailed(Event):
    """A download failed; `next_retry_at` None means for good."""

    subject: ClassVar[str] = "evt.downloads.download_failed"
    download_id: DownloadId
    missing_book_id: UUID | None
    error_type: ErrorType
    reason: str
    next_retry_at: Moment | None = None
    title: str = ""
    authors: list[str] = []
