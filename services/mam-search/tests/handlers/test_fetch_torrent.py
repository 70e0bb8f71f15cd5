"""An incomplete torrent file is fetched once more; a refused one is not."""

from typing import Any

import pytest
from mam_search.handlers.fetch_torrent import FetchMamTorrentHandler
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled
from shared.contracts.mam.releases import FetchMamTorrent

REQUEST = FetchMamTorrent(release_id="901")
FILE = "/tor/download.php"


@pytest.mark.parametrize("kind", ["half", "broken", "away"])
async def test_an_incomplete_download_is_retried(kind: str, tracker: Any) -> None:
    tracker.fails(kind, path=FILE, times=1)
    torrent = await FetchMamTorrentHandler(tracker.replica()).fetch(REQUEST)
    assert torrent.content.startswith(b"d")
    assert tracker.requests == 2


async def test_the_retry_respects_the_rate_limit(tracker: Any) -> None:
    tracker.fails("half", path=FILE, times=1)
    await FetchMamTorrentHandler(tracker.replica(seconds_between=0.15)).fetch(REQUEST)
    assert tracker.site.traffic.report()["shortest_gap_seconds"] >= 0.15


async def test_there_is_only_one_retry(tracker: Any) -> None:
    tracker.fails("half", path=FILE)
    with pytest.raises(RemoteAnsweredNonsense):
        await FetchMamTorrentHandler(tracker.replica()).fetch(REQUEST)
    assert tracker.requests == 2


@pytest.mark.parametrize(
    ("kind", "error"), [("forbidden", RemoteRefusedUs), ("html", RemoteRefusedUs), ("throttled", RemoteThrottled)]
)
async def test_a_refused_download_is_not_retried(kind: str, error: type[Exception], tracker: Any) -> None:
    tracker.fails(kind, path=FILE)
    with pytest.raises(error):
        await FetchMamTorrentHandler(tracker.replica()).fetch(REQUEST)
    assert tracker.requests == 1


async def test_a_fetched_torrent_spends_no_wedge(tracker: Any) -> None:
    await FetchMamTorrentHandler(tracker.replica()).fetch(REQUEST)
    (sent,) = [each for each in tracker.site.outcomes.requests if each.path == FILE]
    assert sent.query == "tid=901"
