"""From missing books to downloads."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType, ListDownloads
from shared.contracts.downloads.events import DownloadFailed, DownloadWanted
from shared.contracts.library.missing_books import MissingBookClosed
from shared.contracts.runs import RunFinished, RunOutcome
from shared.contracts.values import MissingStatus

from .conftest import Bench

Make = Callable[..., Any]


async def test_a_missing_book_is_wanted_once_however_often_it_is_searched(bench: Bench, a_missing_book: Make) -> None:
    bench.library.missing = [a_missing_book()]

    await bench.wanting.search_wanted(SearchWanted())
    await bench.wanting.search_wanted(SearchWanted())

    page = await bench.reading.list_downloads(ListDownloads())
    assert page.total == 1
    assert len(await bench.told(DownloadWanted)) == 1


async def test_only_books_that_may_be_searched_are(bench: Bench, a_missing_book: Make) -> None:
    bench.library.missing = [a_missing_book(status=status) for status in MissingStatus]

    await bench.wanting.search_wanted(SearchWanted())

    assert len(await bench.told(SearchForDownload)) == 3


async def test_the_longest_unsearched_is_searched_first(bench: Bench, a_missing_book: Make, stored: Make) -> None:
    new, old, older = (a_missing_book(title=title) for title in ("Ozma of Oz", "The Road to Oz", "Tik-Tok of Oz"))
    second = await stored(old, searched_at=bench.clock.now())
    bench.clock.passes(hours=-6)
    first = await stored(older, searched_at=bench.clock.now())
    bench.library.missing = [old, older, new]

    await bench.wanting.search_wanted(SearchWanted())

    searched = [each.download_id for each in await bench.told(SearchForDownload)]
    assert searched[1:] == [first, second]


async def test_a_book_that_is_being_downloaded_is_not_searched(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    book = a_missing_book()
    await stored(book, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    bench.library.missing = [book]

    await bench.wanting.search_wanted(SearchWanted())

    assert await bench.told(SearchForDownload) == []


async def test_chosen_books_alone_are_searched(bench: Bench, a_missing_book: Make) -> None:
    chosen, other = a_missing_book(), a_missing_book(title="Ozma of Oz")
    bench.library.missing = [chosen, other]

    await bench.wanting.search_wanted(SearchWanted(missing_book_ids=[chosen.id, uuid4()]))

    page = await bench.reading.list_downloads(ListDownloads())
    assert [each.missing_book_id for each in page.items] == [chosen.id]


async def test_a_run_without_anything_to_search_ends_at_once(bench: Bench) -> None:
    await bench.wanting.search_wanted(SearchWanted(run_id=uuid4()))

    assert [each.outcome for each in await bench.told(RunFinished)] == [RunOutcome.COMPLETED]


async def test_a_library_that_is_away_ends_the_run_with_the_reason(bench: Bench) -> None:
    bench.library.error = RemoteUnavailable("library", "nobody answers")

    await bench.wanting.search_wanted(SearchWanted(run_id=uuid4()))

    (finished,) = await bench.told(RunFinished)
    assert finished.outcome is RunOutcome.FAILED
    assert "nobody answers" in finished.problems[0]


async def test_a_book_that_turned_up_by_itself_is_no_longer_wanted(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    book = a_missing_book()
    download_id = await stored(book)

    await bench.wanting.missing_book_closed(MissingBookClosed(missing_book_id=book.id, why="it turned up"))

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED


async def test_what_is_in_the_client_already_is_not_cancelled(bench: Bench, a_missing_book: Make, stored: Make) -> None:
    book = a_missing_book()
    download_id = await stored(book, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)

    await bench.wanting.missing_book_closed(MissingBookClosed(missing_book_id=book.id, why="it turned up"))

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING


async def test_a_failure_that_the_library_has_not_heard_of_is_announced_again(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    status = MissingStatus.DOWNLOADING
    failed, retried, going = (a_missing_book(title=title, status=status) for title in ("Ozma", "Tik-Tok", "Glinda"))
    lost = {"status": DownloadStatus.ABANDONED, "error_type": ErrorType.VERIFY, "error": "no audio"}
    await stored(failed, **lost)
    await stored(retried, **(lost | {"status": DownloadStatus.FAILED}), next_retry_at=bench.clock.now())
    await stored(going, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    bench.library.missing = [failed, retried, going]

    await bench.wanting.search_wanted(SearchWanted())

    (told,) = await bench.told(DownloadFailed)
    assert (told.missing_book_id, told.reason, told.next_retry_at) == (failed.id, "no audio", None)
