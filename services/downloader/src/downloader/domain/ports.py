"""What the handlers need from outside, by role."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from uuid import UUID

from shared.contracts.downloads.blocklist import BlockedRelease, ListBlocklist
from shared.contracts.downloads.candidates import Candidate
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.downloads import ListDownloads, SearchDownloads
from shared.contracts.downloads.failed_attempts import FailedAttempt
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release
from shared.contracts.message import Command, Event
from shared.contracts.page import Page
from shared.contracts.runs import RunOutcome, RunTally
from shared.contracts.system import TellTimeline, Timeline
from shared.contracts.values import Indexer as IndexerName
from shared.contracts.values import MissingStatus

from downloader.domain.decision import Decision
from downloader.domain.download import Attempt, Download, Happening
from downloader.domain.reservations import PendingGrab
from downloader.domain.torrent import ClientTorrent
from downloader.domain.torrent_file import TorrentIdentity
from downloader.domain.verification import ProbedAudio


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Offers:
    """What one query at an indexer found.

    `away` names, in words, what could not be asked; `queries` is how many queries the indexer has for the book.
    """

    releases: list[Release]
    away: str | None = None
    queries: int = 1


@dataclass(frozen=True, slots=True)
class Torrent:
    """What is handed to the client: a torrent file's bytes, or a magnet link."""

    identity: TorrentIdentity
    content: bytes | None = None
    magnet: str | None = None


class Indexer(Protocol):
    """Where releases are on offer. Raises the `RemoteError` family and nothing else."""

    name: IndexerName

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send one of the queries for a book, the narrowest first. The next one is for when nothing found will do."""
        ...

    async def fetch(self, release: Release) -> Torrent: ...


class Account(Protocol):
    """The standing at MyAnonamouse. Raises the `RemoteError` family."""

    async def standing(self) -> Standing: ...


class Library(Protocol):
    """What is missing, and which folders are taken. Raises the `RemoteError` family."""

    def missing_books(self, status: MissingStatus) -> AsyncIterator[MissingBook]: ...

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None: ...

    async def other_titles(self, wanted: MissingBook) -> list[str]:
        """Titles of other books by its author or in its series; its own may be among them."""
        ...

    async def book_folders(self, paths: Sequence[str]) -> list[str]:
        """Which of these folders, below the library folder, are books."""

    async def sample_book_paths(self) -> list[str]:
        """Where books are, below the library folder, that are shown with their files."""


class TorrentClient(Protocol):
    """The download client. Raises the `RemoteError` family."""

    @property
    def category(self) -> str:
        """The category of our torrents."""
        ...

    async def find(self, hashes: Sequence[str]) -> ClientTorrent | None: ...

    async def add(self, torrent: Torrent) -> ClientTorrent:
        """Add it once: when it is there already, it is left as it is. Returns when the client shows it."""
        ...

    async def changes(self) -> tuple[bool, "TorrentsSeen"]:
        """Whether anything changed since the last call, and everything as it is now."""
        ...

    @property
    def session_began_at(self) -> datetime | None:
        """When the client last took us for new, as it does after a restart; None while it never has."""
        ...

    async def tracker_fault(self, torrent: ClientTorrent) -> str | None: ...

    async def remove(self, torrent: ClientTorrent, *, with_files: bool) -> None: ...


class TorrentsSeen(Protocol):
    """The client's torrents at one moment."""

    def get(self, info_hash: str) -> ClientTorrent | None: ...


class AudioProbe(Protocol):
    async def probe(self, files: Sequence[Path], root: Path) -> list[ProbedAudio]: ...


class LibraryFolder(Protocol):
    """The library folder and the disk. Raises `PlaceTaken` and OSError."""

    async def free_bytes(self) -> int: ...

    async def holds_any(self, paths: Sequence[str]) -> bool: ...

    async def files_of(self, content: Path) -> list[Path]: ...

    async def place(self, files: Sequence[Path], root: Path, folder: PurePosixPath, download_id: UUID) -> None: ...

    async def begun_downloads(self) -> list[UUID]: ...

    async def remove_leftovers(self, download_id: UUID) -> None: ...

    async def empty_torrent_folders(self, *, remove: bool) -> int: ...


class ImportLocks(Protocol):
    """One lock for each download, so that only one attempt at its import runs at a time."""

    def held(self, download_id: UUID) -> AbstractAsyncContextManager[bool]:
        """Hold the lock until the block ends, or the process does; False when another attempt holds it."""
        ...


class PlaceTaken(Exception):
    """Another book's files stand where these should go."""


class Runs(Protocol):
    async def open(self, run_id: UUID | None, items: Sequence[str]) -> bool: ...

    async def settle(
        self, run_id: UUID | None, item: str, *, succeeded: bool = True, words: str | None = None
    ) -> None: ...

    async def started(self, run_id: UUID | None) -> None: ...

    async def cancelled(self, run_id: UUID | None) -> bool: ...

    def progressed(self, run_id: UUID | None, tally: RunTally, line: str | None = None) -> None: ...

    def finished(
        self,
        run_id: UUID | None,
        tally: RunTally,
        *,
        outcome: RunOutcome = RunOutcome.COMPLETED,
        problems: Sequence[str] = (),
        details: dict[str, Any] | None = None,
    ) -> None: ...


