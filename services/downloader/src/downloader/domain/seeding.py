"""How long a torrent still has to seed under the tracker's rules, and whether it may be removed from the client."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from shared.contracts.downloads.seeding import ListSeeding, SeedingState, SeedingTorrent
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.page import Page
from shared.contracts.translatable import translatables
from shared.contracts.values import Indexer
from shared.translatable import translatable

from downloader.domain.client_state import ClientState
from downloader.domain.torrent import ClientTorrent

SEEDING_DUTY = timedelta(hours=72)
"""MyAnonamouse's rule: 72 hours in total within 30 days. Other private trackers do not require more."""
DUE_WITHIN = timedelta(days=30)
_NOT_SEEDING = frozenset(
    {ClientState.COMPLETE_STOPPED, ClientState.STOPPED, ClientState.ERRORED, ClientState.MISSING_FILES}
)
_HOUR = 3600
_NEVER_COMPLETE = translatable("account.never_complete", "it was never complete, so it has no seeding duty")
_NOT_COMPLETE = translatable("account.not_complete", "it is not complete yet")


@dataclass(slots=True, kw_only=True)
class SeedingEntry:
    """A torrent that we grabbed, in the ledger of seeding times.

    `seeded_seconds` is its seeding time in total. `seeded_in_client` is the client's last figure, which starts at 0
    again when the torrent is added again. `listed_seconds` is the time that was still due by the tracker's own list,
    read at `listed_at`; None if the list does not have the torrent. `stopped_at` is when it was first seen not seeding
    although it must, and `warned_at` when that was announced.
    """

    info_hash: str
    download_id: UUID
    title: str
    release_title: str
    indexer: Indexer
    release_id: str
    size_bytes: int
    grabbed_at: datetime
    state: SeedingState = SeedingState.DOWNLOADING
    completed_at: datetime | None = None
    checked_at: datetime | None = None
    seeded_seconds: float = 0.0
    seeded_in_client: float = 0.0
    listed_seconds: int | None = None
    listed_at: datetime | None = None
    ratio: float = 0.0
    uploaded_bytes: int = 0
    stopped_at: datetime | None = None
    warned_at: datetime | None = None
    ended_at: datetime | None = None

    def saw(self, torrent: ClientTorrent | None, now: datetime) -> None:
        """Store what the client shows; None if it does not have the torrent."""
        self.checked_at = now
        if torrent is not None:
            grown = torrent.seeding_seconds - self.seeded_in_client
            self.seeded_seconds += grown if grown >= 0 else torrent.seeding_seconds
            self.seeded_in_client = torrent.seeding_seconds
            self.ratio, self.uploaded_bytes = torrent.ratio, torrent.uploaded_bytes
            if torrent.progress >= 1 and self.completed_at is None:
                self.completed_at = now
        self.state = self._state(torrent)
        must_seed = self.state in {SeedingState.STOPPED, SeedingState.GONE} and not self.is_met
        self.stopped_at = (self.stopped_at or now) if must_seed else None
        if not must_seed:
            self.warned_at = None
        self.ended_at = (self.ended_at or now) if self.state is SeedingState.ENDED else None

    def listed(self, duty: SeedingDuty | None) -> None:
        """Store what the tracker's list of open duties says; None if it does not have the torrent."""
        self.listed_seconds = duty.remaining_seconds if duty else None
        self.listed_at = duty.read_at if duty else None

    @property
    def remaining_seconds(self) -> int:
        """The seeding time that is still due: the longer one of the client's figure and the tracker's."""
        if self.completed_at is None:
            return 0 if self.state is SeedingState.ENDED else int(SEEDING_DUTY.total_seconds())
        own = SEEDING_DUTY.total_seconds() - self.seeded_seconds
        return max(0, int(max(own, self._listed_now())))

    @property
    def is_met(self) -> bool:
        """Whether its seeding duty is met."""
        return self.completed_at is not None and self.remaining_seconds == 0

    @property
    def is_safe_to_remove(self) -> bool:
        """Whether removing it breaks no rule: its duty is met, or it never was complete and is gone."""
        return self.is_met or self.state is SeedingState.ENDED

    @property
    def words(self) -> str:
        """The seeding duty in words."""
        if self.completed_at is None:
            ended = self.state is SeedingState.ENDED
            return _NEVER_COMPLETE if ended else _NOT_COMPLETE
        seconds, required, more = int(self.seeded_seconds), int(SEEDING_DUTY.total_seconds()), self.remaining_seconds
        words = f"seeded for {seconds / _HOUR:.1f} of {required / _HOUR:.0f} hours"
        if self.is_met:
            return translatable("account.seeded", words, seeded=seconds, required=required)
        words = f"{words}: {more / _HOUR:.1f} more"
        if self._listed_now() <= required - self.seeded_seconds:
            return translatable("account.must_seed", words, seeded=seconds, required=required, more=more)
        words = f"{words} by the tracker's own list"
        return translatable("account.must_seed_by_list", words, seeded=seconds, required=required, more=more)

    @property
    def interruption(self) -> str | None:
        """Why it does not seed although it must, and what to do; None if it seeds."""
        if self.stopped_at is None or self.completed_at is None:
            return None
        what, remedy = (
            ("was removed from the download client", "Add the torrent again")
            if self.state is SeedingState.GONE
            else ("does not seed", "Start it in the download client")
        )
        due = (self.completed_at + DUE_WITHIN).date()
        return f"“{self.title}” {what}: {self.words}. {remedy}; its seeding duty must be met by {due}"

    def shown(self) -> SeedingTorrent:
        """The entry as the API shows it."""
        return SeedingTorrent(
            info_hash=self.info_hash,
            download_id=self.download_id,
            title=self.title,
            release_title=self.release_title,
            indexer=self.indexer,
            release_id=self.release_id,
            size_bytes=self.size_bytes,
            state=self.state,
            grabbed_at=self.grabbed_at,
            completed_at=self.completed_at,
            checked_at=self.checked_at,
            seeded_seconds=int(self.seeded_seconds),
            required_seconds=int(SEEDING_DUTY.total_seconds()),
            remaining_seconds=self.remaining_seconds,
            due_at=self.completed_at + DUE_WITHIN if self.completed_at and not self.is_met else None,
            ratio=self.ratio,
            uploaded_bytes=self.uploaded_bytes,
            safe_to_remove=self.is_safe_to_remove,
            words=self.words,
            translatable=translatables(words=self.words),
        )

    def _listed_now(self) -> float:
        """What the tracker's list says, less the time that it has seeded since the list was read."""
        if self.listed_seconds is None or self.listed_at is None or self.checked_at is None:
            return 0.0
        since = (self.checked_at - self.listed_at).total_seconds() if self.state is SeedingState.SEEDING else 0.0
        return self.listed_seconds - max(0.0, since)

    def _state(self, torrent: ClientTorrent | None) -> SeedingState:
        if torrent is None:
            return SeedingState.ENDED if self.completed_at is None or self.is_met else SeedingState.GONE
        if self.completed_at is None:
            return SeedingState.DOWNLOADING
        return SeedingState.STOPPED if torrent.state in _NOT_SEEDING else SeedingState.SEEDING


