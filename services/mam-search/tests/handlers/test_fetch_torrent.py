"""A torrent file that the site broke off is fetched once more; one that it refused is not."""

from typing import Any

import pytest
from mam_search.handlers.fetch_torrent import FetchingTorrents
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled
from shared.contracts.mam.releases import FetchMamTorrent

WANTED = FetchMamTorrent(release_id="901")
FILE = "/tor/download.php"


@pytest.mark.parametrize("kind", ["half", "broken", "away"])
async def test_a_download_that_the_site_broke_off_is_tried_again(kind: str, tracker: Any) -> None:
    tracker.fails(kind, path=FILE, times=1)
    torrent = await FetchingTorrents(tracker.replica()).fetch(WANTED)
    assert torrent.content.startswith(b"d")
    assert tracker.requests == 2


async def test_it_is_tried_again_at_the_pace_of_the_account(tracker: Any) -> None:
    tracker.fails("half", path=FILE, times=1)
    await FetchingTorrents(tracker.replica(seconds_between=0.15)).fetch(WANTED)
    assert tracker.site.traffic.report()["shortest_gap_seconds"] >= 0.15


async def test_it_is_tried_again_only_once(tracker: Any) -> None:
    tracker.fails("half", path=FILE)
    with pytest.raises(RemoteAnsweredNonsense):
        await FetchingTorrents(tracker.replica()).fetch(WANTED)
    assert tracker.requests == 2


@pytest.mark.parametrize(
    ("kind", "error"), [("forbidden", RemoteRefusedUs), ("html", RemoteRefusedUs), ("throttled", RemoteThrottled)]
)
async def test_a_download_that_the_site_refused_is_not_tried_again(
    kind: str, error: type[Exception], tracker: Any
) -> None:
    tracker.fails(kind, path=FILE)
    with pytest.raises(error):
        await FetchingTorrents(tracker.replica()).fetch(WANTED)
    assert tracker.requests == 1