class Downloads(Protocol):
    @property
    def happened(self) -> Sequence[tuple[str, Happening]]:
        """What was saved in this transaction as having happened, each with the book's title."""
        ...

    async def get(self, download_id: UUID) -> Download | None:
        """One download, locked until the transaction ends."""
        ...

    async def save(self, download: Download) -> None: ...

    async def want(self, missing: Sequence[MissingBook], now: datetime) -> list[tuple[UUID, UUID, bool]]:
        """One download for each missing book: its id, the missing book's, and whether it is new."""
        ...

    async def make(self, wanted: MissingBook, now: datetime) -> Download:
        """A download that no missing book stands behind; it gets the id of what is wanted."""
        ...

    async def remove(self, download_id: UUID) -> None: ...

    async def to_search(self, ids: Sequence[UUID], now: datetime) -> list[UUID]:
        """Those that may be searched now: the longest unsearched first, then by priority."""
        ...

    async def of_missing_book(self, missing_book_id: UUID) -> list[Download]: ...

    async def under_way(self) -> list[Download]: ...

    async def cancelled_hashes(self, since: datetime) -> list[str]:
        """Torrents of downloads cancelled since then that no other download has."""
        ...

    async def due(self, now: datetime, stuck_after: timedelta, *, in_transit: bool) -> list[UUID]: ...

    async def import_is_running(self, download_id: UUID) -> bool:
        """Whether an attempt holds the download's import lock. If not, none can take it until this transaction ends."""
        ...

    async def bytes_to_come(self, but: UUID) -> int: ...

    async def taken(self, releases: Sequence[Release], but: UUID) -> dict[tuple[str, str], str]: ...

    async def holder_of_release(self, release: Release) -> tuple[UUID, str, str] | None:
        """Id, title and status of the live or imported download that has a release."""
        ...

    async def live_with_hash(self, info_hash: str) -> tuple[UUID, str, str] | None:
        """The same by a torrent's hash. Who asks for the same hash waits until this transaction ends."""
        ...

    async def holder_of(self, hashes: Sequence[str], but: UUID) -> str | None:
        """The title of another live download that has this torrent.

        Who asks for the same hash waits until this transaction ends, so that the answer stays true in it.
        """
        ...


class AccountGrabs(Protocol):
    async def pending(self, account: Standing, but: UUID, before: datetime | None = None) -> list[PendingGrab]:
        """Our other grabs at MyAnonamouse that the account as it was read does not show, or not in full.

        Whoever asks next waits until this transaction ends. With `before`, of those on their way into the client only
        the ones chosen earlier.
        """
        ...


class ShownDownloads(Protocol):
    async def one(self, download_id: UUID) -> DownloadShown | None: ...

    async def page(self, query: ListDownloads) -> Page[DownloadShown]:
        """Raises `UnknownSort`."""
        ...

    async def matching(self, query: SearchDownloads) -> Page[DownloadShown]:
        """Raises `UnknownSort`."""
        ...


class Candidates(Protocol):
    async def replace(
        self, download_id: UUID, decisions: Sequence[Decision], now: datetime
    ) -> dict[tuple[str, str], UUID]:
        """Store the decisions of the last search in place of those before; the ids by release."""
        ...

    async def add(self, download_id: UUID, decisions: Sequence[Decision], now: datetime) -> dict[tuple[str, str], UUID]:
        """Store decisions beside those there are; the ids by release."""
        ...

    async def get(self, candidate_id: UUID) -> Candidate | None: ...

    async def grabbed_before(self, releases: Sequence[Release]) -> frozenset[tuple[str, str]]: ...

    async def mark_grabbed(self, candidate_id: UUID) -> None: ...

    async def page(self, download_id: UUID, limit: int, offset: int) -> Page[Candidate]: ...


class ShownOffers(Protocol):
    """Releases that people's searches showed."""

    async def keep(self, releases: Sequence[Release], now: datetime) -> None: ...

    async def find(self, indexer: str, release_id: str) -> Release | None: ...


class History(Protocol):
    """The story of downloads. It is written where a download is saved."""

    async def tell(self, asked: TellTimeline) -> Timeline: ...


class Housekeeping(Protocol):
    async def clean_up(
        self, now: datetime, *, finished_before: datetime, shown_before: datetime, dry_run: bool
    ) -> dict[str, int]: ...

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]: ...


class Blocklist(Protocol):
    async def add(self, release: Release, reason: str, now: datetime) -> None: ...

    async def reasons(self, releases: Sequence[Release]) -> dict[tuple[str, str], str]: ...

    async def block(
        self, indexer: str, release_id: str, *, title: str, reason: str, now: datetime
    ) -> BlockedRelease: ...

    async def remove(self, blocked_id: UUID) -> BlockedRelease | None:
        """What was blocked, or None when there is no such row."""
        ...

    async def page(self, query: ListBlocklist) -> Page[BlockedRelease]: ...


class FailedAttempts(Protocol):
    async def count(self, download: Download, attempt: Attempt, now: datetime) -> None:
        """Add one to the permanent tally."""
        ...

    async def hide(self, item: str, now: datetime) -> None: ...

    async def page(self, item: str, limit: int, offset: int) -> Page[FailedAttempt]: ...


class DownloadsTransaction(Protocol):
    """What is stored and said together."""

    @property
    def runs(self) -> Runs: ...

    @property
    def downloads(self) -> Downloads: ...

    @property
    def shown(self) -> ShownDownloads: ...

    @property
    def candidates(self) -> Candidates: ...

    @property
    def history(self) -> History: ...

    @property
    def housekeeping(self) -> Housekeeping: ...

    @property
    def account_grabs(self) -> AccountGrabs: ...

    @property
    def offers(self) -> ShownOffers: ...

    @property
    def blocklist(self) -> Blocklist: ...

    @property
    def failed_attempts(self) -> FailedAttempts: ...

    def announce(self, event: Event) -> None: ...

    def send(self, command: Command, *, at: datetime | None = None) -> None: ...

    async def first_time(self) -> bool: ...


class Transactions(Protocol):
    """Opens a transaction: committed on the way out, rolled back when an exception leaves it."""

    def __call__(self) -> AbstractAsyncContextManager[DownloadsTransaction]: ...
