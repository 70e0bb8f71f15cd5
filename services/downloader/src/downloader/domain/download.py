"""A download: its statuses and the legal moves between them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus, ErrorType, WaitsFor
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

from downloader.domain.retry import DELAYS, Ladder, ask_again_at, ladder_of, next_try


class NextStep(StrEnum):
    """Where a failed download goes on."""

    SEARCH = "search"
    GRAB = "grab"
    IMPORT = "import"
    CONFIRM = "confirm"
    """Its files are placed; the library has yet to report the book."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One failure, as the permanent tally counts it; `release_id` is empty where no release was involved."""

    task: str
    error_type: ErrorType
    reason: str
    release_id: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a download, for its history; `kind` is one word a kind."""

    kind: str
    words: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Download:
    """One wanted book on its way from search to library.

    `release` is the chosen one, from the choice on; `info_hash` is known from just before it is handed to the client.
    `lost_at` is when a restart of the client had lost its torrent, which is then added again, once.
    `put_off_times` is how often in a row a system that it needs did not answer.
    `state_since` is when the client's state last changed, `progressed_at` when bytes last came in.
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
    priority: int = 0
    priority_by_person: bool = False
    most_retries: int | None = None
    happened: list[Happening] = field(default_factory=list)
    """What happened to it since it was loaded; it goes into the history when the download is saved."""
    waits_newly: bool = False
    """Whether it waits since it was loaded: it did not before, or for something of another kind."""

    def note(self, kind: str, words: str, **details: object) -> None:
        """Something happened, for its history."""
        self.happened.append(Happening(kind, words, details))

    @property
    def ladder(self) -> Ladder:
        """The ladder that its last failure stands on."""
        return ladder_of(self.error_type) if self.error_type else Ladder.OFFER

    @property
    def retry_count(self) -> int:
        return self.transit_failures if self.ladder is Ladder.TRANSIT else self.offer_failures

    @property
    def max_retries(self) -> int:
        return len(DELAYS[self.ladder]) if self.most_retries is None else self.most_retries

    @property
    def tally_item(self) -> str:
        """What its failures are counted under: the missing book, so that they outlast a cancelled download."""
        return str(self.missing_book_id or self.id)

    @property
    def handed_over(self) -> bool:
        """Whether a release is chosen and on its way into the client."""
        return self.status is DownloadStatus.SEARCHING and self.choice_id is not None

    @property
    def is_put_off(self) -> bool:
        """Whether it waits, by no fault of its own, for a system that did not answer."""
        return self.status in _NOT_IN_THE_CLIENT and self.next_retry_at is not None

    @property
    def may_be_cancelled_unseen(self) -> bool:
        """Whether nothing of it is in the client yet."""
        return self.status in _BEFORE_THE_CLIENT and self.info_hash is None

    def may_be_searched(self, now: datetime) -> bool:
        """Queued, cut off while searching, or failed; and due."""
        if self.next_retry_at is not None and self.next_retry_at > now:
            return False
        if self.status is DownloadStatus.FAILED:
            return self.next_retry_at is not None and self.next_step() is NextStep.SEARCH
        return self.status is DownloadStatus.QUEUED or self.is_searching()

    def is_searching(self) -> bool:
        return self.status is DownloadStatus.SEARCHING and self.choice_id is None

    def next_step(self) -> NextStep:
        """Finished files are imported; what may be in the client, or a person chose, is handed over; else a search.

        Searching anew while a torrent may be in the client could grab the book twice.
        """
        if self.release is not None and self.completed_at is not None and self.error_type is ErrorType.IMPORT:
            return NextStep.IMPORT
        if self.release is not None and self.info_hash is not None and self.error_type in _ON_THE_WAY:
            return NextStep.GRAB
        return NextStep.GRAB if self.handed_over else NextStep.SEARCH

    def search_began(self, now: datetime) -> None:
        self._forget_choice()
        self.status = DownloadStatus.SEARCHING
        self.last_attempt_at = now
        self.next_retry_at = None

    def searched(self, now: datetime) -> None:
        """Every indexer answered."""
        self.searched_at = now
        self.put_off_times = 0

    def chose(self, choice_id: UUID, release: Release, *, by_person: bool, now: datetime, why: str = "") -> None:
        """A release was chosen; it is on its way into the client. `why` says what makes it this book."""
        self._forget_choice()
        self.status = DownloadStatus.SEARCHING
        self.choice_id = choice_id
        self.release = release
        self.source = DownloadSource(release.indexer)
        self.by_person = by_person
        self.chosen_at = now
        self.size_bytes = release.size_bytes
        self.waiting_for = None
        self._forget_error()
        by = "a person" if by_person else "rule"
        words = f"“{release.title}” from {release.indexer_name} was chosen by {by}"
        self.note("chosen", f"{words}: {why}" if why else words, release_id=release.id)

    def waits_for(self, words: str) -> None:
        """A person, or something outside, has to change before it goes on; the next search looks again."""
        before = self.waiting_for
        self.waits_newly = before is None or kind_of_waiting(before) is not kind_of_waiting(words)
        self._forget_choice()
        self.status = DownloadStatus.QUEUED
        self.waiting_for = words
        self._forget_error()
        self.note("waits", f"it waits for {words}" if kind_of_waiting(words) in _BY_PERSON else words)

    def grabbed(self, *, client_state: str, now: datetime) -> None:
        """The client has the torrent."""
        self.status = DownloadStatus.DOWNLOADING
        self.grabbed_at = now
        self.client_state = client_state
        self.state_since = now
        self.progressed_at = now
        self.put_off_times = 0
        self._forget_error()
        self.note("grabbed", "its torrent is in qBittorrent", info_hash=self.info_hash)

    def lost(self, now: datetime) -> None:
        """The client lost the torrent by no fault of the release: it is handed over again."""
        self.status = DownloadStatus.SEARCHING
        self.lost_at = now
        self.client_state = self.state_since = self.progressed_at = None
        self.note("lost", "qBittorrent started anew and lost the torrent; it is added again")

    def seen(
        self, client_state: str, progress: float, *, state_since: datetime | None, progressed_at: datetime | None
    ) -> None:
        """What the client showed just now."""
        self.client_state, self.progress = client_state, progress
        self.state_since, self.progressed_at = state_since, progressed_at

    def completed(self, *, content_path: str, now: datetime) -> None:
        self.status = DownloadStatus.COMPLETED
        self.progress = 1.0
        self.content_path = content_path
        self.completed_at = now
        self.transit_failures = 0
        self._forget_error()
        self.note("transferred", "all its files are there")

    def may_be_imported(self) -> bool:
        """Finished, or cut off while its files were placed."""
        unplaced = self.status is DownloadStatus.IMPORTING and self.library_path is None
        return self.status is DownloadStatus.COMPLETED or unplaced

    @property
    def awaits_confirmation(self) -> bool:
        """Placed into the library folder, and not reported by the library yet."""
        return self.status is DownloadStatus.IMPORTING and self.library_path is not None

    def import_began(self, now: datetime) -> None:
        self.status = DownloadStatus.IMPORTING
        self.last_attempt_at = now
        self.next_retry_at = None

    def placed(self, library_path: str) -> None:
        self.library_path = library_path
        self._forget_error()
        self.note("imported", f"verified, and placed into the library folder at {library_path}")

    def imported(self, book_id: UUID) -> None:
        self.status = DownloadStatus.IMPORTED
        self.book_id = book_id
        self.transit_failures = self.offer_failures = 0
        self._forget_error()
        self.note("confirmed", "the library shows the book", book_id=str(book_id))

    def failed(self, error_type: ErrorType, reason: str, now: datetime) -> None:
        """One step further on the ladder of this kind of failure; at its end the download is abandoned."""
        ladder = ladder_of(error_type)
        before = self.transit_failures if ladder is Ladder.TRANSIT else self.offer_failures
        self.error_type, self.error = error_type, reason
        self.waiting_for = None
        self.next_retry_at = next_try(ladder, before, now, self.most_retries)
        if self.next_retry_at is None:
            self.status = DownloadStatus.ABANDONED
            self.note("abandoned", f"given up after the last try: {reason}", error_type=error_type.value)
            return
        self.note("failed", reason, error_type=error_type.value)
        self.status = DownloadStatus.FAILED
        if ladder is Ladder.TRANSIT:
            self.transit_failures += 1
        else:
            self.offer_failures += 1

    def put_off(self, error_type: ErrorType, why: str, now: datetime, *, not_before: timedelta = timedelta()) -> None:
        """A system that it needs did not answer: that is no failure of the book's, however often it happens.

        It is searched again then; a release that a person chose stays chosen.
        """
        chosen_by_person = self.handed_over and self.by_person
        if not chosen_by_person:
            self._forget_choice()
        self.status = DownloadStatus.SEARCHING if chosen_by_person else DownloadStatus.QUEUED
        self.waiting_for = None
        self.error_type, self.error = error_type, why
        self.next_retry_at = ask_again_at(self.put_off_times, now, not_before)
        self.put_off_times += 1
        self.note("put_off", f"put off, as {why}", error_type=error_type.value, until=self.next_retry_at.isoformat())

    def looks_further(self, error_type: ErrorType, reason: str) -> None:
        """The chosen release proved bad: back into the queue, to take the next one at once."""
        refused = f"“{self.release.title}”: " if self.release else ""
        self.note("release_refused", f"{refused}{reason}", error_type=error_type.value)
        self._forget_choice()
        self.status = DownloadStatus.QUEUED
        self.error_type, self.error = error_type, reason
        self.waiting_for = self.next_retry_at = None

    def removed(self, error_type: ErrorType, reason: str, now: datetime) -> None:
        """Its torrent is gone from the client: the next try is a search, not a second look for it."""
        self._forget_choice()
        self.failed(error_type, reason, now)

    def tried_again(self) -> NextStep:
        """What failed goes on where it can."""
        step = self.next_step()
        if step is NextStep.IMPORT:
            self.status = DownloadStatus.COMPLETED
        elif step is NextStep.GRAB:
            self.status = DownloadStatus.SEARCHING
        else:
            self._forget_choice()
            self.status = DownloadStatus.QUEUED
        self.next_retry_at = None
        return step

    def begun_again(self) -> NextStep:
        """A person wants it tried again: both ladders begin anew."""
        self.transit_failures = self.offer_failures = self.put_off_times = 0
        self.note("tried_again", "a person wants it tried again")
        return self.tried_again()

    def cancelled(self, why: str) -> None:
        self.status = DownloadStatus.CANCELLED
        self.note("cancelled", why)
        self.error, self.error_type = why, None
        self.waiting_for = self.next_retry_at = None

    def _forget_error(self) -> None:
        self.error = self.error_type = self.next_retry_at = None

    def _forget_choice(self) -> None:
        """All that belongs to one chosen release and its torrent."""
        self.choice_id = self.chosen_at = self.grabbed_at = self.release = self.source = None
        self.by_person = False
        self.info_hash = self.client_state = self.content_path = self.size_bytes = self.library_path = None
        self.state_since = self.progressed_at = self.completed_at = self.lost_at = None
        self.progress = 0.0


