"""What a look at the client means for a download under way."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.contracts.downloads.downloads import ErrorType

from downloader.domain.client_state import ClientState
from downloader.domain.download import Download
from downloader.domain.torrent import ClientTorrent

VANISHED_AFTER = timedelta(seconds=60)
"""A client that has just started shows its torrents one after the other: gone is what stays away."""

LOST_WITHIN = timedelta(minutes=10)
"""A client that is killed forgets what it was given last: it writes its torrents down only now and then."""

REFUSALS = ("unregistered", "not registered", "not found", "unknown torrent", "deleted", "not authorized", "banned")
"""Words of trackers for a torrent that they will never serve; anything else may pass."""

_IDLE = frozenset({ClientState.STALLED, ClientState.METADATA, ClientState.DOWNLOADING})
_BROKEN = {
    ClientState.ERRORED: "qBittorrent shows an error: the folder cannot be written, or the disk is full",
    ClientState.MISSING_FILES: "the torrent's files are gone from the disk",
}


class Meaning(StrEnum):
    """What to do about it."""

    NOTHING = "nothing"
    PROGRESSED = "progressed"
    COMPLETED = "completed"
    FAILED = "failed"
    RELEASE_IS_BAD = "release is bad"
    REMOVED = "removed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen, in the words that are stored, and what it means."""

    meaning: Meaning
    word: str
    progress: float
    state_since: datetime | None
    progressed_at: datetime | None
    error_type: ErrorType | None = None
    why: str = ""


def look(
    download: Download,
    torrent: ClientTorrent | None,
    *,
    now: datetime,
    stalled_after: timedelta,
    session_began_at: datetime | None = None,
) -> Sight:
    """Compare what the client shows with what is stored. `session_began_at`: when it last took us for new."""
    sight = _seen(download, torrent, now)
    if torrent is None:
        return _absent(sight, now, lost=_is_lost(download, session_began_at))
    if torrent.state is ClientState.COMPLETE:
        return replace(sight, meaning=Meaning.COMPLETED)
    if torrent.state in _BROKEN:
        return _means(sight, Meaning.FAILED, ErrorType.CLIENT, _BROKEN[torrent.state])
    return _waiting(sight, torrent, now, stalled_after)


def _waiting(sight: Sight, torrent: ClientTorrent, now: datetime, stalled_after: timedelta) -> Sight:
    if torrent.tracker_fault and _is_refused(torrent.tracker_fault):
        why = f"the tracker refuses it: {torrent.tracker_fault}"
        return _means(sight, Meaning.RELEASE_IS_BAD, ErrorType.CLIENT, why)
    idle_since = sight.progressed_at or now
    if torrent.state in _IDLE and torrent.seeds == 0 and now - idle_since >= stalled_after:
        hours = (now - idle_since).total_seconds() / 3600
        why = f"stalled: no progress beyond {torrent.progress:.0%} and no seeds for {hours:.2g} hours"
        return _means(sight, Meaning.RELEASE_IS_BAD, ErrorType.TIMEOUT, why)
    return sight


def _seen(download: Download, torrent: ClientTorrent | None, now: datetime) -> Sight:
    word = torrent.word if torrent else ClientState.VANISHED.value
    progress = torrent.progress if torrent else download.progress
    changed = word != download.client_state
    grew = progress > download.progress
    return Sight(
        Meaning.PROGRESSED if changed or grew else Meaning.NOTHING,
        word,
        progress,
        state_since=now if changed else download.state_since,
        progressed_at=now if grew else download.progressed_at,
    )


def _absent(sight: Sight, now: datetime, *, lost: bool) -> Sight:
    if sight.state_since is None or now - sight.state_since < VANISHED_AFTER:
        return sight
    if lost:
        return replace(sight, meaning=Meaning.LOST, why="qBittorrent started anew and lost the torrent")
    return _means(sight, Meaning.REMOVED, ErrorType.CLIENT, "removed from qBittorrent by a person")


def _is_lost(download: Download, session_began_at: datetime | None) -> bool:
    """Gone with the client's restart, soon after it was added and before anything of it came; once only."""
    if download.grabbed_at is None or session_began_at is None or download.lost_at is not None:
        return False
    since_grab = session_began_at - download.grabbed_at
    return download.progress == 0 and timedelta(0) < since_grab <= LOST_WITHIN


def _means(sight: Sight, meaning: Meaning, error_type: ErrorType, why: str) -> Sight:
    return replace(sight, meaning=meaning, error_type=error_type, why=why)


def _is_refused(told: str) -> bool:
    return any(word in told.casefold() for word in REFUSALS)
