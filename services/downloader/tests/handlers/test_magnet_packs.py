"""The torrent of a magnet link that holds several books is divided when the client knows its files."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from downloader.domain.limits import Limits
from sandbox.torrent import make_torrent
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import AddToClient
from shared.contracts.downloads.downloads import Download, DownloadStatus
from shared.contracts.downloads.events import ReleaseGrabbed
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.system import TellTimeline
from shared.contracts.values import Indexer

from .conftest import GOOD, PACK, Bench

Make = Callable[..., Any]
TITLES = {2: "The Marvelous Land of Oz", 3: "Ozma of Oz", 4: "Dorothy and the Wizard in Oz"}
INFO_HASH = make_torrent(PACK, "http://tracker/announce").info_hash


@pytest.fixture
def grabbed(bench: Bench, stored: Make, pack_release: Release, a_missing_book: Callable[..., MissingBook]) -> Make:
    """Queues books, and adds the magnet link of the pack for the first one; returns the ids of their downloads."""

    async def grab(*places: int, **release: Any) -> list[UUID]:
        bench.prowlarr.magnets = True
        ids = [await stored(a_missing_book(title=TITLES[place], sequence=str(place))) for place in places]
        chosen = pack_release.model_copy(update={"indexer": Indexer.PROWLARR} | release)
        async with bench.transaction() as tx:
            download = await tx.downloads.get(ids[0])
            assert download is not None
            download.chose(UUID(int=1), chosen, by_person=False, now=bench.clock.now())
            await tx.downloads.save(download)
        await bench.add_to_client.add_to_client(AddToClient(download_id=ids[0]))
        return ids

    return grab


async def downloads(bench: Bench, ids: Sequence[UUID]) -> list[Download]:
    return [await bench.download(each) for each in ids]


def downloaded(bench: Bench) -> set[str]:
    return {path.name for path in bench.downloads_path.rglob("*.m4b")}


async def test_the_magnet_of_a_pack_is_divided_when_its_files_are_known(bench: Bench, grabbed: Make) -> None:
    ids = await grabbed(2, 3, 4)
    before = await downloads(bench, ids)
    await bench.monitored(seconds=0)
    divided = await downloads(bench, ids)
    for _ in range(3):
        await bench.monitored()
    await bench.deliver()

    assert [each.status for each in before] == [DownloadStatus.DOWNLOADING, *[DownloadStatus.QUEUED] * 2]
    assert [(each.status, each.info_hash) for each in divided] == [(DownloadStatus.DOWNLOADING, INFO_HASH)] * 3
    assert len(await bench.sent(ReleaseGrabbed)) == 3
    assert bench.adds() == 1
    assert downloaded(bench) == {f"{title}.m4b" for title in TITLES.values()}
    assert [each.library_path for each in await downloads(bench, ids)] == [
        f"L. Frank Baum/Oz/{place:02} - {title} {{Tom Reed}}" for place, title in TITLES.items()
    ]


async def test_the_magnet_of_a_pack_that_the_client_lost_is_added_again_with_the_same_files(
    bench: Bench, grabbed: Make
) -> None:
    ids = await grabbed(2, 3, 4)
    await bench.monitored(seconds=0)
    bench.restart_client()
    for _ in range(8):
        await bench.monitored(seconds=30)
        await bench.deliver()
        await bench.monitored(seconds=0)  # the files are known, and nothing is downloaded yet
    await bench.deliver()

    assert downloaded(bench) == {f"{title}.m4b" for title in TITLES.values()}
    assert [each.status for each in await downloads(bench, ids)] == [DownloadStatus.IMPORTING] * 3
    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(download_ids=ids))
    assert "lost" in [entry.kind for entry in timeline.entries]


async def test_the_magnet_of_a_pack_with_too_few_wanted_books_is_stopped(bench: Bench, grabbed: Make) -> None:
    (download_id,) = await grabbed(3)
    await bench.monitored(seconds=0)

    download = await bench.download(download_id)
    assert (download.status, download.info_hash) == (DownloadStatus.QUEUED, None)
    assert "1 wanted books" in (download.error or "")
    assert await bench.client.find([INFO_HASH]) is None
    assert await bench.blocked_releases() == []


async def test_a_complete_magnet_is_not_imported_before_its_files_were_looked_into(bench: Bench, grabbed: Make) -> None:
    ids = await grabbed(2, 3, 4)
    bench.library.error = RemoteUnavailable("library", "it restarts")
    for _ in range(3):
        await bench.monitored()
    waits = await downloads(bench, ids)
    bench.library.error = None
    for _ in range(3):
        await bench.monitored()
    await bench.deliver()

    assert [each.status for each in waits] == [DownloadStatus.DOWNLOADING, *[DownloadStatus.QUEUED] * 2]
    assert [each.status for each in await downloads(bench, ids)] == [DownloadStatus.IMPORTING] * 3


async def test_the_magnet_of_one_book_is_imported_as_before(bench: Bench, grabbed: Make) -> None:
    (download_id,) = await grabbed(2, id=GOOD.id, title=GOOD.title, size_bytes=GOOD.size_bytes, files=1)
    for _ in range(3):
        await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    assert (download.status, download.title) == (DownloadStatus.IMPORTING, TITLES[2])


async def test_packs_that_are_switched_off_are_off_for_magnets_too(bench: Bench, grabbed: Make) -> None:
    bench.context_loader.limits = Limits(min_free_disk_bytes=0, pack_min_books=0)
    ids = await grabbed(2, 3)
    await bench.monitored(seconds=0)

    assert [each.status for each in await downloads(bench, ids)] == [DownloadStatus.QUEUED] * 2
