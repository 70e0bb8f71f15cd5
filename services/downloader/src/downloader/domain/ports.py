"""The interfaces of the database, the outside systems and the disk."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Protocol
from uuid import UUID

from shared.chassis.runs import Runs
from shared.contracts.downloads.candidates import Candidate, RuleReason
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.downloads import DownloadFilters, ListDownloads, SearchDownloads
from shared.contracts.downloads.failed_attempts import FailedAttempt
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook, MissingBookSelection
from shared.contracts.mam.grabs import GrabAssessment, GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.message import Command, Event
from shared.contracts.page import Page
from shared.contracts.system import TellTimeline, Timeline
from shared.contracts.values import Indexer, MissingStatus

from downloader.domain.blocklist import Blocklist
from downloader.domain.decision import Decision
from downloader.domain.download import Download
from downloader.domain.given_torrent import GivenTorrents
from downloader.domain.history import Attempt, HistoryEvent
from downloader.domain.import_question import ImportQuestions
from downloader.domain.packs import Packs
from downloader.domain.placement import ImportOutcome, Placement
from downloader.domain.quality_profile import QualityProfiles, Scope
from downloader.domain.seeding import Seeding
from downloader.domain.upgrade import Upgrade
from downloader.domain.verification import ProbedAudio
from downloader.domain.watched_folders import WatchedFolders


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """The current time, in UTC."""


class Account(Protocol):
    """The account at MyAnonamouse. Its methods raise the `RemoteError` family."""

    async def assess(
        self, releases: Sequence[Release], planned: Sequence[Release], *, by_person: bool
    ) -> list[GrabAssessment]:
        """Whether each release may be grabbed now, in order, if the planned ones are grabbed too."""

    async def reserve(self, grab_id: UUID, release: Release, *, by_person: bool, at: datetime) -> GrabAssessment:
        """Reserve the slot and the bytes of a grab, if it is allowed now. Repeating it has no further effect."""

    async def seeding_duties(self) -> list[SeedingDuty]:
        """The torrents that still have to seed by the site's own list, which is read once a day."""


class Library(Protocol):
    """The library's missing books and folders. Its methods raise the `RemoteError` family."""

    def missing_books(self, status: MissingStatus) -> AsyncIterator[MissingBook]:
        """All missing books with a status."""

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None:
        """One missing book, or None."""

    async def select_missing_books(self, selection: MissingBookSelection) -> list[UUID]:
        """The ids of the selected missing books. Raises `Refused` as the library does."""

    async def books(self, limit: int, offset: int) -> Page[Book]:
        """A page of the library's books, newest first."""

    async def search_books(self, query: str) -> list[Book]:
        """A few books of the library that match best."""

    async def other_titles(self, wanted: MissingBook) -> list[str]:
        """Titles of books by its author or in its series; its own title may be among them."""

    async def book_folders(self, paths: Sequence[str]) -> list[str]:
        """Those of these paths, relative to the library folder, that are folders of books."""

    async def name_of(self, scope: Scope, target_id: UUID) -> str | None:
        """The name of a series or an author, or the title of a missing book or a book; None if there is none."""

    async def book(self, book_id: UUID) -> Book | None:
        """One book, or None."""

    async def series_id(self, name: str, authors: Sequence[str]) -> UUID | None:
        """The series with this name and one of these authors; None if there is none, or more than one."""

    async def series_narrator(self, series_id: UUID) -> str | None:
        """The narrator who reads most of the owned books of a series; None if unknown."""


class AudioProbe(Protocol):
    """Reads durations, tags and faults of audio files."""

    async def probe(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]:
        """Read each audio file, in order; names are relative to `root`. A bad file has a fault. Raises OSError."""


class LibraryFolder(Protocol):
    """The library folder and the download folder. Its methods raise OSError."""

    async def free_bytes(self) -> int:
        """The free space of the download folder."""

    async def files_of(self, content: Path) -> list[Path]:
        """The regular files of a torrent; empty if they do not exist."""

    async def place(
        self,
        sources: Mapping[Path, Path],
        folder: PurePosixPath,
        download_id: UUID,
        sidecars: Mapping[Path, bytes],
        made: Mapping[Path, Collection[str]],
    ) -> Placement:
        """Put the files, given by their paths in the book's folder, and the sidecars there, and return how.

        `made` has the checksums with which earlier attempts may have made a file. Raises `FolderOccupied`.
        """

    async def unfinished_imports(self) -> list[UUID]:
        """The downloads with an unfinished import folder."""

    async def remove_leftovers(self, download_id: UUID) -> None:
        """Remove a download's unfinished import folders."""

    async def empty_torrent_folders(self, *, remove: bool) -> int:
        """Count the empty folders of single torrents, and remove them if `remove`."""


