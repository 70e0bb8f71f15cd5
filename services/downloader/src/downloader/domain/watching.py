"""What a look at the client means for a download under way."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.contracts.downloads import ErrorType

from downloader.domain.client_state import ClientState
from downloader.domain.download import Download
from downloader.domain.torrent import ClientTorrent

VANISHED_AFTER = timedelta(seconds=60)
"""A client that has just started shows its torrents one after the other: gone is what stays away."""

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


def look(download: Download, torrent: ClientTorrent | None, *, now: datetime, stalled_after: timedelta) -> Sight:
    """Compare what the client shows with what is stored."""
    sight = _seen(download, torrent, now)
    if torrent is None:
        return _absent(sight, now)
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


def _absent(sight: Sight, now: datetime) -> Sight:
    if sight.state_since is None or now - sight.state_since < VANISHED_AFTER:
        return sight
    return _means(sight, Meaning.REMOVED, ErrorType.CLIENT, "removed from qBittorrent by a person")


def _means(sight: Sight, meaning: Meaning, error_type: ErrorType, why: str) -> Sight:
    return replace(sight, meaning=meaning, error_type=error_type, why=why)


def _is_refused(told: str) -> bool:
    return any(word in told.casefold() for word in REFUSALS)
