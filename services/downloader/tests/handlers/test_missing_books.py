"""Missing books that the library identifies or closes."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.adapters.postgres.tables import CHASSIS
from downloader.domain.limits import Limits
from downloader.handlers.missing_books import HIGH_PRIORITY, SEARCH_AFTER, MissingBookHandlers
from downloader.settings import SETTINGS
from shared.contracts.downloads.commands import SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.library.missing_books import MissingBookClosed, MissingBookIdentified
from shared.contracts.values import MissingReason
from sqlalchemy import select

from .conftest import Bench

Make = Callable[..., Any]


async def test_a_new_gap_of_high_priority_is_searched_within_minutes(bench: Bench, a_missing_book: Make) -> None:
    book = a_missing_book(priority=HIGH_PRIORITY)
    bench.library.missing = [book]

    await bench.missing_books.missing_book_identified(MissingBookIdentified(missing_book=book))

    (command,) = await bench.sent(SearchWanted)
    async with bench.transaction() as tx:
        due_at = await tx.session.scalar(select(CHASSIS.outbox.c.available_at))
    assert due_at == bench.clock.now() + SEARCH_AFTER
    await bench.search_wanted.search_wanted(command)
    (search,) = await bench.sent(SearchForDownload)
    assert (await bench.download(search.download_id)).missing_book_id == book.id


@pytest.mark.parametrize(
    ("priority", "automatic"),
    [(HIGH_PRIORITY - 1, frozenset(MissingReason)), (HIGH_PRIORITY, frozenset({MissingReason.TOP10}))],
)
async def test_other_new_gaps_wait_for_the_next_search(
    bench: Bench, a_missing_book: Make, priority: int, automatic: frozenset[MissingReason]
) -> None:
    handlers = MissingBookHandlers(bench.transaction, Limits(auto_download=automatic), bench.clock)

    await handlers.missing_book_identified(MissingBookIdentified(missing_book=a_missing_book(priority=priority)))

    assert await bench.sent_subjects() == []


async def test_a_book_that_needs_approval_is_not_searched_on_its_own(bench: Bench, a_missing_book: Make) -> None:
    book = a_missing_book(priority=HIGH_PRIORITY, reason=MissingReason.TOP10, auto_download=False)
    limits = Limits(auto_download=frozenset(MissingReason))
    assert not limits.may_grab_without_approval(book)
    handlers = MissingBookHandlers(bench.transaction, limits, bench.clock)

    await handlers.missing_book_identified(MissingBookIdentified(missing_book=book))

    assert await bench.sent_subjects() == []


def test_an_import_list_decides_itself_whether_its_books_are_downloaded(a_missing_book: Make) -> None:
    limits = SETTINGS.example().limits()
    listed = a_missing_book(reason=MissingReason.LIST, auto_download=True)
    assert limits.may_grab_without_approval(listed)
    assert not limits.may_grab_without_approval(listed.model_copy(update={"auto_download": False}))


async def test_a_closed_missing_book_cancels_its_download(bench: Bench, a_missing_book: Make, stored: Make) -> None:
    book = a_missing_book()
    download_id = await stored(book)

    await bench.missing_books.missing_book_closed(MissingBookClosed(missing_book_id=book.id, why="it turned up"))

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED


async def test_a_closed_missing_book_keeps_a_torrent_in_the_client(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    book = a_missing_book()
    download_id = await stored(book, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)

    await bench.missing_books.missing_book_closed(MissingBookClosed(missing_book_id=book.id, why="it turned up"))

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
