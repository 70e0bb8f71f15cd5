"""Downloads and searches for missing books."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType, ListDownloads
from shared.contracts.downloads.events import DownloadFailed, DownloadWanted
from shared.contracts.runs import RunFinished, RunOutcome
from shared.contracts.values import MissingStatus

from .conftest import Bench

Make = Callable[..., Any]


async def test_a_missing_book_has_one_download_however_often_it_is_searched(bench: Bench, a_missing_book: Make) -> None:
    bench.library.missing = [a_missing_book()]

    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.search_wanted.search_wanted(SearchWanted())

    page = await bench.list_downloads.list_downloads(ListDownloads())
    assert page.total == 1
    assert len(await bench.sent(DownloadWanted)) == 1


async def test_only_missing_books_with_an_open_status_are_searched(bench: Bench, a_missing_book: Make) -> None:
    bench.library.missing = [a_missing_book(status=status) for status in MissingStatus]

    await bench.search_wanted.search_wanted(SearchWanted())

    assert len(await bench.sent(SearchForDownload)) == 3


async def test_the_longest_unsearched_is_searched_first(bench: Bench, a_missing_book: Make, stored: Make) -> None:
    new, old, older = (a_missing_book(title=title) for title in ("Ozma of Oz", "The Road to Oz", "Tik-Tok of Oz"))
    second = await stored(old, searched_at=bench.clock.now())
    bench.clock.forward(hours=-6)
    first = await stored(older, searched_at=bench.clock.now())
    bench.library.missing = [old, older, new]

    await bench.search_wanted.search_wanted(SearchWanted())

    searched = [each.download_id for each in await bench.sent(SearchForDownload)]
    assert searched[1:] == [first, second]


async def test_a_book_that_is_being_downloaded_is_not_searched(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    book = a_missing_book()
    await stored(book, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    bench.library.missing = [book]

    await bench.search_wanted.search_wanted(SearchWanted())

    assert await bench.sent(SearchForDownload) == []


async def test_only_the_requested_books_are_searched(bench: Bench, a_missing_book: Make) -> None:
    chosen, other = a_missing_book(), a_missing_book(title="Ozma of Oz")
    bench.library.missing = [chosen, other]

    await bench.search_wanted.search_wanted(SearchWanted(missing_book_ids=[chosen.id, uuid4()]))

    page = await bench.list_downloads.list_downloads(ListDownloads())
    assert [each.missing_book_id for each in page.items] == [chosen.id]


async def test_a_run_without_anything_to_search_ends_at_once(bench: Bench) -> None:
    await bench.search_wanted.search_wanted(SearchWanted(run_id=uuid4()))

    assert [each.outcome for each in await bench.sent(RunFinished)] == [RunOutcome.COMPLETED]


async def test_an_unavailable_library_fails_the_run_with_the_reason(bench: Bench) -> None:
    bench.library.error = RemoteUnavailable("library", "no answer")

    await bench.search_wanted.search_wanted(SearchWanted(run_id=uuid4()))

    (finished,) = await bench.sent(RunFinished)
    assert finished.outcome is RunOutcome.FAILED
    assert "no answer" in finished.problems[0]


async def test_a_failure_event_that_was_lost_is_announced_again(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    status = MissingStatus.DOWNLOADING
    failed, retried, going = (a_missing_book(title=title, status=status) for title in ("Ozma", "Tik-Tok", "Glinda"))
    lost = {"status": DownloadStatus.ABANDONED, "error_type": ErrorType.VERIFY, "error": "no audio"}
    await stored(failed, **lost)
    await stored(retried, **(lost | {"status": DownloadStatus.FAILED}), next_retry_at=bench.clock.now())
    await stored(going, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    bench.library.missing = [failed, retried, going]

    await bench.search_wanted.search_wanted(SearchWanted())

    (event,) = await bench.sent(DownloadFailed)
    assert (event.missing_book_id, event.reason, event.next_retry_at) == (failed.id, "no audio", None)
