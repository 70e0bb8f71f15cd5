"""Better releases of owned books: searched, grabbed, imported, and the old book is moved aside afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sandbox.testing import an_offer
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import SearchForDownload, SearchUpgrades
from shared.contracts.downloads.downloads import Download, DownloadStatus, ListDownloads
from shared.contracts.downloads.events import DownloadFailed
from shared.contracts.downloads.quality_profiles import ListQualityProfiles, NewQualityProfile, ReplaceQualityProfile
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.runs import Plan, RunFinished, RunOutcome

from .conftest import GOOD, PACK, Bench

Make = Callable[..., Any]


async def allow_upgrades(bench: Bench, **rules: Any) -> None:
    (default,) = await bench.quality_profiles.list_profiles(ListQualityProfiles())
    new = NewQualityProfile.model_validate({"name": "Default", "upgrade": True} | rules)
    await bench.quality_profiles.replace(ReplaceQualityProfile(id=default.id, new=new))


async def search(bench: Bench, *, dry_run: bool = False) -> RunFinished | None:
    run_id = uuid4()
    await bench.search_upgrades.search_upgrades(SearchUpgrades(run_id=run_id, dry_run=dry_run))
    await bench.deliver()
    return next((each for each in await bench.sent(RunFinished) if each.run_id == run_id), None)


async def the_downloads(bench: Bench) -> list[Download]:
    return (await bench.list_downloads.list_downloads(ListDownloads())).items


@pytest.fixture
def owned(bench: Bench, an_owned_book: Make) -> Book:
    """An owned MP3, whose files are in the library."""
    book: Book = an_owned_book()
    bench.library.owned = [book]
    folder = bench.library_path / book.path
    folder.mkdir(parents=True)
    (folder / "book.mp3").write_bytes(b"the old recording")
    return book


async def test_nothing_is_searched_unless_a_profile_upgrades(bench: Bench, owned: Book) -> None:
    finished = await search(bench)

    assert finished is not None
    assert finished.details == {
        "note": "No quality profile upgrades owned books.",
        "translatable": {"note": {"code": "plan.no_upgrades", "figures": {}}},
    }
    assert (bench.mam.searches, await the_downloads(bench)) == (0, [])


async def test_nothing_is_searched_without_a_folder_for_replaced_books(bench: Bench, owned: Book) -> None:
    await allow_upgrades(bench)
    bench.search_upgrades = bench.search_upgrades_with(None)

    finished = await search(bench)

    assert finished is not None
    assert (finished.outcome, finished.problems) == (
        RunOutcome.FAILED, ["no book is replaced: REPLACED_PATH is not set"],
    )  # fmt: skip
    assert await the_downloads(bench) == []


async def test_a_better_release_is_grabbed_without_approval(bench: Bench, owned: Book, a_release: Make) -> None:
    await allow_upgrades(bench)
    bench.mam.releases = [a_release(id="1", filetype="mp3", seeders=90), a_release(id=GOOD.id)]

    await search(bench)

    (download,) = await the_downloads(bench)
    assert (download.status, download.release_id) == (DownloadStatus.DOWNLOADING, GOOD.id)
    assert download.replaces is not None
    assert (download.replaces.book_id, download.replaces.shortcomings) == (owned.id, ["format: got mp3, want m4b"])


@pytest.mark.parametrize("known", [True, False])
async def test_an_owned_book_by_another_narrator_than_its_series_is_replaced_if_the_profile_requires_that_one(
    bench: Bench, an_owned_book: Make, a_release: Make, known: bool
) -> None:
    owned = an_owned_book(narrators=["Bert Speaker"], format="m4b")
    bench.library.owned = [owned]
    series_id = uuid4()
    bench.library.series = {"Oz": series_id} if known else {}
    bench.library.narrators = {series_id: "Tom Reed"}
    await allow_upgrades(bench, series_narrator="require")
    bench.mam.releases = [a_release(id="1", narrators=["Bert Speaker"], seeders=90), a_release(id=GOOD.id)]

    await search(bench)

    found = [(each.release_id, each.replaces and each.replaces.shortcomings) for each in await the_downloads(bench)]
    assert found == ([(GOOD.id, ["narrator: got Bert Speaker, want Tom Reed"])] if known else [])


async def test_the_narrator_of_a_series_is_read_once_in_a_run_and_only_if_a_profile_requires_it(
    bench: Bench, an_owned_book: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.library.owned = [an_owned_book(format="m4b"), an_owned_book(id=uuid4(), format="m4b")]
    read: list[str] = []

    async def series_id(name: str, authors: list[str]) -> None:
        read.append(name)

    monkeypatch.setattr(bench.library, "series_id", series_id)
    await allow_upgrades(bench, series_narrator="prefer")
    await search(bench)
    assert read == []
    await allow_upgrades(bench, series_narrator="require")
    await search(bench)
    assert read == ["Oz"]


@pytest.mark.parametrize(
    "release",
    [
        {"filetype": "mp3"},
        {"narrators": ["Bert Speaker"]},
        {"narrators": []},
        {"language": "GER"},
        {"duration_minutes": 500},
        {"snatched_before": True},
    ],
)
async def test_the_owned_book_is_kept_if_no_release_is_surely_better(
    bench: Bench, owned: Book, a_release: Make, release: dict[str, Any]
) -> None:
    await allow_upgrades(bench)
    bench.mam.releases = [a_release(**release)]

    await search(bench)

    (download,) = await the_downloads(bench)
    assert download.status is DownloadStatus.CANCELLED
    assert "the owned book is kept" in (download.error or "")
    assert await bench.sent(DownloadFailed) == []


async def test_a_book_is_searched_again_after_some_days(bench: Bench, owned: Book, a_release: Make) -> None:
    await allow_upgrades(bench)
    await search(bench)
    bench.clock.forward(days=6)
    await search(bench)
    assert bench.mam.searches == 1
    bench.clock.forward(days=2)
    bench.mam.releases = [a_release(id=GOOD.id)]

    await search(bench)

    (download,) = await the_downloads(bench)
    assert download.status is DownloadStatus.DOWNLOADING


async def test_books_that_are_good_enough_or_hold_several_books_are_not_searched(
    bench: Bench, an_owned_book: Make
) -> None:
    await allow_upgrades(bench)
    bench.library.owned = [
        an_owned_book(format="m4b"),
        an_owned_book(contents=["01/", "02/"]),
        an_owned_book(abs_id=None),
    ]

    await search(bench)

    assert await the_downloads(bench) == []


async def test_a_dry_run_shows_what_would_be_replaced(bench: Bench, owned: Book, a_release: Make) -> None:
    await allow_upgrades(bench)
    bench.mam.releases = [a_release(id=GOOD.id)]

    finished = await search(bench, dry_run=True)

    assert finished is not None
    plan = Plan.model_validate(finished.details["plan"])
    assert plan.counts == {"queue": 1, "grab": 1}
    assert await the_downloads(bench) == []


async def test_a_run_fails_if_the_library_is_unavailable(bench: Bench, owned: Book) -> None:
    await allow_upgrades(bench)
    bench.library.error = RemoteUnavailable("library", "not running")

    finished = await search(bench)

    assert finished is not None
    assert finished.outcome is RunOutcome.FAILED


async def test_the_least_recently_searched_books_come_first(bench: Bench, an_owned_book: Make) -> None:
    await allow_upgrades(bench)
    first = [an_owned_book(title=f"Oz {number}", path=f"Oz {number}") for number in range(30)]
    bench.library.owned = first
    ids: set[UUID] = set()
    for _ in range(2):
        await bench.search_upgrades.search_upgrades(SearchUpgrades())
        sent = {each.download_id for each in await bench.sent(SearchForDownload)}
        await bench.deliver()
        ids |= sent

    assert len(await the_downloads(bench)) == len(ids) == 30


async def test_a_pack_for_missing_books_does_not_replace_an_owned_one(
    bench: Bench, owned: Book, pack_release: Release, stored: Make, a_missing_book: Make
) -> None:
    await allow_upgrades(bench)
    bench.mam.releases = [pack_release]
    missing: list[MissingBook] = [
        a_missing_book(title=title, sequence=place)
        for place, title in (("3", "Ozma of Oz"), ("4", "Dorothy and the Wizard in Oz"), ("5", "The Road to Oz"))
    ]
    ids = [await stored(book) for book in missing]
    await bench.search_upgrades.search_upgrades(SearchUpgrades())
    (upgrade,) = [each for each in await the_downloads(bench) if each.replaces is not None]

    await bench.search_for_download.search(SearchForDownload(download_id=ids[0]))
    await bench.deliver()

    assert {(await bench.download(each)).in_pack for each in ids} == {True}
    download = await bench.download(upgrade.id)
    assert (download.status, download.in_pack) == (DownloadStatus.CANCELLED, False)


async def test_a_torrent_that_turns_out_to_be_a_pack_is_tried_once(
    bench: Bench, owned: Book, a_release: Make, stored: Make, a_missing_book: Make
) -> None:
    await allow_upgrades(bench)
    await stored(a_missing_book(title="Ozma of Oz", sequence="3"))
    files = [file.model_dump() for file in PACK.files]
    bench.mam.torrents = {GOOD.id: an_offer(id=GOOD.id, size_bytes=GOOD.size_bytes, folder="Oz Series", files=files)}
    bench.mam.releases = [a_release(id=GOOD.id)]

    await search(bench)

    (download,) = [each for each in await the_downloads(bench) if each.replaces is not None]
    assert (download.status, bench.mam.fetches, bench.adds()) == (DownloadStatus.CANCELLED, 1, 0)
    assert "the owned book is kept" in (download.error or "")
    assert await bench.blocked_releases() == []
