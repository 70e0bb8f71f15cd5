"""The torrent states of every qBittorrent version.

Sources: states recorded from 4.5.2, 5.1.0 and 5.3.0, and the list of states of the Web API. Before 5.0 a stopped
torrent was called paused.
"""

from downloader.domain.client_state import ClientState

_NAMES = {
    ClientState.METADATA: ("metaDL", "forcedMetaDL"),
    ClientState.DOWNLOADING: ("downloading", "forcedDL", "allocating"),
    ClientState.STALLED: ("stalledDL",),
    ClientState.QUEUED: ("queuedDL",),
    ClientState.CHECKING: ("checkingDL", "checkingUP", "checkingResumeData"),
    ClientState.MOVING: ("moving",),
    ClientState.STOPPED: ("stoppedDL", "pausedDL"),
    ClientState.ERRORED: ("error",),
    ClientState.MISSING_FILES: ("missingFiles",),
    ClientState.COMPLETE: ("uploading", "stalledUP", "forcedUP", "queuedUP"),
    ClientState.COMPLETE_STOPPED: ("stoppedUP", "pausedUP"),
}
_STATES = {name: state for state, names in _NAMES.items() for name in names}


def state_of(name: str, progress: float) -> ClientState:
    """The state with this name. A torrent is complete only if its progress is 1."""
    state = _STATES.get(name, ClientState.UNKNOWN)
    if state in {ClientState.COMPLETE, ClientState.COMPLETE_STOPPED} and progress < 1:
        return ClientState.CHECKING
    return state