def kind_of_waiting(words: str) -> WaitsFor:
    """What a download waits for, by the words that it is told in."""
    if words.startswith("approval"):
        return WaitsFor.APPROVAL
    if words.startswith("a decision"):
        return WaitsFor.DECISION
    return WaitsFor.DISK if "free disk: " in words or "library folder: " in words else WaitsFor.ACCOUNT


def shown(download: Download) -> DownloadShown:
    """The download as people see it."""
    wanted, release = download.wanted, download.release
    return DownloadShown(
        id=download.id,
        missing_book_id=download.missing_book_id,
        title=wanted.title,
        authors=wanted.authors,
        series=wanted.series,
        sequence=wanted.sequence,
        priority=download.priority,
        status=download.status,
        waiting_for=download.waiting_for,
        source=download.source,
        release_id=release.id if release else None,
        release_title=release.title if release else None,
        info_hash=download.info_hash,
        client_state=download.client_state,
        progress=download.progress,
        size_bytes=download.size_bytes,
        retry_count=download.retry_count,
        max_retries=download.max_retries,
        error=download.error,
        error_type=download.error_type,
        last_attempt_at=download.last_attempt_at,
        next_retry_at=download.next_retry_at,
        library_path=download.library_path,
        book_id=download.book_id,
        created_at=download.created_at,
        updated_at=download.updated_at,
    )


_BY_PERSON = frozenset({WaitsFor.APPROVAL, WaitsFor.DECISION})
_ON_THE_WAY = frozenset({ErrorType.CLIENT, ErrorType.NETWORK, ErrorType.AUTH})
_NOT_IN_THE_CLIENT = frozenset({DownloadStatus.QUEUED, DownloadStatus.SEARCHING})
_BEFORE_THE_CLIENT = frozenset(
    {DownloadStatus.QUEUED, DownloadStatus.SEARCHING, DownloadStatus.FAILED, DownloadStatus.ABANDONED}
)
