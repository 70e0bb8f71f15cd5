"""The torrent states of Transmission: its `status`, and what it reports as a local error.

Source: rpc-spec.txt and libtransmission of 3.00. The words of an error are those of 3.00 and 4.
"""

from downloader.domain.client_state import ClientState

_STOPPED, _CHECK_WAIT, _CHECK, _DOWNLOAD_WAIT, _DOWNLOAD, _SEED_WAIT, _SEED = range(7)
_NAMES = {
    _STOPPED: "stopped",
    _CHECK_WAIT: "waiting to check",
    _CHECK: "checking",
    _DOWNLOAD_WAIT: "waiting to download",
    _DOWNLOAD: "downloading",
    _SEED_WAIT: "waiting to seed",
    _SEED: "seeding",
}
_STATES = {
    _STOPPED: ClientState.STOPPED,
    _CHECK_WAIT: ClientState.CHECKING,
    _CHECK: ClientState.CHECKING,
    _DOWNLOAD_WAIT: ClientState.QUEUED,
    _SEED_WAIT: ClientState.CHECKING,
    _SEED: ClientState.CHECKING,
}
"""The states of a torrent that is not complete. One that seeds so is about to be checked."""
_IF_COMPLETE = {
    _STOPPED: ClientState.COMPLETE_STOPPED,
    _SEED_WAIT: ClientState.COMPLETE,
    _SEED: ClientState.COMPLETE,
}
TRACKER_ERROR, LOCAL_ERROR = 2, 3
_FILES_ARE_GONE = "no data found"


def name_of(status: int, error: int) -> str:
    """The state in Transmission's words."""
    return "local error" if error == LOCAL_ERROR else _NAMES.get(status, f"status {status}")


def state_of(status: int, *, is_complete: bool, has_metadata: bool, is_receiving: bool) -> ClientState:
    """The state of a torrent without a local error."""
    if is_complete and status in _IF_COMPLETE:
        return _IF_COMPLETE[status]
    if status != _DOWNLOAD:
        return _STATES.get(status, ClientState.UNKNOWN)
    if not has_metadata:
        return ClientState.METADATA
    return ClientState.DOWNLOADING if is_receiving else ClientState.STALLED


def state_of_error(words: str) -> ClientState:
    """The state of a torrent with a local error, such as a full disk. Transmission stops it then."""
    gone = words.casefold().startswith(_FILES_ARE_GONE)
    return ClientState.MISSING_FILES if gone else ClientState.ERRORED
