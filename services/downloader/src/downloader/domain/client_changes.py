"""What the client's current state of a torrent means for its download."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.contracts.downloads.downloads import ErrorType
from shared.translatable import translatable

from downloader.domain.client_state import ClientState
from downloader.domain.download import Download
from downloader.domain.torrent import ClientTorrent
from downloader.domain.torrent_size import larger_than_listed

VANISHED_AFTER = timedelta(seconds=60)
"""A client that has just started lists its torrents one after the other, so a torrent must stay absent this long."""

LOST_WITHIN = timedelta(minutes=10)
"""A client that is killed loses its newest torrents, because it writes them to disk only from time to time."""

REFUSALS = ("unregistered", "not registered", "not found", "unknown torrent", "deleted", "not authorized", "banned")
"""Parts of trackers' errors for a torrent that they will never serve; other errors may be temporary."""

_IDLE = frozenset({ClientState.STALLED, ClientState.METADATA, ClientState.DOWNLOADING})
_NO_SPACE = ("no space", "disk full", "not enough space")
"""Parts of the reasons that clients give for a full disk."""
_BROKEN = translatable("download.client_disk", "its folder is not writable, or its disk is full")


class ChangeKind(StrEnum):
    """What the change means for the download."""

    NOTHING = "nothing"
    PROGRESSED = "progressed"
    COMPLETED = "completed"
    FAILED = "failed"
    RELEASE_IS_BAD = "release is bad"
    TOO_LARGE = "too large"
    NO_ROOM = "no room"
    REMOVED = "removed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ClientChange:
    """The new state of a torrent, and what it means. `client_state` is the client's own name of the state."""

    kind: ChangeKind
    client_state: str
    progress: float
    state_since: datetime | None
    progressed_at: datetime | None
    error_type: ErrorType | None = None
    why: str = ""

    @property
    def stops_torrent(self) -> bool:
        """Whether the torrent must receive no more data."""
        return self.kind in (ChangeKind.TOO_LARGE, ChangeKind.NO_ROOM)


def compare(
    download: Download,
    torrent: ClientTorrent | None,
    *,
    now: datetime,
    stalled_after: timedelta,
    session_began_at: datetime | None = None,
    no_room: str | None = None,
) -> ClientChange:
    """Compare the client's torrent with the stored download.

    `stalled_after` is how long a torrent without seeds may make no progress. `session_began_at` is when the client
    last started a new session with us. `no_room` says why the torrent does not fit on the disk.
    """
    change = _progress(download, torrent, now)
    if torrent is None:
        return _absent(change, now, lost=_is_lost(download, session_began_at))
    if (why := _too_large(download, torrent)) is not None:
        return _failure(change, ChangeKind.TOO_LARGE, ErrorType.VERIFY, why)
    if torrent.is_complete:
        return replace(change, kind=ChangeKind.COMPLETED)
    if torrent.state in (ClientState.ERRORED, ClientState.MISSING_FILES):
        return _failure(change, ChangeKind.FAILED, ErrorType.CLIENT, _why_broken(torrent))
    if no_room is not None:
        return _failure(change, ChangeKind.NO_ROOM, ErrorType.CLIENT, no_room)
    return _check_stalled(change, torrent, now, stalled_after)


def _too_large(download: Download, torrent: ClientTorrent) -> str | None:
    """Why a torrent is larger than its listing: the size of a magnet link is known as soon as it has its metadata."""
    if download.release is None or download.is_in_pack:
        return None
    return larger_than_listed(torrent.size_bytes, download.release)


def _why_broken(torrent: ClientTorrent) -> str:
    if torrent.state is ClientState.MISSING_FILES:
        words = "the torrent's files are missing on the disk; they are downloaded again"
        return translatable("download.torrent_files_missing", words)
    if any(words in torrent.client_fault.casefold() for words in _NO_SPACE):
        return translatable("download.client_disk_full", "the disk of the download client is full: free some space")
    reason = torrent.client_fault or _BROKEN
    return translatable("download.client_error", f"the download client reports an error: {reason}", why=reason)


def _check_stalled(
    change: ClientChange, torrent: ClientTorrent, now: datetime, stalled_after: timedelta
) -> ClientChange:
    if torrent.tracker_fault and _is_refused(torrent.tracker_fault):
        words = f"the tracker refuses the torrent: {torrent.tracker_fault}"
        why = translatable("download.tracker_refuses", words, why=torrent.tracker_fault)
        return _failure(change, ChangeKind.RELEASE_IS_BAD, ErrorType.CLIENT, why)
    idle_since = change.progressed_at or now
    if torrent.state in _IDLE and torrent.seeds == 0 and now - idle_since >= stalled_after:
        hours = (now - idle_since).total_seconds() / 3600
        words = f"stalled: no progress beyond {torrent.progress:.0%} and no seeds for {hours:.2g} hours"
        seconds = round((now - idle_since).total_seconds())
        why = translatable("download.stalled", words, progress=torrent.progress, idle=seconds)
        return _failure(change, ChangeKind.RELEASE_IS_BAD, ErrorType.TIMEOUT, why)
    return change


def _progress(download: Download, torrent: ClientTorrent | None, now: datetime) -> ClientChange:
    client_state = torrent.client_state if torrent else ClientState.VANISHED.value
    progress = torrent.progress if torrent else download.progress
    changed = client_state != download.client_state
    grew = progress > download.progress
    return ClientChange(
        ChangeKind.PROGRESSED if changed or grew else ChangeKind.NOTHING,
        client_state,
        progress,
        state_since=now if changed else download.state_since,
        progressed_at=now if grew else download.progressed_at,
    )


def _absent(change: ClientChange, now: datetime, *, lost: bool) -> ClientChange:
    if change.state_since is None or now - change.state_since < VANISHED_AFTER:
        return change
    if lost:
        return replace(change, kind=ChangeKind.LOST, why="the download client lost the torrent in a restart")
    why = translatable("download.removed", "removed from the download client by a person")
    return _failure(change, ChangeKind.REMOVED, ErrorType.CLIENT, why)


def _is_lost(download: Download, session_began_at: datetime | None) -> bool:
    """Whether a restart soon after the grab, before any progress, lost the torrent for the first time."""
    if download.grabbed_at is None or session_began_at is None or download.lost_at is not None:
        return False
    since_grab = session_began_at - download.grabbed_at
    return download.progress == 0 and timedelta(0) < since_grab <= LOST_WITHIN


def _failure(change: ClientChange, kind: ChangeKind, error_type: ErrorType, why: str) -> ClientChange:
    return replace(change, kind=kind, error_type=error_type, why=why)


def _is_refused(tracker_fault: str) -> bool:
    return any(words in tracker_fault.casefold() for words in REFUSALS)
