"""The history of a download, and what happens next."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from shared.chassis.traces import span, trace_id
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.library.imports import ImportConfirmed
from shared.contracts.mam.releases import Release
from shared.contracts.system import TellTimeline
from shared.testing.spans import recorded_spans

from .conftest import GOOD, Bench

Make = Callable[..., Any]


async def test_the_timeline_goes_from_the_queue_to_the_library(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.deliver()
    book_id = uuid4()
    await bench.import_download.confirmed(
        ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=book_id)
    )

    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(download_ids=[download_id]))

    kinds = [entry.kind for entry in timeline.entries if not entry.kind.startswith("release_")]
    assert kinds == ["queued", "searched", "chosen", "grabbed", "transferred", "imported", "confirmed"]
    assert (timeline.download_ids, timeline.book_ids) == ([download_id], [book_id])
    assert [entry.words for entry in timeline.entries if "words" not in entry.translatable] == []


async def test_the_timeline_of_a_missing_book_has_the_reasons_and_the_next_retry(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    missing = a_missing_book()
    download_id = await stored(missing)
    unseeded: Release = a_release(seeders=0)
    bench.mam.releases = [unseeded]
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(missing_book_ids=[missing.id]))

    (rejected,) = [entry for entry in timeline.entries if entry.kind == "release_rejected"]
    assert "seeders" in rejected.words
    assert timeline.entries[-1].to_come
    assert timeline.entries[-1].kind == "retry_planned"
    assert timeline.entries[-1].at == (await bench.download(download_id)).next_retry_at
    why = timeline.entries[-1].translatable["words"].figures["why"]
    assert (why["code"], why["figures"]["title"]) == ("download.none_acceptable", unseeded.title)
    (against,) = why["figures"]["why"]["figures"]["reasons"]
    assert against["figures"]["rule"] == "seeders"
    assert against["figures"]["got"] == {"code": "release.seeders", "figures": {"count": 0}}


async def test_an_entry_has_the_id_of_the_trace_in_which_it_happened(bench: Bench, stored: Make) -> None:
    with recorded_spans(), span("search", begins_trace=True):
        trace = trace_id()
        download_id = await stored()
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(download_ids=[download_id]))

    assert trace is not None
    assert {entry.trace_id for entry in timeline.entries if entry.kind == "searched"} == {trace}


async def test_a_repeated_event_is_counted(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    for _ in range(2):
        bench.clock.forward(days=2)
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(download_ids=[download_id]))

    (searched,) = [entry for entry in timeline.entries if entry.kind == "searched"]
    assert searched.details["times"] == 2
    assert searched.translatable["words"].code == "download.again"
    assert (
        searched.translatable["words"].figures["times"],
        searched.translatable["words"].figures["what"]["code"],
    ) == (
        2,
        "download.searched",
    )


async def test_the_timeline_of_an_unknown_book_is_empty(bench: Bench) -> None:
    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(book_ids=[uuid4()]))

    assert (timeline.entries, timeline.download_ids) == ([], [])
