"""What a change in the client means for a download."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from downloader.adapters.clients.qbittorrent.states import state_of
from downloader.domain.client_changes import ChangeKind, compare
from downloader.domain.client_state import ClientState
from downloader.domain.torrent import ClientTorrent
from shared.contracts.downloads.downloads import DownloadStatus

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Make = Callable[..., Any]


def torrent(**changes: Any) -> ClientTorrent:
    fields: dict[str, Any] = {
        "hashes": ("a" * 40,), "name": "Oz", "client_state": "downloading", "progress": 0.5, "size_bytes": 1,
        "seeds": 3,
    }  # fmt: skip
    fields |= changes
    return ClientTorrent(state=state_of(fields["client_state"], fields["progress"]), **fields)


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
    ("seen", "kind"),
    [
        ({}, ChangeKind.NOTHING),
        ({"progress": 0.6}, ChangeKind.PROGRESSED),
        ({"client_state": "pausedDL"}, ChangeKind.PROGRESSED),
        ({"client_state": "moving", "progress": 1.0}, ChangeKind.PROGRESSED),
        ({"client_state": "checkingUP", "progress": 1.0}, ChangeKind.PROGRESSED),
        ({"client_state": "stalledUP", "progress": 1.0}, ChangeKind.COMPLETED),
        ({"client_state": "error"}, ChangeKind.FAILED),
        ({"client_state": "missingFiles", "progress": 0.0}, ChangeKind.FAILED),
        ({"client_state": "stalledDL", "seeds": 0, "tracker_fault": "unregistered torrent"}, ChangeKind.RELEASE_IS_BAD),
        ({"client_state": "stalledDL", "seeds": 0, "tracker_fault": "Connection timed out"}, ChangeKind.PROGRESSED),
    ],
)
def test_each_client_state_gives_one_kind_of_change(downloading: Make, seen: dict[str, Any], kind: ChangeKind) -> None:
    assert compare(downloading(), torrent(**seen), now=NOW, stalled_after=DAY).kind is kind


@pytest.mark.parametrize(
    ("size_bytes", "state", "kind"),
    [
        (0, "metaDL", ChangeKind.PROGRESSED),
        (158_000_000, "downloading", ChangeKind.NOTHING),
        (160_000_000, "downloading", ChangeKind.TOO_LARGE),
        (160_000_000, "stalledUP", ChangeKind.TOO_LARGE),
    ],
)
def test_a_torrent_that_is_larger_than_its_listing_is_stopped(
    downloading: Make, a_release: Make, size_bytes: int, state: str, kind: ChangeKind
) -> None:
    download = downloading(release=a_release(size_bytes=144_000_000))
    progress = 1.0 if state == "stalledUP" else 0.5
    seen = torrent(size_bytes=size_bytes, client_state=state, progress=progress)

    change = compare(download, seen, now=NOW, stalled_after=DAY)

    assert (change.kind, change.stops_torrent) == (kind, kind is ChangeKind.TOO_LARGE)


def test_a_torrent_that_does_not_fit_on_the_disk_is_stopped_unless_it_is_complete(downloading: Make) -> None:
    kinds = [
        compare(downloading(), torrent(**seen), now=NOW, stalled_after=DAY, no_room="free disk: full").kind
        for seen in ({}, {"client_state": "stalledUP", "progress": 1.0})
    ]
    assert kinds == [ChangeKind.NO_ROOM, ChangeKind.COMPLETED]


@pytest.mark.parametrize(
    ("seen", "idle_hours", "kind"),
    [
        ({"client_state": "stalledDL", "seeds": 0}, 25, ChangeKind.RELEASE_IS_BAD),
        ({"client_state": "metaDL", "seeds": 0}, 25, ChangeKind.RELEASE_IS_BAD),
        ({"client_state": "stalledDL", "seeds": 0}, 23, ChangeKind.PROGRESSED),
        ({"client_state": "stalledDL", "seeds": 2}, 25, ChangeKind.PROGRESSED),
        ({"client_state": "pausedDL", "seeds": 0}, 25, ChangeKind.PROGRESSED),
        ({"client_state": "queuedDL", "seeds": 0}, 25, ChangeKind.PROGRESSED),
    ],
)
def test_only_a_torrent_without_seeds_fails_as_stalled(
    downloading: Make, seen: dict[str, Any], idle_hours: int, kind: ChangeKind
) -> None:
    download = downloading(progressed_at=NOW - timedelta(hours=idle_hours))

    assert compare(download, torrent(**seen), now=NOW, stalled_after=DAY).kind is kind


def test_a_torrent_counts_as_removed_after_a_minute(downloading: Make) -> None:
    first = compare(downloading(), None, now=NOW, stalled_after=DAY)
    gone = downloading(client_state=first.client_state, state_since=first.state_since)
    later = compare(gone, None, now=NOW + timedelta(seconds=61), stalled_after=DAY)

    assert first.kind is ChangeKind.PROGRESSED
    assert later.kind is ChangeKind.REMOVED
    assert "by a person" in later.why


def test_a_torrent_that_reappears_continues(downloading: Make) -> None:
    gone = downloading(client_state=ClientState.VANISHED.value, state_since=NOW - DAY)

    assert compare(gone, torrent(), now=NOW, stalled_after=DAY).kind is ChangeKind.PROGRESSED


@pytest.mark.parametrize(
    ("client_state", "client_fault", "words"),
    [
        ("error", "No space left on device", "the disk of the download client is full"),
        ("error", "Permission denied", "reports an error: Permission denied"),
        ("error", "", "its folder is not writable, or its disk is full"),
        ("missingFiles", "", "files are missing on the disk"),
    ],
)
def test_each_error_of_the_client_is_named(downloading: Make, client_state: str, client_fault: str, words: str) -> None:
    found = compare(
        downloading(), torrent(client_state=client_state, client_fault=client_fault), now=NOW, stalled_after=DAY
    )

    assert found.kind is ChangeKind.FAILED
    assert words in found.why
