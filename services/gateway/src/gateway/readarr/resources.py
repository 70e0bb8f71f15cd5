"""Books, downloads and findings as resources of Readarr (its OpenAPI description, version 1).

Readarr's ids are 32-bit numbers, so each is made from the UUID of what it names. The UUID itself is in the foreign id.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from shared.contracts.downloads.downloads import Download, DownloadSource, DownloadStatus
from shared.contracts.downloads.folders import Folder
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.library.books import Book
from shared.contracts.library.calendar import CalendarEntry
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.work_lists import EntryState

IN_CLIENT = (DownloadStatus.DOWNLOADING, DownloadStatus.COMPLETED, DownloadStatus.IMPORTING)
"""Downloads that Readarr would show in its queue: those that the download client has."""
STATES = {
    DownloadStatus.DOWNLOADING: ("downloading", "downloading"),
    DownloadStatus.COMPLETED: ("completed", "importPending"),
    DownloadStatus.IMPORTING: ("completed", "importing"),
}
"""The `status` and the `trackedDownloadState` of a queue item."""
SEVERITIES = {Severity.WARNING: "warning", Severity.FAULT: "error"}
UNKNOWN_AUTHOR = "Unknown author"


class Resource(BaseModel):
    """A resource whose fields are written in camel case."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True)


class AuthorResource(Resource):
    """The author of a book."""

    id: int
    author_name: str
    foreign_author_id: str
    monitored: bool = True


class BookStatistics(Resource):
    """Whether the library has a book."""

    book_file_count: int
    book_count: int = 1
    total_book_count: int = 1
    size_on_disk: int = 0
    percent_of_books: float


class BookResource(Resource):
    """A book, whether the library has it or not."""

    id: int
    title: str
    author_title: str
    series_title: str = ""
    author_id: int
    author: AuthorResource
    foreign_book_id: str
    title_slug: str
    overview: str = ""
    release_date: datetime | date | None = None
    added: datetime | None = None
    genres: list[str] = []
    images: list[dict[str, str]] = []
    links: list[dict[str, str]] = []
    monitored: bool = True
    grabbed: bool = False
    statistics: BookStatistics


class QueueItem(Resource):
    """A download that the download client has."""

    id: int
    title: str
    size: int
    sizeleft: int
    status: str
    tracked_download_status: str
    tracked_download_state: str
    status_messages: list[dict[str, Any]] = []
    error_message: str | None = None
    download_id: str | None = None
    protocol: str = "torrent"
    indexer: str
    added: datetime


class QueueStatus(Resource):
    """How many downloads the queue has."""

    total_count: int
    count: int
    unknown_count: int = 0
    errors: bool = False
    warnings: bool = False
    unknown_errors: bool = False
    unknown_warnings: bool = False


class PageOf(Resource):
    """A page of resources. The first page has the number 1."""

    page: int
    page_size: int
    sort_key: str
    sort_direction: str
    total_records: int
    records: Sequence[BookResource | QueueItem]


class HealthIssue(Resource):
    """What is wrong."""

    id: int
    source: str
    type: str
    message: str
    wiki_url: str = ""


class RootFolder(Resource):
    """The folder of the library."""

    id: int = 1
    name: str = "library"
    path: str
    accessible: bool
    free_space: int | None
    total_space: int | None
    unmapped_folders: list[str] = Field([])


def number_of(id: UUID) -> int:
    """The positive 32-bit number that stands for a UUID."""
    return id.int % (2**31 - 1) + 1


def owned_book(book: Book) -> BookResource:
    """A book that the library has."""
    author = _author(book.authors, None)
    place = book.series[0] if book.series else None
    return BookResource(
        id=number_of(book.id),
        title=book.title,
        author_title=f"{author.author_name} {book.title}",
        series_title=_series_title(place.name, place.sequence) if place else "",
        author_id=author.id,
        author=author,
        foreign_book_id=str(book.id),
        title_slug=str(book.id),
        added=book.added_at,
        genres=book.genres,
        statistics=BookStatistics(book_file_count=1, size_on_disk=book.size_bytes or 0, percent_of_books=100.0),
    )


def missing_book(book: MissingBook) -> BookResource:
    """A book that the library lacks."""
    author = _author(book.authors, book.author_id)
    return BookResource(
        id=number_of(book.id),
        title=book.title,
        author_title=f"{author.author_name} {book.title}",
        series_title=_series_title(book.series, book.sequence),
        author_id=author.id,
        author=author,
        foreign_book_id=str(book.id),
        title_slug=str(book.id),
        release_date=book.release_date,
        added=book.identified_at,
        statistics=BookStatistics(book_file_count=0, percent_of_books=0.0),
    )


def calendar_book(entry: CalendarEntry) -> BookResource:
    """A release of the calendar."""
    author = _author(entry.authors, entry.author_id)
    owned = entry.state in (EntryState.OWNED, EntryState.IN_OMNIBUS)
    return BookResource(
        id=number_of(entry.id),
        title=entry.title,
        author_title=f"{author.author_name} {entry.title}",
        series_title=_series_title(entry.series, entry.place),
        author_id=author.id,
        author=author,
        foreign_book_id=str(entry.id),
        title_slug=str(entry.id),
        overview=entry.why,
        release_date=entry.date,
        statistics=BookStatistics(book_file_count=int(owned), percent_of_books=100.0 if owned else 0.0),
    )


def queue_item(download: Download) -> QueueItem:
    """A download in the queue. What it waits for, and an error, are warnings."""
    status, state = STATES[download.status]
    problem = download.error or download.waiting_for
    size = download.size_bytes or 0
    return QueueItem(
        id=number_of(download.id),
        title=download.release_title or download.title,
        size=size,
        sizeleft=round(size * (1 - download.progress)),
        status=status,
        tracked_download_status="warning" if problem else "ok",
        tracked_download_state=state,
        status_messages=[{"title": download.title, "messages": [problem]}] if problem else [],
        error_message=download.error,
        download_id=download.info_hash.upper() if download.info_hash else None,
        indexer=download.source or DownloadSource.MANUAL,
        added=download.created_at,
    )


def health_issues(findings: Iterable[DoctorFinding]) -> list[HealthIssue]:
    """The findings that are not fine."""
    wrong = [each for each in findings if each.severity in SEVERITIES]
    return [
        HealthIssue(
            id=number,
            source=f"{each.area}: {each.subject}",
            type=SEVERITIES[each.severity],
            message=f"{each.words}. {each.to_do}" if each.to_do else each.words,
        )
        for number, each in enumerate(wrong, 1)
    ]


def root_folders(folders: Iterable[Folder]) -> list[RootFolder]:
    """The library folder."""
    return [
        RootFolder(path=each.path, accessible=not each.problem, free_space=each.free_bytes, total_space=each.size_bytes)
        for each in folders
        if each.name == "library"
    ]


def _author(names: list[str], author_id: UUID | None) -> AuthorResource:
    """The first author. Its number is made from its name when its id is not known."""
    name = names[0] if names else UNKNOWN_AUTHOR
    number = number_of(author_id) if author_id else _number_of_name(name)
    return AuthorResource(id=number, author_name=name, foreign_author_id=str(author_id or number))


def _number_of_name(name: str) -> int:
    return int.from_bytes(name.casefold().encode()[:64], "big") % (2**31 - 1) + 1


def _series_title(series: str | None, place: str | None) -> str:
    return f"{series} #{place}" if series and place else series or ""
