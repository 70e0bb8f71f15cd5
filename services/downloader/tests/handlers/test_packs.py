"""A release that holds several books: one torrent and one import for each book. Only the indexers are fakes."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.limits import Limits
from sandbox.testing import an_offer
from shared.contracts.downloads.candidates import GrabRelease, ListCandidates
from shared.contracts.downloads.commands import AddToClient, SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import Download, DownloadStatus
from shared.contracts.downloads.events import ReleaseGrabbed
from shared.contracts.library.imports import ImportConfirmed
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import ReportGrab
from shared.contracts.mam.releases import Release
from shared.contracts.runs import Plan, RunFinished
from shared.contracts.values import MissingReason

from .conftest import GOOD, PACK, Bench
from .offers import LISTED_AS_ONE_BOOK

TITLES = {2: "The Marvelous Land of Oz", 3: "Ozma of Oz", 4: "Dorothy and the Wizard in Oz", 5: "The Road to Oz"}


@pytest.fixture
def three_wanted(
    bench: Bench, stored: Callable[..., Any], pack_release: Release, oz: Callable[..., MissingBook]
) -> Any:
    """Queues three books of which only the pack is offered; returns the ids of their downloads."""

    async def want() -> list[UUID]:
        bench.mam.releases = [pack_release]
        return [await stored(oz(place)) for place in (2, 3, 4)]

    return want


@pytest.fixture
def oz(a_missing_book: Callable[..., MissingBook]) -> Callable[..., MissingBook]:
    def make(place: int) -> MissingBook:
        return a_missing_book(title=TITLES[place], sequence=str(place))

    return make


async def search(bench: Bench, download_id: UUID) -> None:
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()


async def downloads(bench: Bench, ids: Sequence[UUID]) -> list[Download]:
    return [await bench.download(each) for each in ids]


async def confirmed(bench: Bench, ids: Sequence[UUID]) -> None:
    for each in ids:
        path = (await bench.download(each)).library_path
        await bench.import_download.confirmed(
            ImportConfirmed(download_id=each, missing_book_id=None, book_id=uuid4(), relative_path=path or "")
        )


def downloaded(bench: Bench) -> set[str]:
    return {path.name for path in bench.downloads_path.rglob("*.m4b")}


async def test_one_torrent_fills_three_wanted_books_and_no_other_file_is_downloaded(
    bench: Bench, three_wanted: Any
) -> None:
    ids = await three_wanted()

    await search(bench, ids[0])
    grabbed = await downloads(bench, ids)
    assert [each.status for each in grabbed] == [DownloadStatus.DOWNLOADING] * 3
    assert len({each.info_hash for each in grabbed}) == 1
    await bench.monitored()
    await bench.deliver()

    assert bench.adds() == 1
    assert len(await bench.sent(ReleaseGrabbed)) == 3
    assert [each.library_path for each in await downloads(bench, ids)] == [
        f"L. Frank Baum/Oz/{place:02} - {TITLES[place]} {{Tom Reed}}" for place in (2, 3, 4)
    ]
    assert downloaded(bench) == {f"{title}.m4b" for title in list(TITLES.values())[:3]}
    for place in (2, 3, 4):
        folder = bench.library_path / f"L. Frank Baum/Oz/{place:02} - {TITLES[place]} {{Tom Reed}}"
        assert [path.name for path in folder.iterdir()] == [f"{TITLES[place]}.m4b"]


async def test_a_pack_needs_disk_space_only_for_the_files_of_wanted_books(
    bench: Bench, three_wanted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await three_wanted()

    async def free_bytes() -> int:
        return 500_000_000  # more than three books of 144 MB, and less than all five

    monkeypatch.setattr(bench.context_loader, "free_bytes", free_bytes)
    await search(bench, ids[0])

    assert [each.status for each in await downloads(bench, ids)] == [DownloadStatus.DOWNLOADING] * 3


async def test_a_pack_with_too_few_wanted_books_is_not_taken(
    bench: Bench, stored: Callable[..., Any], pack_release: Release, oz: Callable[..., MissingBook]
) -> None:
    bench.mam.releases = [pack_release]
    download_id = await stored(oz(3))

    await search(bench, download_id)

    download = await bench.download(download_id)
    assert (download.status, bench.adds()) == (DownloadStatus.FAILED, 0)
    assert "1 wanted books" in (download.error or "")


async def test_a_pack_that_is_listed_as_one_book_and_not_worth_it_is_fetched_once(
    bench: Bench, stored: Callable[..., Any], a_release: Callable[..., Release], oz: Callable[..., MissingBook]
) -> None:
    files = [file.model_dump() for file in PACK.files]
    bench.mam.torrents = {GOOD.id: an_offer(id=GOOD.id, size_bytes=GOOD.size_bytes, folder="Oz Series", files=files)}
    bench.mam.releases = [a_release(id=GOOD.id)]
    bench.context_loader.limits = Limits(
        auto_download=frozenset(MissingReason), min_free_disk_bytes=0, pack_min_books=4
    )
    download_id, _ = [await stored(oz(place)) for place in (2, 3)]

    await search(bench, download_id)

    assert (bench.mam.fetches, bench.adds()) == (1, 0)
    assert (await bench.download(download_id)).status is DownloadStatus.FAILED


async def test_a_release_of_the_book_alone_comes_before_a_pack(
    bench: Bench, three_wanted: Any, a_release: Callable[..., Release]
) -> None:
    ids = await three_wanted()
    bench.mam.releases.append(a_release())

    await search(bench, ids[0])

    assert (await bench.download(ids[0])).release_id == "900001"
    assert [each.status for each in await downloads(bench, ids[1:])] == [DownloadStatus.QUEUED] * 2


async def test_books_wait_for_the_one_that_adds_their_torrent_and_share_its_one_reservation(
    bench: Bench, three_wanted: Any
) -> None:
    ids = await three_wanted()
    await bench.search_for_download.search(SearchForDownload(download_id=ids[0]))
    await bench.deliver()
    for each in ids[1:]:
        await bench.add_to_client.add_to_client(AddToClient(download_id=each))
        await search(bench, each)

    assert bench.adds() == 1
    assert len(bench.account.reserved) == 1
    assert len({report.grab_id for report in await bench.sent(ReportGrab)}) == 1


async def test_a_cancelled_book_leaves_the_others_their_torrent(bench: Bench, three_wanted: Any) -> None:
    ids = await three_wanted()
    await search(bench, ids[0])

    cancelled = await bench.cancelled(ids[0])
    await bench.monitored()
    await bench.deliver()

    assert "2 other books use it" in (cancelled.error or "")
    others = await downloads(bench, ids[1:])
    assert [each.status for each in others] == [DownloadStatus.IMPORTING] * 2
    assert await bench.client.find([others[0].info_hash or ""]) is not None
    assert downloaded(bench) == {f"{TITLES[3]}.m4b", f"{TITLES[4]}.m4b"}


async def test_a_failed_verification_blocks_the_pack_for_that_book_only(bench: Bench, three_wanted: Any) -> None:
    ids = await three_wanted()
    await search(bench, ids[0])
    await bench.monitored()
    broken = next(bench.downloads_path.rglob(f"{TITLES[3]}.m4b"))
    broken.write_bytes(broken.read_bytes()[:2000])
    await bench.deliver()

    first, second, third = await downloads(bench, ids)
    assert (first.status, third.status) == (DownloadStatus.IMPORTING, DownloadStatus.IMPORTING)
    assert (second.status, second.info_hash, bench.adds()) == (DownloadStatus.FAILED, None, 1)
    assert await bench.blocked_releases() == []


async def test_a_book_that_becomes_wanted_later_uses_the_same_torrent(
    bench: Bench, three_wanted: Any, stored: Callable[..., Any], oz: Callable[..., MissingBook]
) -> None:
    ids = await three_wanted()
    await search(bench, ids[0])
    await bench.monitored()
    await bench.deliver()
    await confirmed(bench, ids)

    later = await stored(oz(5))
    searches = bench.mam.searches
    await search(bench, later)
    assert (await bench.download(later)).status is DownloadStatus.DOWNLOADING
    await bench.monitored()
    await bench.deliver()

    download = await bench.download(later)
    assert download.library_path == f"L. Frank Baum/Oz/05 - {TITLES[5]} {{Tom Reed}}"
    assert (bench.adds(), bench.mam.searches) == (1, searches)


async def test_a_pack_is_not_grabbed_again_for_a_book_that_it_filled(
    bench: Bench, three_wanted: Any, stored: Callable[..., Any], oz: Callable[..., MissingBook]
) -> None:
    ids = await three_wanted()
    books = [(await bench.download(each)).missing_book_id for each in ids]
    await search(bench, ids[0])
    await bench.monitored()
    await bench.deliver()
    await confirmed(bench, ids)
    async with bench.transaction() as tx:
        await tx.downloads.remove(ids[0])

    again = await stored(oz(2).model_copy(update={"id": books[0]}))
    await search(bench, again)

    download = await bench.download(again)
    assert (download.status, download.info_hash, bench.adds()) == (DownloadStatus.FAILED, None, 1)


async def test_an_interrupted_grab_is_continued_by_any_of_its_books(bench: Bench, three_wanted: Any) -> None:
    ids = await three_wanted()
    await bench.search_for_download.search(SearchForDownload(download_id=ids[0]))
    bench.fail_next_add()
    await bench.deliver()
    failed, *waiting = await downloads(bench, ids)
    assert failed.status is DownloadStatus.FAILED
    assert [each.status for each in waiting] == [DownloadStatus.SEARCHING] * 2

    await bench.cancelled(ids[0])
    await bench.deliver()

    assert [each.status for each in await downloads(bench, ids[1:])] == [DownloadStatus.DOWNLOADING] * 2


async def test_packs_are_never_taken_if_the_setting_forbids_it(bench: Bench, three_wanted: Any) -> None:
    bench.context_loader.limits = Limits(
        auto_download=frozenset(MissingReason), min_free_disk_bytes=0, pack_min_books=0
    )
    ids = await three_wanted()

    await search(bench, ids[0])

    assert (bench.adds(), bench.mam.fetches) == (0, 0)


async def test_books_that_are_searched_at_the_same_time_share_one_torrent(bench: Bench, three_wanted: Any) -> None:
    ids = await three_wanted()

    await asyncio.gather(
        *(bench.search_for_download.search(SearchForDownload(download_id=download_id)) for download_id in ids)
    )
    await bench.deliver()
    await bench.deliver()

    found = await downloads(bench, ids)
    assert [each.status for each in found] == [DownloadStatus.DOWNLOADING] * 3
    assert (bench.adds(), len({each.info_hash for each in found})) == (1, 1)


async def test_a_dry_run_plans_what_the_search_then_does(
    bench: Bench, pack_release: Release, oz: Callable[..., MissingBook]
) -> None:
    bench.mam.releases = [pack_release]
    bench.library.missing = [oz(place) for place in (2, 3, 4)]

    await bench.search_wanted.search_wanted(SearchWanted(run_id=uuid4(), dry_run=True))
    plan = Plan.model_validate((await bench.sent(RunFinished))[-1].details["plan"])
    assert sorted(each.what for each in plan.actions if each.kind == "grab") == sorted(
        f"{TITLES[place]} by L. Frank Baum" for place in (2, 3, 4)
    )
    assert (plan.slots, bench.adds()) == (1, 0)

    await bench.search_wanted.search_wanted(SearchWanted(run_id=uuid4()))
    await bench.deliver()
    async with bench.transaction() as tx:
        running, _ = await tx.downloads.running()
    assert len(running) == 3
    assert bench.adds() == 1


async def test_the_approval_of_a_pack_holds_for_all_its_books(bench: Bench, three_wanted: Any) -> None:
    bench.context_loader.limits = Limits(min_free_disk_bytes=0)
    ids = await three_wanted()
    await search(bench, ids[0])
    waiting = await bench.download(ids[0])
    assert (waiting.waiting_for or "").startswith(f"approval: “{PACK.title}”")

    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=ids[0]))).items
    await bench.grab_release.grab(GrabRelease(download_id=ids[0], candidate_id=candidate.id))
    await bench.deliver()

    assert [each.status for each in await downloads(bench, ids)] == [DownloadStatus.DOWNLOADING] * 3
    assert any(reason.rule == "pack" and "3 wanted books" in reason.words for reason in candidate.reasons)


async def test_the_files_of_a_pack_that_is_listed_as_one_book_are_not_imported_as_that_book(
    bench: Bench, stored: Callable[..., Any], a_release: Callable[..., Release], oz: Callable[..., MissingBook]
) -> None:
    """No playing time is known, and nothing but the titles of other books shows what it is."""
    offer = LISTED_AS_ONE_BOOK
    bench.mam.releases = [a_release(id=offer.id, duration_minutes=None, size_bytes=offer.size_bytes)]
    bench.library.titles = list(TITLES.values())
    download_id = await stored(oz(2).model_copy(update={"duration_minutes": None, "duration_choices": []}))

    await search(bench, download_id)
    await bench.monitored()
    await bench.deliver()

    download = await bench.download(download_id)
    assert list(bench.library_path.rglob("*.m4b")) == []
    assert (download.status, download.library_path) == (DownloadStatus.FAILED, None)
