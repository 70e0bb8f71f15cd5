"""What is stored of a download, and the questions about it that its fields answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus, ErrorType, ReplacedBook
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

from downloader.domain.history import HistoryEvent
from downloader.domain.retry import DELAYS, Ladder, NextStep, ladder_of
from downloader.domain.stored_conversion import StoredConversion

_GRAB_ERRORS = frozenset({ErrorType.CLIENT, ErrorType.NETWORK, ErrorType.AUTH})
_FAILED = frozenset({DownloadStatus.FAILED, DownloadStatus.ABANDONED})
_NOT_IN_THE_CLIENT = frozenset({DownloadStatus.QUEUED, DownloadStatus.SEARCHING})
BEFORE_THE_CLIENT = frozenset(
    {DownloadStatus.QUEUED, DownloadStatus.SEARCHING, DownloadStatus.FAILED, DownloadStatus.ABANDONED}
)
"""The statuses of a download whose torrent may not be in the client yet."""


@dataclass(slots=True, kw_only=True)
class DownloadState:
    """One wanted book on its way from search to import.

    `release` is the chosen release. `info_hash` is stored before the torrent is added to the client. `other_hash` is
    the second hash of a hybrid torrent, as soon as it is known.
    `lost_at` is when the client lost the torrent in a restart; it is then added again, once.
    `rechecked_at` is when the client checked the files again because the finished ones were gone; it does that once.
    `last_search` is what the last search found, also if not every indexer answered; `searched_at` is when all answered.
    `put_off_times` counts how often in a row the download was deferred.
    `replaces` is the owned book that it replaces; with `awaits_move`, its files are still to be moved aside.
    `delayed_release` is a good release that is grabbed at `delayed_until`, unless a better one comes before.
    `pack_files` are the files of this book in a torrent that several downloads share, relative to the torrent's folder;
    empty if the torrent is its own. `pack_lead_id` is the download whose grab the account counts.
    With `wanted_by_person`, a person asked for the book, so an acceptable release needs no other approval.
    With `awaits_files`, its torrent came as a magnet link, and it is not known yet whether it holds several books.
    `page_asked_at` is when the page of its release was last asked for; None if it was read, or is not needed.
    `state_since` is when the client's state last changed, `progressed_at` when data last arrived.
    """

    id: UUID
    missing_book_id: UUID | None
    wanted: MissingBook
    status: DownloadStatus
    created_at: datetime
    updated_at: datetime
    waiting_for: str | None = None
    source: DownloadSource | None = None
    choice_id: UUID | None = None
    chosen_at: datetime | None = None
    grabbed_at: datetime | None = None
    lost_at: datetime | None = None
    rechecked_at: datetime | None = None
    by_person: bool = False
    release: Release | None = None
    info_hash: str | None = None
    other_hash: str | None = None
    client_state: str | None = None
    state_since: datetime | None = None
    progress: float = 0.0
    progressed_at: datetime | None = None
    size_bytes: int | None = None
    pack_lead_id: UUID | None = None
    pack_files: tuple[str, ...] = ()
    awaits_files: bool = False
    content_path: str | None = None
    completed_at: datetime | None = None
    transit_failures: int = 0
    offer_failures: int = 0
    put_off_times: int = 0
    error: str | None = None
    error_type: ErrorType | None = None
    last_attempt_at: datetime | None = None
    next_retry_at: datetime | None = None
    searched_at: datetime | None = None
    last_search: str | None = None
    last_search_at: datetime | None = None
    conversion: StoredConversion | None = None
    library_path: str | None = None
    book_id: UUID | None = None
    described_at: datetime | None = None
    page_asked_at: datetime | None = None
    delayed_until: datetime | None = None
    delayed_release: Release | None = None
    replaces: ReplacedBook | None = None
    awaits_move: bool = False
    priority: int = 0
    priority_by_person: bool = False
    wanted_by_person: bool = False
    most_retries: int | None = None
    new_events: list[HistoryEvent] = field(default_factory=list)
    """New history events, stored when the download is saved."""
    started_waiting: bool = False
    """Whether it started to wait, or to wait for another kind of thing, since it was loaded."""

    def note(self, kind: str, words: str, **details: object) -> None:
        """Add an event to the history."""
        self.new_events.append(HistoryEvent(kind, words, details))

    @property
    def ladder(self) -> Ladder:
        """The retry ladder of its last failure."""
        return ladder_of(self.error_type) if self.error_type else Ladder.OFFER

    @property
    def retry_count(self) -> int:
        return self.transit_failures if self.ladder is Ladder.TRANSIT else self.offer_failures

    @property
    def max_retries(self) -> int:
        return len(DELAYS[self.ladder]) if self.most_retries is None else self.most_retries

    @property
    def tally_item(self) -> str:
        """The id under which failures are counted: the missing book, so that they outlive a cancelled download."""
        return str(self.missing_book_id or self.id)

    @property
    def hashes(self) -> list[str]:
        """The known hashes of its torrent."""
        return [each for each in (self.info_hash, self.other_hash) if each is not None]

    def set_hashes(self, hashes: Sequence[str]) -> None:
        """Store the hashes of its torrent. The first one identifies it; another one is that of a hybrid torrent."""
        self.info_hash = hashes[0]
        self.other_hash = next((each for each in hashes if each != self.info_hash), None)

    @property
    def is_in_pack(self) -> bool:
        """Whether its torrent holds several books, of which other downloads may use some."""
        return bool(self.pack_files)

    @property
    def leads_pack(self) -> bool:
        """Whether its grab stands for the whole torrent; True for a torrent of its own."""
        return self.pack_lead_id in (None, self.id)

    @property
    def awaits_grab(self) -> bool:
        """Whether a release is chosen and about to be added to the client."""
        return self.status is DownloadStatus.SEARCHING and self.choice_id is not None

    @property
    def is_deferred(self) -> bool:
        """Whether it is retried later because a system was unavailable."""
        return self.status in _NOT_IN_THE_CLIENT and self.next_retry_at is not None

    @property
    def is_delayed(self) -> bool:
        """Whether it waits for a better release. It may be searched at any time."""
        return self.delayed_until is not None and self.next_retry_at == self.delayed_until

    @property
    def has_no_torrent(self) -> bool:
        """Whether its torrent cannot be in the client yet."""
        return self.status in BEFORE_THE_CLIENT and self.info_hash is None

    @property
    def may_be_searched_by_person(self) -> bool:
        """Whether a person's search begins its next step now: it failed, is deferred, or waits without a release."""
        if self.status in _FAILED or self.is_deferred:
            return True
        return self.status is DownloadStatus.QUEUED and self.waiting_for is not None

    def may_be_searched(self, now: datetime) -> bool:
        """Whether it is due, and queued, interrupted while searching, or failed."""
        if self.next_retry_at is not None and self.next_retry_at > now and not self.is_delayed:
            return False
        if self.status is DownloadStatus.FAILED:
            return self.next_retry_at is not None and self.next_step() is NextStep.SEARCH
        return self.status is DownloadStatus.QUEUED or self.is_searching()

    def is_searching(self) -> bool:
        """Whether a search is in progress."""
        return self.status is DownloadStatus.SEARCHING and self.choice_id is None

    def next_step(self) -> NextStep:
        """Import finished files; add a release that may be in the client or that a person chose; otherwise search.

        A new search while a torrent may be in the client could grab the book twice.
        """
        if self.release is not None and self.completed_at is not None and self.error_type is ErrorType.IMPORT:
            return NextStep.IMPORT
        if self.release is not None and self.info_hash is not None and self.error_type in _GRAB_ERRORS:
            return NextStep.GRAB
        return NextStep.GRAB if self.awaits_grab else NextStep.SEARCH

    def may_be_imported(self) -> bool:
        """Whether its files are complete, or an import of them was interrupted."""
        unplaced = self.status is DownloadStatus.IMPORTING and self.library_path is None
        return unplaced or (self.status is DownloadStatus.COMPLETED and self.waiting_for is None)

    @property
    def awaits_conversion(self) -> bool:
        """Whether its verified files are merged or tagged before they are placed."""
        return self.status is DownloadStatus.IMPORTING and self.library_path is None and self.conversion is not None

    @property
    def awaits_confirmation(self) -> bool:
        """Whether its files are placed and the library has not reported the book yet."""
        return self.status is DownloadStatus.IMPORTING and self.library_path is not None

    @property
    def is_from_folder(self) -> bool:
        """Whether its files are those of a person's folder, and not of a torrent."""
        return self.completed_at is not None and self.info_hash is None and self.content_path is not None

    @property
    def awaits_description(self) -> bool:
        """Whether the book is in the library, and the metadata service has not described it yet."""
        return self.status is DownloadStatus.IMPORTED and self.book_id is not None and self.described_at is None

    def _clear_error(self) -> None:
        self.error = self.error_type = self.next_retry_at = None

    def _clear_choice(self) -> None:
        """Clear everything that belongs to the chosen release and its torrent."""
        self.choice_id = self.chosen_at = self.grabbed_at = self.release = self.source = self.pack_lead_id = None
        self.pack_files = ()
        self.awaits_files = False
        self.by_person = False
        self.page_asked_at = self.other_hash = None
        self.info_hash = self.client_state = self.content_path = self.size_bytes = self.library_path = None
        self.state_since = self.progressed_at = self.completed_at = self.lost_at = self.rechecked_at = None
        self.progress = 0.0
        self.conversion = None
