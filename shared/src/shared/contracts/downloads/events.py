"""What happened to a download."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.downloads.downloads import ErrorType, WaitsFor
from shared.contracts.message import Event
from shared.contracts.values import (
    DownloadId,
    Indexer,
    InfoHash,
    MissingBookId,
    Moment,
    SeriesPlace,
)


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


class DownloadCancelled(Event):
    """A download was given up: by a person, or because its book is no longer wanted."""

    subject: ClassVar[str] = "evt.downloads.download_cancelled"
    download_id: DownloadId
    missing_book_id: UUID | None
    why: str
