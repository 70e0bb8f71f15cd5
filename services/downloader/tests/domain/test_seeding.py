"""The seeding duty of a torrent, and when it may be removed from the client."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.client_state import ClientState
from downloader.domain.seeding import SeedingEntry, keeps_seeding
from downloader.domain.torrent import ClientTorrent
from shared.contracts.downloads.seeding import SeedingState
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.values import Indexer

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HASH = "a" * 40


def an_entry(**changes: Any) -> SeedingEntry:
    plain: dict[str, Any] = {
        "info_hash": HASH, "download_id": uuid4(), "title": "Ozma of Oz", "release_title": "Ozma of Oz [ENG / M4B]",
        "indexer": Indexer.MAM, "release_id": "7", "size_bytes": 1, "grabbed_at": NOW,
    }  # fmt: skip
    return SeedingEntry(**plain | changes)


def a_torrent(hours: float = 0.0, state: ClientState = ClientState.COMPLETE, progress: float = 1.0) -> ClientTorrent:
    return ClientTorrent(
        hashes=(HASH,), name="Ozma", state=state, client_state=state.value, progress=progress, size_bytes=1,
        seeding_seconds=hours * 3600, ratio=0.5,
    )  # fmt: skip


def a_duty(hours: float, read_at: datetime = NOW) -> SeedingDuty:
    return SeedingDuty(
        torrent_id="7", title="Ozma of Oz", size_bytes=1, seeding=True, hit_and_run=False, seeded_seconds=0,
        remaining_seconds=int(hours * 3600), read_at=read_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("progress", "hours", "stays"), [(0.0, 0, False), (0.1, 0, True), (1.0, 71.9, True), (1.0, 72, False)]
)
def test_a_torrent_stays_until_its_seeding_duty_is_met(progress: float, hours: float, stays: bool) -> None:
    torrent = a_torrent(hours, progress=progress)
    entry = an_entry()
    entry.saw(torrent, NOW)

    assert (keeps_seeding(torrent, entry) is not None) is stays
    assert (keeps_seeding(torrent, None) is not None) is stays


def test_the_time_before_a_torrent_was_added_again_counts() -> None:
    entry = an_entry()
    entry.saw(a_torrent(50), NOW)
    entry.saw(a_torrent(2), NOW + timedelta(hours=60))
    entry.saw(a_torrent(10), NOW + timedelta(hours=68))

    assert entry.words == "seeded for 60.0 of 72 hours: 12.0 more"


def test_the_trackers_own_list_decides_if_it_asks_for_more() -> None:
    entry = an_entry()
    entry.listed(a_duty(20))
    entry.saw(a_torrent(73), NOW + timedelta(hours=5))
    entry.saw(a_torrent(73), NOW + timedelta(hours=5))

    assert not entry.is_safe_to_remove
    assert entry.words == "seeded for 73.0 of 72 hours: 15.0 more by the tracker's own list"
    entry.listed(None)
    assert entry.is_safe_to_remove


@pytest.mark.parametrize(
    ("torrent", "state"),
    [
        (a_torrent(1), SeedingState.SEEDING),
        (a_torrent(1, ClientState.QUEUED), SeedingState.SEEDING),
        (a_torrent(1, ClientState.COMPLETE_STOPPED), SeedingState.STOPPED),
        (a_torrent(1, ClientState.ERRORED), SeedingState.STOPPED),
        (a_torrent(1, ClientState.MISSING_FILES), SeedingState.STOPPED),
        (None, SeedingState.GONE),
    ],
)
def test_a_torrent_that_must_seed_and_does_not_is_interrupted(
    torrent: ClientTorrent | None, state: SeedingState
) -> None:
    entry = an_entry()
    entry.saw(a_torrent(1), NOW)
    entry.saw(torrent, NOW)

    assert entry.state is state
    assert (entry.interruption is None) is (state is SeedingState.SEEDING)


def test_an_interruption_says_what_to_do_and_until_when() -> None:
    entry = an_entry()
    entry.saw(a_torrent(1), NOW)
    entry.saw(None, NOW)

    assert entry.interruption == (
        "“Ozma of Oz” was removed from the download client: seeded for 1.0 of 72 hours: 71.0 more. "
        "Add the torrent again; its seeding duty must be met by 2026-05-31"
    )


def test_a_torrent_that_left_the_client_with_its_duty_met_or_none_has_ended() -> None:
    complete, incomplete = an_entry(), an_entry()
    complete.saw(a_torrent(80), NOW)
    incomplete.saw(a_torrent(progress=0.5, state=ClientState.DOWNLOADING), NOW)
    for entry in (complete, incomplete):
        entry.saw(None, NOW)

    assert {complete.state, incomplete.state} == {SeedingState.ENDED}
    assert complete.is_safe_to_remove
    assert incomplete.is_safe_to_remove
    assert complete.ended_at == NOW


def test_a_torrent_that_seeds_again_is_no_longer_interrupted() -> None:
    entry = an_entry()
    entry.saw(a_torrent(1, ClientState.COMPLETE_STOPPED), NOW)
    entry.saw(a_torrent(1, ClientState.COMPLETE_STOPPED), NOW)
    interrupted = entry.interruption
    entry.warned_at = NOW

    entry.saw(a_torrent(1), NOW)

    assert interrupted is not None
    assert [entry.interruption, entry.warned_at] == [None, None]
