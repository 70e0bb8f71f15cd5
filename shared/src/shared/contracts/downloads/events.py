"""Events in the life of a download."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.downloads.downloads import ErrorType, WaitsFor
from shared.contracts.library.absences import Absence
from shared.contracts.message import Event
from shared.contracts.model import Model
from shared.contracts.values import (
    DownloadId,
    Indexer,
    InfoHash,
    MissingBookId,
    Moment,
    SeriesPlace,
)


class DownloadWanted(Event):
    """A missing book was queued for searching."""

    subject: ClassVar[str] = "evt.downloads.download_wanted"
    download_id: DownloadId
    missing_book_id: MissingBookId


class ReleaseGrabbed(Event):
    """A release was added to the download client."""

    subject: ClassVar[str] = "evt.downloads.release_grabbed"
    download_id: DownloadId
    missing_book_id: UUID | None
    indexer: Indexer
    release_id: str
    release_title: str
    info_hash: InfoHash


class DownloadProgressed(Event):
    """The transfer progressed by one percent or more."""

    subject: ClassVar[str] = "evt.downloads.download_progressed"
    download_id: DownloadId
    progress: float = Field(ge=0, le=1)
    client_state: str | None = Field(None, description="the state that the download client reports")


class DownloadCompleted(Event):
    """All files of a download are complete."""

    subject: ClassVar[str] = "evt.downloads.download_completed"
    download_id: DownloadId


class DownloadWaits(Event):
    """A download started to wait: for a person's approval or decision, for disk space, or for the account."""

    subject: ClassVar[str] = "evt.downloads.download_waits"
    download_id: DownloadId
    missing_book_id: UUID | None
    title: str
    authors: list[str] = []
    waits_for: WaitsFor
    words: str = Field(description="what it waits for, with the figures")


class ImportProposed(Event):
    """There are new files in a watched folder, and a person has to decide which book they are."""

    subject: ClassVar[str] = "evt.downloads.import_proposed"
    question_id: UUID = Field(description="the id among the waiting imports")
    title: str = Field(description="the title that the files name, or the name of their folder")
    authors: list[str] = []
    words: str = Field(description="how to decide, and which books the files may be")


class ImportedWork(Model):
    """The downloaded work as the providers describe it; its values replace those from the tags of the files."""

    title: str
    subtitle: str | None = None
    authors: list[str] = []
    series: SeriesPlace | None = None
    language: str | None = None
    source: str = Field(description="the providers of these values", examples=["AUDIBLE, HARDCOVER"])


class ImportedEdition(Model):
    """The downloaded edition as its release describes it; its values fill empty fields."""

    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    asin: str | None = None
    isbn: str | None = None
    source: str = Field(description="the indexer", examples=["MAM"])


class DownloadImported(Event):
    """The book of a download is in the library. `work` is null when no provider describes the work."""

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
    """A download failed. `next_retry_at` is null when it will not be retried."""

    subject: ClassVar[str] = "evt.downloads.download_failed"
    download_id: DownloadId
    missing_book_id: UUID | None
    error_type: ErrorType
    reason: str
    next_retry_at: Moment | None = None
    title: str = ""
    authors: list[str] = []


class AbsenceChanged(Event):
    """The reason why a missing book is not in the library yet changed.

    `at` orders the events of one book. `absence` is null when the record of the download was deleted.
    """

    subject: ClassVar[str] = "evt.downloads.absence_changed"
    missing_book_id: MissingBookId
    download_id: DownloadId
    at: Moment
    absence: Absence | None


class DownloadCancelled(Event):
    """A download was cancelled by a person, or because its book is no longer wanted."""

    subject: ClassVar[str] = "evt.downloads.download_cancelled"
    download_id: DownloadId
    missing_book_id: UUID | None
    why: str