class ImportLocks(Protocol):
    """One lock for each download, so that only one import of it runs at a time."""

    def held(self, download_id: UUID) -> AbstractAsyncContextManager[bool]:
        """Hold the lock until the block or the process ends. Gives False if another attempt holds it."""


class Downloads(Protocol):
    """The downloads, to change them and to compare a decision with the other ones."""

    @property
    def new_events(self) -> Sequence[tuple[str, HistoryEvent]]:
        """The history events saved in this transaction, each with the book's title."""

    async def get(self, download_id: UUID) -> Download | None:
        """One download, locked until the transaction ends."""

    async def save(self, download: Download) -> None:
        """Store the download and its new history events."""

    async def want(self, missing: Sequence[MissingBook], now: datetime) -> list[tuple[UUID, UUID, bool]]:
        """Make a download for each missing book without one. Returns its id, the missing book's, and if it is new."""

    async def make(self, wanted: MissingBook, now: datetime) -> Download:
        """Make a download without a missing book; its id is that of `wanted`."""

    async def upgrade_of(self, book_id: UUID) -> Download | None:
        """The download that replaces this owned book, not locked, or None."""

    async def want_upgrade(self, upgrade: Upgrade, now: datetime) -> UUID:
        """Make the download that replaces an owned book, or queue the existing one again, and return its id."""

    async def remove(self, download_id: UUID) -> None:
        """Delete the download and its candidates."""

    async def to_search(self, ids: Sequence[UUID], now: datetime) -> list[UUID]:
        """Those that may be searched now, the longest unsearched first, then by priority."""

    async def of_missing_book(self, missing_book_id: UUID) -> list[Download]:
        """The missing book's downloads that are not cancelled, locked."""

    async def announce_absences(self, missing_book_ids: Sequence[UUID]) -> None:
        """Announce again why these missing books are not in the library yet."""

    async def running(self) -> tuple[list[Download], int]:
        """The downloads with the status downloading, not locked, and how many of them cannot be read."""

    async def books_before_client(self, excluding: Sequence[UUID]) -> list[UUID]:
        """The other missing books with a download that has no torrent yet, at most 500."""

    async def outside_of_search(self, missing_books: Sequence[UUID]) -> list[UUID]:
        """The queued and interrupted downloads of these missing books, and those without a missing book.

        An upgrade that waits is left out: the search for upgrades includes it.
        """

    async def cancelled_hashes(self, since: datetime) -> list[str]:
        """The torrents of downloads cancelled since then that no other download has."""

    async def due(self, now: datetime, stuck_after: timedelta, *, in_transit: bool) -> list[UUID]:
        """Downloads whose retry is due or that are stuck; with `in_transit` all with a transit error."""

    async def import_is_running(self, download_id: UUID) -> bool:
        """Whether an import holds the download's lock. If not, none can acquire it until this transaction ends."""

    async def remaining_bytes(self, excluding: UUID) -> int:
        """The bytes that the other running downloads still have to write."""

    async def taken_by(self, releases: Sequence[Release], excluding: UUID) -> dict[tuple[str, str], str]:
        """The title of the other download that has a release, by indexer and id."""

    async def holder_of_release(self, release: Release) -> tuple[UUID, str, str] | None:
        """Id, title and status of the live or imported download that has a release."""

    async def holder_of_torrent(self, hashes: Sequence[str]) -> tuple[UUID, str, str] | None:
        """The same for a torrent by its hashes, which stay locked until this transaction ends."""

    async def holder_of(self, hashes: Sequence[str], excluding: UUID) -> str | None:
        """The title of another live download with this torrent, or None; locked until the transaction ends."""


class ShownDownloads(Protocol):
    """The downloads as the API shows them."""

    async def one(self, download_id: UUID) -> DownloadShown | None:
        """One download, or None."""

    async def page(self, query: ListDownloads) -> Page[DownloadShown]:
        """One page of the downloads with the queried fields. Raises `UnknownSort`."""

    async def running(self) -> list[DownloadShown]:
        """The downloads with the status downloading, the newest first, at most 500."""

    async def ids(self, filters: DownloadFilters, at_most: int) -> tuple[list[UUID], int]:
        """The ids of the downloads that match, the oldest first, and the number of matches."""

    async def matching(self, query: SearchDownloads) -> Page[DownloadShown]:
        """One page of the downloads that contain every word of the query. Raises `UnknownSort`."""


