"""What the client shows, in its words of every version, and what it means."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from downloader.domain.client_changes import Meaning, look
from downloader.domain.client_state import ClientState, client_state
from downloader.domain.seeding import keeps_seeding
from downloader.domain.torrent import ClientTorrent
from shared.contracts.downloads.downloads import DownloadStatus

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Make = Callable[..., Any]


def torrent(**changes: Any) -> ClientTorrent:
    fields: dict[str, Any] = {
        "hashes": ("a" * 40,), "name": "Oz", "word": "downloading", "progress": 0.5, "size_bytes": 1, "seeds": 3,
    }  # fmt: skip
    return ClientTorrent(**(fields | changes))


@pytest.fixture
def downloading(a_download: Make) -> Make:
    def make(**changes: Any) -> Any:
        fields: dict[str, Any] = {
            "status": DownloadStatus.DOWNLOADING, "client_state": "downloading", "progress": 0.5,
            "state_since": NOW - DAY, "progressed_at": NOW - timedelta(minutes=1),
        }  # fmt: skip
        return a_download(**(fields | changes))

    return make


@pytest.mark.parametrize(
    ("word", "progress", "state"),
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
        ("pausedUP", 1, ClientState.COMPLETE),
        ("stoppedUP", 1, ClientState.COMPLETE),
        ("stalledUP", 0.99, ClientState.CHECKING),
        ("a word to come", 1, ClientState.UNKNOWN),
    ],
)
def test_every_word_of_the_client_has_a_meaning(word: str, progress: float, state: ClientState) -> None:
    assert client_state(word, progress) is state


@pytest.mark.parametrize(
    ("seen", "meaning"),
    [
        ({}, Meaning.NOTHING),
        ({"progress": 0.6}, Meaning.PROGRESSED),
        ({"word": "pausedDL"}, Meaning.PROGRESSED),
        ({"word": "moving", "progress": 1.0}, Meaning.PROGRESSED),
        ({"word": "checkingUP", "progress": 1.0}, Meaning.PROGRESSED),
        ({"word": "stalledUP", "progress": 1.0}, Meaning.COMPLETED),
        ({"word": "error"}, Meaning.FAILED),
        ({"word": "missingFiles", "progress": 0.0}, Meaning.FAILED),
        ({"word": "stalledDL", "seeds": 0, "tracker_fault": "unregistered torrent"}, Meaning.RELEASE_IS_BAD),
        ({"word": "stalledDL", "seeds": 0, "tracker_fault": "Connection timed out"}, Meaning.PROGRESSED),
    ],
)
def test_what_is_seen_has_its_consequence(downloading: Make, seen: dict[str, Any], meaning: Meaning) -> None:
    assert look(downloading(), torrent(**seen), now=NOW, stalled_after=DAY).meaning is meaning


@pytest.mark.parametrize(
    ("seen", "idle_hours", "meaning"),
    [
        ({"word": "stalledDL", "seeds": 0}, 25, Meaning.RELEASE_IS_BAD),
        ({"word": "metaDL", "seeds": 0}, 25, Meaning.RELEASE_IS_BAD),
        ({"word": "stalledDL", "seeds": 0}, 23, Meaning.PROGRESSED),
        ({"word": "stalledDL", "seeds": 2}, 25, Meaning.PROGRESSED),
        ({"word": "pausedDL", "seeds": 0}, 25, Meaning.PROGRESSED),
        ({"word": "queuedDL", "seeds": 0}, 25, Meaning.PROGRESSED),
    ],
)
def test_only_what_nobody_seeds_is_given_up_after_a_while(
    downloading: Make, seen: dict[str, Any], idle_hours: int, meaning: Meaning
) -> None:
    download = downloading(progressed_at=NOW - timedelta(hours=idle_hours))

    assert look(download, torrent(**seen), now=NOW, stalled_after=DAY).meaning is meaning


def test_a_torrent_that_is_gone_is_waited_for_a_minute(downloading: Make) -> None:
    first = look(downloading(), None, now=NOW, stalled_after=DAY)
    gone = downloading(client_state=first.word, state_since=first.state_since)
    later = look(gone, None, now=NOW + timedelta(seconds=61), stalled_after=DAY)

    assert first.meaning is Meaning.PROGRESSED
    assert later.meaning is Meaning.REMOVED
    assert "by a person" in later.why


def test_a_torrent_that_comes_back_goes_on(downloading: Make) -> None:
    gone = downloading(client_state=ClientState.VANISHED.value, state_since=NOW - DAY)

    assert look(gone, torrent(), now=NOW, stalled_after=DAY).meaning is Meaning.PROGRESSED


@pytest.mark.parametrize(
    ("progress", "hours", "stays"), [(0.0, 0, False), (0.1, 0, True), (1.0, 71.9, True), (1.0, 72, False)]
)
def test_a_torrent_stays_until_its_seeding_duty_is_done(progress: float, hours: float, stays: bool) -> None:
    assert (keeps_seeding(progress=progress, seeded=timedelta(hours=hours)) is not None) is stays
