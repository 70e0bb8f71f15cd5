"""A download, its statuses, and the transitions between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus, ErrorType, ReplacedBook
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

from downloader.domain.history import HistoryEvent
from downloader.domain.placement import Placement
from downloader.domain.retry import DELAYS, Ladder, NextStep, deferred_until, ladder_of, next_retry_time
from downloader.domain.waiting import NEEDS_PERSON, kind_of_waiting


@dataclass(slots=True, kw_only=True)
class Download:
    """One wanted book on its way from search to import.

    `release` is the chosen release. `info_hash` is stored before the torrent is added to the client.
    `lost_at` is when the client lost the torrent in a restart; it is then added again, once.
    `put_off_times` counts how often in a row the download was deferred.
    `replaces` is the owned book that it replaces; with `awaits_move`, its files are still to be moved aside.
    `delayed_release` is a good release that is grabbed at `delayed_until`, unless a better one comes before.
    `pack_files` are the files of this book in a torrent that several downloads share, relative to the torrent's folder;
    empty if the torrent is its own. `pack_lead_id` is the download whose grab the account counts.
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
    by_person: bool = False
    release: Release | None = None
    info_hash: str | None = None
    client_state: str | None = None
    state_since: datetime | None = None
    progress: float = 0.0
    progressed_at: datetime | None = None
    size_bytes: int | None = None
    pack_lead_id: UUID | None = None
    pack_files: tuple[str, ...] = ()
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
    library_path: str | None = None
    book_id: UUID | None = None
    described_at: datetime | None = None
    delayed_until: datetime | None = None
    delayed_release: Release | None = None
    replaces: ReplacedBook | None = None
    awaits_move: bool = False
    priority: int = 0
    priority_by_person: bool = False
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
        return self.status in _BEFORE_THE_CLIENT and self.info_hash is None

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

    def search_began(self, now: datetime) -> None:
        """Mark it as searching and drop an earlier choice."""
        self._clear_choice()
        self.status = DownloadStatus.SEARCHING
        self.last_attempt_at = now
        self.next_retry_at = None

    def searched(self, now: datetime) -> None:
        """Store that every indexer answered a search."""
        self.searched_at = now
        self.put_off_times = 0

    def chose(self, choice_id: UUID, release: Release, *, by_person: bool, now: datetime, why: str = "") -> None:
        """Store the chosen release, which is then added to the client. `why` says how it matches the book."""
        self._clear_choice()
        self.status = DownloadStatus.SEARCHING
        self.choice_id = choice_id
        self.release = release
        self.source = DownloadSource(release.indexer)
        self.by_person = by_person
        self.chosen_at = now
        self.size_bytes = release.size_bytes
        self.waiting_for = None
        self.delayed_until = self.delayed_release = None
        self._clear_error()
        by = "a person" if by_person else "the rules"
        words = f"“{release.title}” from {release.indexer_name} was chosen by {by}"
        self.note("chosen", f"{words}: {why}" if why else words, release_id=release.id)

    def joins_pack(self, lead_id: UUID, info_hash: str, files: Sequence[str], size_bytes: int) -> None:
        """Use these files of the chosen release's torrent, which the download `lead_id` adds to the client."""
        self.pack_lead_id, self.pack_files = lead_id, tuple(files)
        self.info_hash, self.size_bytes = info_hash, size_bytes
        self.note("pack", f"uses {len(files)} files of a torrent with several books", info_hash=info_hash)

    def waits_for(self, words: str) -> None:
        """Wait for a person, the account or the disk. The next search checks again."""
        before = self.waiting_for
        self.started_waiting = before is None or kind_of_waiting(before) is not kind_of_waiting(words)
        self._clear_choice()
        self.status = DownloadStatus.QUEUED
        self.waiting_for = words
        self._clear_error()
        self.note("waits", f"waiting for {words}" if kind_of_waiting(words) in NEEDS_PERSON else words)

    def grabbed(self, *, client_state: str, now: datetime) -> None:
        """The client has the torrent."""
        self.status = DownloadStatus.DOWNLOADING
        self.grabbed_at = now
        self.client_state = client_state
        self.state_since = now
        self.progressed_at = now
        self.put_off_times = 0
        self._clear_error()
        self.note("grabbed", "the torrent was added to the download client", info_hash=self.info_hash)

    def lost(self, now: datetime) -> None:
        """The client lost the torrent in a restart: it is added again."""
        self.status = DownloadStatus.SEARCHING
        self.lost_at = now
        self.client_state = self.state_since = self.progressed_at = None
        self.note("lost", "the download client lost the torrent in a restart; it is added again")

    def seen(
        self, client_state: str, progress: float, *, state_since: datetime | None, progressed_at: datetime | None
    ) -> None:
        """Store the client's current state and progress."""
        self.client_state, self.progress = client_state, progress
        self.state_since, self.progressed_at = state_since, progressed_at

    def completed(self, *, content_path: str, now: datetime) -> None:
        """The client has all files, at its path `content_path`."""
        self.status = DownloadStatus.COMPLETED
        self.progress = 1.0
        self.content_path = content_path
        self.completed_at = now
        self.transit_failures = 0
        self._clear_error()
        self.note("transferred", "all files are downloaded")

    def may_be_imported(self) -> bool:
        """Whether its files are complete, or an import of them was interrupted."""
        unplaced = self.status is DownloadStatus.IMPORTING and self.library_path is None
        return unplaced or (self.status is DownloadStatus.COMPLETED and self.waiting_for is None)

    @property
    def awaits_confirmation(self) -> bool:
        """Whether its files are placed and the library has not reported the book yet."""
        return self.status is DownloadStatus.IMPORTING and self.library_path is not None

    def import_began(self, now: datetime) -> None:
        """Mark it as importing."""
        self.status = DownloadStatus.IMPORTING
        self.last_attempt_at = now
        self.next_retry_at = None

    def took_files(self, choice_id: UUID, release: Release, path: str, now: datetime) -> None:
        """A person imports files that are no torrent of ours: they are complete, at this path of this service."""
        self.chose(choice_id, release, by_person=True, now=now)
        self.status = DownloadStatus.COMPLETED
        self.progress = 1.0
        self.content_path = path
        self.completed_at = now
        self.transit_failures = 0
        self.note("files", f"a person imports the files at {path}")

    @property
    def is_from_folder(self) -> bool:
        """Whether its files are those of a person's folder, and not of a torrent."""
        return self.completed_at is not None and self.info_hash is None and self.content_path is not None

    def import_waits_for(self, words: str) -> None:
        """A person has to decide about its import. Nothing is tried until then."""
        self.started_waiting = self.waiting_for != words
        self.status = DownloadStatus.COMPLETED
        self.waiting_for = words
        self._clear_error()
        self.note("waits", f"waiting for {words}")

    def import_decided(self, words: str) -> None:
        """A person decided about its import, which continues."""
        self.waiting_for = None
        self.note("decided", words)

    def placed(self, library_path: str, placement: Placement) -> None:
        """Its files are in the library folder, at this path."""
        self.library_path = library_path
        self._clear_error()
        words = f"verified, and placed in the library folder at {library_path}: {placement.words}"
        self.note("imported", words, **placement.counts)

    def imported(self, book_id: UUID) -> None:
        """The library shows it as this book."""
        self.status = DownloadStatus.IMPORTED
        self.book_id = book_id
        self.awaits_move = self.replaces is not None
        self.transit_failures = self.offer_failures = 0
        self._clear_error()
        self.note("confirmed", "the library shows the book", book_id=str(book_id))

    @property
    def awaits_description(self) -> bool:
        """Whether the book is in the library, and the metadata service has not described it yet."""
        return self.status is DownloadStatus.IMPORTED and self.book_id is not None and self.described_at is None

    def failed(self, error_type: ErrorType, reason: str, now: datetime) -> None:
        """Schedule the next retry on the ladder of this error type, or abandon the download at its end."""
        ladder = ladder_of(error_type)
        before = self.transit_failures if ladder is Ladder.TRANSIT else self.offer_failures
        self.error_type, self.error = error_type, reason
        self.waiting_for = None
        self.delayed_until = self.delayed_release = None
        self.next_retry_at = next_retry_time(ladder, before, now, self.most_retries)
        if self.next_retry_at is None:
            self.status = DownloadStatus.ABANDONED
            self.note("abandoned", f"abandoned after the last retry: {reason}", error_type=error_type.value)
            return
        self.note("failed", reason, error_type=error_type.value)
        self.status = DownloadStatus.FAILED
        if ladder is Ladder.TRANSIT:
            self.transit_failures += 1
        else:
            self.offer_failures += 1

    def defer(self, error_type: ErrorType, why: str, now: datetime, *, not_before: timedelta = timedelta()) -> None:
        """Retry later because a system is unavailable. However often that happens, the download does not fail.

        It is then searched again; a release that a person chose stays chosen. `not_before` is the least delay.
        """
        chosen_by_person = self.awaits_grab and self.by_person
        if not chosen_by_person:
            self._clear_choice()
        self.status = DownloadStatus.SEARCHING if chosen_by_person else DownloadStatus.QUEUED
        self.waiting_for = None
        self.error_type, self.error = error_type, why
        self.next_retry_at = deferred_until(self.put_off_times, now, not_before)
        self.put_off_times += 1
        self.note(
            "put_off", f"deferred, because {why}", error_type=error_type.value, until=self.next_retry_at.isoformat()
        )

    def requeued(self, error_type: ErrorType, reason: str) -> None:
        """Drop the chosen release, which is bad, and queue the download for another search."""
        refused = f"“{self.release.title}”: " if self.release else ""
        self.note("release_refused", f"{refused}{reason}", error_type=error_type.value)
        self._clear_choice()
        self.status = DownloadStatus.QUEUED
        self.error_type, self.error = error_type, reason
        self.waiting_for = self.next_retry_at = None

    def removed(self, error_type: ErrorType, reason: str, now: datetime) -> None:
        """Its torrent was removed from the client: fail, so that the next retry is a new search."""
        self._clear_choice()
        self.failed(error_type, reason, now)

    def retried(self) -> NextStep:
        """Continue with the next step, which is returned."""
        step = self.next_step()
        if step is NextStep.IMPORT:
            self.status = DownloadStatus.COMPLETED
        elif step is NextStep.GRAB:
            self.status = DownloadStatus.SEARCHING
        else:
            self._clear_choice()
            self.status = DownloadStatus.QUEUED
        self.next_retry_at = None
        return step

    def retried_by_person(self) -> NextStep:
        """A person retries it: reset both ladders and continue with the next step, which is returned.

        That ends a delay: the kept release, or a better one, is then grabbed.
        """
        if self.is_delayed and self.last_attempt_at is not None:
            self.delayed_until = self.last_attempt_at
        self.transit_failures = self.offer_failures = self.put_off_times = 0
        self.note("tried_again", "retried by a person")
        return self.retried()

    def cancelled(self, why: str) -> None:
        """Mark it as cancelled, with the reason."""
        self.status = DownloadStatus.CANCELLED
        self.note("cancelled", why)
        self.delayed_until = self.delayed_release = None
        self.error, self.error_type = why, None
        self.waiting_for = self.next_retry_at = None

    def _clear_error(self) -> None:
        self.error = self.error_type = self.next_retry_at = None

    def _clear_choice(self) -> None:
        """Clear everything that belongs to the chosen release and its torrent."""
        self.choice_id = self.chosen_at = self.grabbed_at = self.release = self.source = self.pack_lead_id = None
        self.pack_files = ()
        self.by_person = False
        self.info_hash = self.client_state = self.content_path = self.size_bytes = self.library_path = None
        self.state_since = self.progressed_at = self.completed_at = self.lost_at = None
        self.progress = 0.0


_GRAB_ERRORS = frozenset({ErrorType.CLIENT, ErrorType.NETWORK, ErrorType.AUTH})
_NOT_IN_THE_CLIENT = frozenset({DownloadStatus.QUEUED, DownloadStatus.SEARCHING})
_BEFORE_THE_CLIENT = frozenset(
    {DownloadStatus.QUEUED, DownloadStatus.SEARCHING, DownloadStatus.FAILED, DownloadStatus.ABANDONED}
)
