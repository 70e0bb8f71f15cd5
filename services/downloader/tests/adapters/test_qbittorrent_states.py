"""The states of every qBittorrent version."""

import pytest
from downloader.adapters.clients.qbittorrent.states import state_of
from downloader.domain.client_state import ClientState


@pytest.mark.parametrize(
    ("name", "progress", "state"),
    [
        ("metaDL", 0, ClientState.METADATA),
        ("forcedMetaDL", 0, ClientState.METADATA),
        ("downloading", 0.4, ClientState.DOWNLOADING),
        ("forcedDL", 0.4, ClientState.DOWNLOADING),
        ("allocating", 0, ClientState.DOWNLOADING),
        ("stalledDL", 0.4, ClientState.STALLED),
        ("queuedDL", 0, ClientState.QUEUED),
        ("checkingDL", 0.2, ClientState.CHECKING),
        ("checkingUP", 1, ClientState.CHECKING),
        ("checkingResumeData", 1, ClientState.CHECKING),
        ("moving", 1, ClientState.MOVING),
        ("pausedDL", 0.4, ClientState.STOPPED),
        ("stoppedDL", 0.4, ClientState.STOPPED),
        ("error", 1, ClientState.ERRORED),
        ("missingFiles", 0, ClientState.MISSING_FILES),
        ("uploading", 1, ClientState.COMPLETE),
        ("stalledUP", 1, ClientState.COMPLETE),
        ("forcedUP", 1, ClientState.COMPLETE),
        ("queuedUP", 1, ClientState.COMPLETE),
        ("pausedUP", 1, ClientState.COMPLETE_STOPPED),
        ("stoppedUP", 1, ClientState.COMPLETE_STOPPED),
        ("stalledUP", 0.99, ClientState.CHECKING),
        ("a future name", 1, ClientState.UNKNOWN),
    ],
)
def test_every_state_name_has_its_state(name: str, progress: float, state: ClientState) -> None:
    assert state_of(name, progress) is state
