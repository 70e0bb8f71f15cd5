"""All searches, the stored candidates and the benchmark have one order of releases."""

from collections.abc import Callable
from typing import Any

import pytest
from bench.tasks.releases import predict_t5
from mam_search.adapters.mam.search_rows import release_of
from mam_search.adapters.mam.values import size_in_bytes
from sandbox.mam.row import row
from sandbox.validation import load
from sandbox.world import Work
from sandbox.worldmaking.shipped import SANDBOX
from shared.contracts.downloads.candidates import ListCandidates, Verdict
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.interactive_search import SearchReleases
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from .conftest import Bench

Make = Callable[..., Any]
SHOWN = frozenset({"mediaInfo", "isbn"})


def the_case(work: Work, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A case of the benchmark: a wanted book, and every release of the tracker."""
    series = work.series[0] if work.series else None
    return {
        "wanted": {
            "title": work.title, "author": work.authors[0], "narrator": narrator_of(work), "language": "en",
            "series": series and series.name, "sequence": series and series.sequence,
        },
        "releases": [
            {"id": str(each["id"]), "title": each["title"], "seeders": each["seeders"],
             "size": size_in_bytes(each["size"]), "mam": each}
            for each in rows
        ],
    }  # fmt: skip


def narrator_of(work: Work) -> str | None:
    return next((each.narrators[0] for each in work.editions if each.format == "audio" and each.narrators), None)


def unread(field: str, value: str) -> None:
    raise AssertionError(f"{field} could not be read: {value}")


@pytest.mark.parametrize("name", ["small", "traps"])
async def test_a_search_accepts_what_the_benchmark_accepts_and_in_the_same_order(
    bench: Bench, a_missing_book: Make, name: str
) -> None:
    world = load(SANDBOX / "worlds" / f"{name}.json")
    works = {work.id: work for work in world.works}
    rows = [row(offer, shows=SHOWN, download_hash="") for offer in world.offers if offer.indexer == "mam"]
    bench.mam.releases = [release for each in rows if (release := release_of(each, unread))]
    differing, grabbed = [], 0
    for missing in world.truth.missing:
        work = works[missing.work]
        case = the_case(work, rows)
        narrator = case["wanted"]["narrator"]
        book = a_missing_book(
            title=work.title, authors=work.authors[:1], narrators=[narrator] if narrator else [],
            series=case["wanted"]["series"], sequence=case["wanted"]["sequence"],
            duration_minutes=None, duration_choices=[],
        )  # fmt: skip
        bench.library.missing = [book]

        found = await bench.search_releases.search(SearchReleases(missing_book_id=book.id))

        accepted = [each.release.id for each in found.releases if each.verdict is Verdict.ACCEPTED]
        expected = predict_t5(case)
        grabbed += expected["best"] is not None
        if (accepted, accepted[0] if accepted else None) != (expected["accepted"], expected["best"]):
            differing.append((work.title, accepted, expected))
    assert differing == []
    assert grabbed


def some_releases(a_release: Make) -> list[Release]:
    """Releases of every verdict, some of which differ only by their ids or their indexer."""
    return [
        a_release(id="10", filetype="mp3", seeders=500),
        a_release(id="9"),
        a_release(id="11"),
        a_release(id="Z", indexer=Indexer.PROWLARR),
        a_release(id="a", indexer=Indexer.PROWLARR),
        a_release(id="12", seeders=60),
        a_release(id="13", freeleech=True),
        a_release(id="14", snatched_before=True),
        a_release(id="15", snatched_before=True, filetype="mp3"),
        a_release(id="16", language="GER"),
        a_release(id="17", seeders=0),
    ]


async def test_the_candidates_are_listed_in_the_order_of_the_search_page_by_page(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    book = a_missing_book()
    bench.library.missing, bench.mam.releases = [book], some_releases(a_release)
    found = await bench.search_releases.search(SearchReleases(missing_book_id=book.id))
    download_id = await stored(book)

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    shown = [each.release.id for each in found.releases]
    assert shown == ["12", "13", "11", "9", "Z", "a", "10", "14", "15", "16", "17"]
    listed = []
    for offset in range(0, len(shown), 3):
        request = ListCandidates(download_id=download_id, limit=3, offset=offset)
        page = await bench.list_downloads.list_candidates(request)
        listed += [each.release.id for each in page.items]
    assert listed == shown
    assert (await bench.download(download_id)).release_id == shown[0]
