"""Changes of many downloads, and searches for many missing books."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from shared.chassis.bulk import SelectionChanged
from shared.chassis.errors import RemoteUnavailable, ServiceUnavailable
from shared.contracts.downloads.bulk_changes import (
    CancelDownloads,
    DeleteDownloads,
    DownloadFilter,
    DownloadSelection,
    RetryDownloads,
    SearchMissingBooks,
)
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.library.missing_books import MissingBookFilter, MissingBookSelection

from .conftest import Bench

Make = Callable[..., Any]
FAILED = {"status": DownloadStatus.ABANDONED, "error_type": ErrorType.NO_RELEASE, "error": "no indexer has a release"}


async def test_the_chosen_downloads_are_retried_and_each_refusal_says_why(bench: Bench, stored: Make) -> None:
    failed, running, unknown = await stored(**FAILED), await stored(status=DownloadStatus.DOWNLOADING), uuid4()

    selection = DownloadSelection(ids=[failed, running, unknown])
    result = await bench.bulk_changes.retry(RetryDownloads(selection=selection))

    assert result.done == [failed]
    assert [(each.id, each.problem.code) for each in result.problems] == [(running, "not_now"), (unknown, "not_found")]
    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [failed]


async def test_a_filter_changes_exactly_the_number_that_was_seen(bench: Bench, stored: Make) -> None:
    await stored()
    abandoned = [await stored(**FAILED) for _ in range(2)]
    filters = DownloadFilter(status=[DownloadStatus.ABANDONED])

    with pytest.raises(SelectionChanged, match="2 items match now, not 3"):
        await bench.bulk_changes.delete(DeleteDownloads(selection=DownloadSelection(filter=filters, expected=3)))
    result = await bench.bulk_changes.delete(DeleteDownloads(selection=DownloadSelection(filter=filters, expected=2)))

    assert sorted(result.done) == sorted(abandoned)


async def test_many_downloads_are_cancelled(bench: Bench, stored: Make) -> None:
    ids = [await stored(), await stored()]

    result = await bench.bulk_changes.cancel(CancelDownloads(selection=DownloadSelection(ids=ids)))

    assert result.done == ids
    assert [(await bench.download(each)).status for each in ids] == [DownloadStatus.CANCELLED] * 2


async def test_many_missing_books_are_searched_with_their_downloads_or_new_ones(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    titles = ("Ozma of Oz", "Tik-Tok of Oz", "The Lost Princess of Oz", "Glinda of Oz")
    new, failed, waiting, searching = (a_missing_book(title=title) for title in titles)
    await stored(failed, **FAILED)
    await stored(waiting, waiting_for="approval: “The Lost Princess of Oz”")
    await stored(searching)
    bench.library.missing = [new, failed, waiting, searching]

    selection = MissingBookSelection(filter=MissingBookFilter(), expected=4)
    result = await bench.bulk_changes.search(SearchMissingBooks(selection=selection))

    assert result.done == [new.id, failed.id, waiting.id]
    assert [each.id for each in result.problems] == [searching.id]
    assert len(await bench.sent(SearchForDownload)) == 3


async def test_nothing_is_searched_while_the_library_is_unavailable(bench: Bench) -> None:
    bench.library.error = RemoteUnavailable("library", "no answer")

    with pytest.raises(ServiceUnavailable):
        await bench.bulk_changes.search(SearchMissingBooks(selection=MissingBookSelection(ids=[uuid4()])))