class Seeding(Protocol):
    """The ledger of the torrents that we grabbed, and their seeding times."""

    async def began(self, entry: SeedingEntry) -> None:
        """Store a grabbed torrent. One that was grabbed before keeps its times."""

    async def find(self, hashes: Collection[str]) -> SeedingEntry | None:
        """The entry of the torrent with one of these hashes, or None."""

    async def to_check(self, ended_since: datetime) -> Sequence[str]:
        """The hashes of torrents that are, or must be, in the client, or that ended since then."""

    async def locked(self, info_hash: str) -> SeedingEntry | None:
        """The entry of the torrent, locked until the transaction ends, or None."""

    async def store(self, entry: SeedingEntry) -> None:
        """Store the times and the state of an entry."""

    async def is_imported(self, info_hash: str) -> bool:
        """Whether a book of the torrent was imported and none still has to be."""

    async def page(self, query: ListSeeding) -> Page[SeedingEntry]:
        """Those that are not safe to remove first, then newest first."""


def keeps_seeding(torrent: ClientTorrent, entry: SeedingEntry | None) -> str | None:
    """Why the torrent has to stay in the client; None if nothing of it was downloaded or its duty is met.

    `entry` is its entry in the ledger; without one, the client's own figure counts.
    """
    if torrent.progress <= 0:
        return None
    seeded = max(torrent.seeding_seconds, entry.seeded_seconds if entry else 0.0)
    if entry is not None and entry.is_met:
        return None
    if entry is None and seeded >= SEEDING_DUTY.total_seconds():
        return None
    return f"its torrent stays in the client: seeded for {seeded / _HOUR:.1f} of 72 hours"
