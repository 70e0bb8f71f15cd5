"""Magnet links: their size is known only when the client has the metadata. And one torrent is one download."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.download_client import Torrent
from downloader.domain.refusals import AlreadyGrabbed
from downloader.domain.torrent import ClientTorrent
from sandbox.outcomes import Outcome
from sandbox.torrent import make_torrent
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.commands import AddToClient, MonitorDownloads, SearchForDownload
from shared.contracts.downloads.downloads import CreateDownload, DownloadStatus, ErrorType
from shared.contracts.runs import RunFinished
from shared.contracts.values import Indexer

from .conftest import CUT_OFF, DEAD, GOOD, SISTER, Bench

Make = Callable[..., Any]
GOOD_TORRENT = make_torrent(GOOD, "http://tracker/announce")
TITLE = "The Marvelous Land of Oz"


@pytest.fixture
def magnet_of(bench: Bench, stored: Make, a_release: Make) -> Make:
    """Starts the download of a magnet link of Prowlarr whose listing names this size. MyAnonamouse has another one."""

    async def start(size_bytes: int) -> UUID:
        bench.prowlarr.magnets = True
        release = a_release(indexer=Indexer.PROWLARR, id=GOOD.id, size_bytes=size_bytes, duration_minutes=None)
        download_id: UUID = await stored()
        async with bench.transaction() as tx:
            download = await tx.downloads.get(download_id)
            assert download is not None
            download.chose(UUID(int=1), release, by_person=False, now=bench.clock.now())
            await tx.downloads.save(download)
        bench.mam.releases = [a_release(id=DEAD.id)]
        return download_id

    return start


async def grab(bench: Bench, download_id: UUID) -> None:
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))


async def test_a_magnet_that_is_larger_than_listed_is_stopped_and_the_next_candidate_is_taken(
    bench: Bench, magnet_of: Make
) -> None:
    download_id = await magnet_of(GOOD_TORRENT.size_bytes // 2)
    await grab(bench, download_id)

    await bench.monitored(seconds=0)
    calls = [call.path.rpartition("/")[2] for call in bench.server.outcomes.requests]
    await bench.deliver()

    download = await bench.download(download_id)
    assert "stop" in calls
    assert await bench.client.find([GOOD_TORRENT.info_hash]) is None
    assert await bench.blocked_releases() == [GOOD.id]
    assert (download.status, download.release_id) == (DownloadStatus.DOWNLOADING, DEAD.id)
    (blocked,) = (await bench.blocklist.list_blocklist(ListBlocklist())).items
    assert "its listing says" in blocked.reason


async def test_a_magnet_of_the_listed_size_is_downloaded(bench: Bench, magnet_of: Make) -> None:
    download_id = await magnet_of(GOOD_TORRENT.size_bytes)
    await grab(bench, download_id)

    await bench.monitored(seconds=0)

    download = await bench.download(download_id)
    assert (download.status, download.size_bytes) == (DownloadStatus.DOWNLOADING, GOOD_TORRENT.size_bytes)


async def test_a_torrent_that_cannot_be_stopped_is_stopped_by_the_next_poll(bench: Bench, magnet_of: Make) -> None:
    download_id = await magnet_of(GOOD_TORRENT.size_bytes // 2)
    await grab(bench, download_id)
    bench.server.outcomes.switch_on(Outcome(kind="away", path="/api/v2/torrents/stop", times=1))

    await bench.monitored(seconds=0)
    before = (await bench.download(download_id)).status
    await bench.monitored(seconds=0)

    assert before is DownloadStatus.DOWNLOADING
    assert await bench.blocked_releases() == [GOOD.id]


async def test_a_dry_run_says_that_it_would_stop_the_torrent(bench: Bench, magnet_of: Make) -> None:
    await grab(bench, await magnet_of(GOOD_TORRENT.size_bytes // 2))
    stops = len([call for call in bench.server.outcomes.requests if call.path.endswith("/stop")])

    await bench.monitor_downloads.monitor(MonitorDownloads(dry_run=True, run_id=uuid4()))

    (finished,) = await bench.sent(RunFinished)
    assert "stop_torrent" in str(finished.details)
    assert await bench.blocked_releases() == []
    assert len([call for call in bench.server.outcomes.requests if call.path.endswith("/stop")]) == stops


async def test_a_magnet_without_a_size_is_stopped_if_the_disk_has_no_room(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = f"magnet:?xt=urn:btih:{GOOD_TORRENT.info_hash}&dn=The%20Marvelous%20Land%20of%20Oz"
    created = await bench.create_download.create(CreateDownload(magnet=link, title=TITLE))
    await bench.deliver()

    async def full() -> int:
        return 1000

    monkeypatch.setattr(bench.folder, "free_bytes", full)
    await bench.monitored(seconds=0)

    download = await bench.download(created.id)
    assert (download.status, download.error_type) == (DownloadStatus.FAILED, ErrorType.CLIENT)
    assert "free some space" in (download.error or "")
    assert await bench.blocked_releases() == []
    assert await bench.client.find([GOOD_TORRENT.info_hash]) is None


async def test_a_magnet_of_a_torrent_that_is_already_downloaded_is_refused(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    with pytest.raises(AlreadyGrabbed) as refused:
        await bench.create_download.create(
            CreateDownload(magnet=f"magnet:?xt=urn:btih:{GOOD_TORRENT.info_hash}", title="Another title")
        )

    assert refused.value.download_id == download_id


@pytest.mark.parametrize("topic", [f"urn:btih:{'a' * 40}", f"urn:btmh:1220{'b' * 64}"])
async def test_a_hybrid_torrent_is_one_download_by_either_hash(bench: Bench, stored: Make, topic: str) -> None:
    download_id = await stored(status=DownloadStatus.DOWNLOADING, info_hash="a" * 40, other_hash="b" * 40)

    with pytest.raises(AlreadyGrabbed) as refused:
        await bench.create_download.create(CreateDownload(magnet=f"magnet:?xt={topic}", title=TITLE))

    assert refused.value.download_id == download_id


async def test_a_torrent_that_the_client_has_for_another_book_by_its_other_hash_is_not_shared(
    bench: Bench, stored: Make, wanted: Make, a_missing_book: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored(a_missing_book(title="Ozma of Oz"), status=DownloadStatus.DOWNLOADING, info_hash="b" * 40)
    download_id = await wanted(GOOD, SISTER)
    add = bench.client.add

    async def as_a_hybrid(torrent: Torrent, wanted_files: Any = None) -> ClientTorrent:
        found = await add(torrent, wanted_files)
        is_good = torrent.identity.info_hash == GOOD_TORRENT.info_hash
        return replace(found, hashes=("b" * 40, GOOD_TORRENT.info_hash)) if is_good else found

    monkeypatch.setattr(bench.client, "add", as_a_hybrid)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    assert await bench.blocked_releases() == [GOOD.id]
    assert (await bench.download(download_id)).release_id == SISTER.id


async def test_a_torrent_that_two_indexers_offer_is_added_once(bench: Bench, stored: Make, a_release: Make) -> None:
    bench.mam.releases = [a_release(id=CUT_OFF.id)]
    bench.prowlarr.releases = [a_release(id=CUT_OFF.id, indexer=Indexer.PROWLARR)]
    download_id = await stored()
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    for _ in range(2):
        await bench.monitored()
        await bench.deliver()

    assert await bench.blocked_releases() == [CUT_OFF.id, CUT_OFF.id]
    assert (await bench.download(download_id)).error_type is ErrorType.NO_RELEASE
    assert bench.adds() == 1