class Candidates(Protocol):
    """The judged releases of each download."""

    async def replace(
        self, download_id: UUID, decisions: Sequence[Decision], now: datetime
    ) -> dict[tuple[str, str], UUID]:
        """Replace the decisions of the previous search. Returns the ids by indexer and release id."""

    async def add(self, download_id: UUID, decisions: Sequence[Decision], now: datetime) -> dict[tuple[str, str], UUID]:
        """Store decisions in addition to the existing ones. Returns the ids by indexer and release id."""

    async def get(self, candidate_id: UUID) -> Candidate | None:
        """One candidate, or None."""

    async def grabbed_before(self, releases: Sequence[Release]) -> frozenset[tuple[str, str]]:
        """Those of the releases that we have ever added to the client."""

    async def store_account(self, candidate_id: UUID, figures: GrabFigures) -> None:
        """Store the figures of the account with which the grab of a candidate was allowed or refused."""

    async def mark_grabbed(self, candidate_id: UUID) -> None:
        """Store that the candidate was added to the client."""

    async def reject(self, indexer: str, release_id: str, finding: RuleReason) -> list[UUID]:
        """Reject the release wherever it is a candidate that was not grabbed.

        Returns the downloads for which it was not rejected before.
        """

    async def page(self, download_id: UUID, limit: int, offset: int) -> Page[Candidate]:
        """One page of a download's candidates, best first."""


class ShownOffers(Protocol):
    """The releases that interactive searches showed."""

    async def store(self, releases: Sequence[Release], now: datetime) -> None:
        """Store the releases."""

    async def find(self, indexer: str, release_id: str) -> Release | None:
        """A stored release, or None."""


class Timelines(Protocol):
    """The history of downloads. It is written when a download is saved."""

    async def of(self, request: TellTimeline) -> Timeline:
        """The entries, oldest first, with planned retries last; empty for unknown ids."""


class Retention(Protocol):
    """The cleanup of stored rows."""

    async def clean_up(
        self, now: datetime, *, finished_before: datetime, shown_before: datetime, dry_run: bool
    ) -> dict[str, int]:
        """Delete finished downloads and old search results; returns the rows by table. A dry run only counts."""


class DownloadStatistics(Protocol):
    """Totals over all stored downloads."""

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]:
        """Counts of downloads by status and source, of failures and blocked releases, and the imported bytes."""


class FailedAttempts(Protocol):
    """The failures of each item. They outlive its download."""

    async def count(self, download: Download, attempt: Attempt, now: datetime) -> None:
        """Count a failure in the permanent table."""

    async def hide(self, item: str, now: datetime) -> None:
        """Hide the item's failures until it fails again."""

    async def page(self, item: str, limit: int, offset: int) -> Page[FailedAttempt]:
        """One page of the item's failures that are not hidden."""


class DownloadsTransaction(Protocol):
    """One database transaction; its messages are sent when it is committed."""

    @property
    def runs(self) -> Runs: ...

    @property
    def downloads(self) -> Downloads: ...

    @property
    def packs(self) -> Packs: ...

    @property
    def shown(self) -> ShownDownloads: ...

    @property
    def candidates(self) -> Candidates: ...

    @property
    def timelines(self) -> Timelines: ...

    @property
    def retention(self) -> Retention: ...

    @property
    def statistics(self) -> DownloadStatistics: ...

    @property
    def offers(self) -> ShownOffers: ...

    @property
    def given_torrents(self) -> GivenTorrents: ...

    @property
    def import_questions(self) -> ImportQuestions: ...

    @property
    def watched_folders(self) -> WatchedFolders: ...

    @property
    def blocklist(self) -> Blocklist: ...

    @property
    def seeding(self) -> Seeding: ...

    @property
    def quality_profiles(self) -> QualityProfiles: ...

    @property
    def failed_attempts(self) -> FailedAttempts: ...

    def count_grab(self, indexer: Indexer) -> None:
        """Count a torrent that was added to the client when the transaction is committed."""

    def count_import(self, outcome: ImportOutcome, mode: str = "none") -> None:
        """Count an attempt to import a download; `mode` is how its files were placed."""

    def announce(self, event: Event, *, message_id: UUID | None = None) -> None:
        """Publish an event with the commit. If it is announced again, give it the same id."""

    def send(self, command: Command, *, at: datetime | None = None) -> None:
        """Send a command with the commit, or at a later time."""

    async def first_time(self) -> bool:
        """Whether the current message was not handled before."""


class Transactions(Protocol):
    """Opens a transaction, which is committed at the end of the block, or rolled back by an exception."""

    def __call__(self) -> AbstractAsyncContextManager[DownloadsTransaction]: ...
