"""qBittorrent's words for a torrent's state, of every version, in ours.

Sources: states recorded from 4.5.2, 5.1.0 and 5.3.0, and the Web API's list of states. Before 5.0 a stopped torrent is
called paused.
"""

from enum import StrEnum


class ClientState(StrEnum):
    """What a torrent is doing, as far as it matters for what we do next."""

    METADATA = "getting metadata"
    DOWNLOADING = "downloading"
    STALLED = "stalled"
    QUEUED = "queued"
    CHECKING = "checking"
    MOVING = "moving"
    STOPPED = "stopped by a person"
    ERRORED = "errored"
    MISSING_FILES = "missing files"
    COMPLETE = "complete"
    VANISHED = "vanished"
    UNKNOWN = "unknown"


_WORDS = {
    ClientState.METADATA: ("metaDL", "forcedMetaDL"),
    ClientState.DOWNLOADING: ("downloading", "forcedDL", "allocating"),
    ClientState.STALLED: ("stalledDL",),
    ClientState.QUEUED: ("queuedDL",),
    ClientState.CHECKING: ("checkingDL", "checkingUP", "checkingResumeData"),
    ClientState.MOVING: ("moving",),
    ClientState.STOPPED: ("stoppedDL", "pausedDL"),
    ClientState.ERRORED: ("error",),
    ClientState.MISSING_FILES: ("missingFiles",),
    ClientState.COMPLETE: ("uploading", "stalledUP", "forcedUP", "queuedUP", "stoppedUP", "pausedUP"),
}
_STATES = {word: state for state, words in _WORDS.items() for word in words}


def client_state(word: str, progress: float) -> ClientState:
    """Our word. Complete needs both the whole content and a state of seeding: neither alone tells it."""
    state = _STATES.get(word, ClientState.UNKNOWN)
    if state is ClientState.COMPLETE and progress < 1:
        return ClientState.CHECKING
    return state
