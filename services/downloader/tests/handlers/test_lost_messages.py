"""Whatever waits for a message is asked for again by a sweep, although its message is lost.

Each test loses every message, as a lost NATS volume or a restored database does.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from shared.contracts.downloads.commands import (
    AddToClient,
    ImportDownload,
    MoveReplacedBook,
    ReadReleasePage,
    RetryFailedDownloads,
    SearchForDownload,
    SearchWanted,
)
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType, ReplacedBook
from shared.contracts.downloads.events import DownloadCancelled, DownloadImported
from shared.contracts.library.imports import ConfirmImport
from shared.contracts.message import Message
from shared.contracts.runs import Plan, RunFinished
from shared.contracts.values import MissingStatus
from sqlalchemy import text

from .conftest import GOOD, Bench

Make = Callable[..., Any]
HASH = "ab" * 20

WAITING: dict[str, tuple[dict[str, Any], type[Message]]] = {
    "a search": ({"status": DownloadStatus.SEARCHING}, SearchForDownload),
    "a grab": ({"status": DownloadStatus.SEARCHING, "choice_id": uuid4()}, AddToClient),
    "an import": ({"status": DownloadStatus.COMPLETED, "info_hash": HASH}, ImportDownload),
    "an import that was interrupted": ({"status": DownloadStatus.IMPORTING, "info_hash": HASH}, ImportDownload),
    "an import by hand": ({"status": DownloadStatus.COMPLETED, "content_path": "/books/Oz"}, ImportDownload),
    "a confirmation": ({"status": DownloadStatus.IMPORTING, "library_path": "Oz"}, ConfirmImport),
    "an unconfirmed import": (
        {"status": DownloadStatus.IMPORTING, "library_path": "Oz", "error_type": ErrorType.IMPORT},
        ConfirmImport,
    ),
    "a description": ({"status": DownloadStatus.IMPORTED, "book_id": uuid4()}, DownloadImported),
    "the old book to be moved": (
        {
            "status": DownloadStatus.IMPORTED,
            "book_id": uuid4(),
            "described_at": "now",
            "replaces": ReplacedBook(book_id=uuid4(), path="Oz"),
            "awaits_move": True,
        },
        MoveReplacedBook,
    ),
    "the page of a release": (
        {"status": DownloadStatus.DOWNLOADING, "info_hash": HASH, "page_asked_at": "now"},
        ReadReleasePage,
    ),
    "a deferred search": ({"status": DownloadStatus.QUEUED, "next_retry_at": "now"}, SearchForDownload),
    "a deferred grab": (
        {"status": DownloadStatus.SEARCHING, "choice_id": uuid4(), "by_person": True, "next_retry_at": "now"},
        AddToClient,
    ),
    "a failed grab": (
        {
            "status": DownloadStatus.FAILED,
            "error_type": ErrorType.CLIENT,
            "choice_id": uuid4(),
            "info_hash": HASH,
            "next_retry_at": "now",
        },
        AddToClient,
    ),
}


@pytest.mark.parametrize("waits_for", WAITING)
async def test_the_retry_asks_again_for_what_a_download_waits_for(
    bench: Bench, stored: Make, a_release: Make, waits_for: str
) -> None:
    state, message = WAITING[waits_for]
    times = {name: bench.clock.now() for name, value in state.items() if value == "now"}
    download_id = await stored(release=a_release(), **(state | times))
    await bench.lose_messages()
    bench.clock.at = (await bench.download(download_id)).updated_at + timedelta(hours=2)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert [each.download_id for each in await bench.sent(message)] == [download_id]


async def test_a_kept_release_is_grabbed_at_the_end_of_its_delay(bench: Bench, stored: Make, a_release: Make) -> None:
    ends = bench.clock.now() + timedelta(hours=1)
    download_id = await stored(
        status=DownloadStatus.QUEUED, delayed_release=a_release(), delayed_until=ends, next_retry_at=ends
    )
    await bench.lose_messages()
    bench.clock.forward(hours=2)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [download_id]


async def test_the_page_of_a_release_is_read_when_the_first_message_is_lost(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD, narrators=[])
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.lose_messages()
    bench.clock.forward(hours=2)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert [each.download_id for each in await bench.sent(ReadReleasePage)] == [download_id]


@pytest.mark.parametrize(
    "state",
    [
        {"error_type": ErrorType.VERIFY, "error": "the audio is silent"},
        {"waiting_for": "“Ozma” cannot be grabbed now: standing: got 93 unsatisfied torrents"},
        {"status": DownloadStatus.SEARCHING},
    ],
    ids=["after a bad release", "waits for the account", "searching"],
)
async def test_a_book_that_the_library_shows_as_downloading_is_searched_again_without_a_release(
    bench: Bench, stored: Make, a_missing_book: Make, state: dict[str, Any]
) -> None:
    """The library learned of the first grab. It does not learn that the release was bad."""
    book = a_missing_book(status=MissingStatus.DOWNLOADING)
    bench.library.missing = [book]
    download_id = await stored(book, **state)
    await bench.lose_messages()

    await bench.search_wanted.search_wanted(SearchWanted())

    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [download_id]


async def test_a_dry_run_plans_the_search_of_a_book_that_the_library_shows_as_downloading(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    bench.library.missing = [book := a_missing_book(status=MissingStatus.DOWNLOADING)]
    await stored(book)

    await bench.search_wanted.search_wanted(SearchWanted(run_id=uuid4(), dry_run=True))

    (finished,) = await bench.sent(RunFinished)
    assert [each.what for each in Plan.model_validate(finished.details["plan"]).actions] == [
        f"{book.title} by L. Frank Baum"
    ]


async def test_a_download_without_a_missing_book_is_searched_again(bench: Bench, a_missing_book: Make) -> None:
    async with bench.transaction() as tx:
        download = await tx.downloads.make(a_missing_book(), bench.clock.now())

    await bench.search_wanted.search_wanted(SearchWanted())

    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [download.id]


@pytest.mark.parametrize(("waits", "searched"), [(None, 1), ("approval: “Ozma”", 0)])
async def test_an_upgrade_is_searched_again_unless_it_waits(
    bench: Bench, a_missing_book: Make, waits: str | None, searched: int
) -> None:
    async with bench.transaction() as tx:
        download = await tx.downloads.make(a_missing_book(), bench.clock.now())
        download.waiting_for = waits
        await tx.downloads.save(download)
        statement = "update downloads.downloads set replaces_book_id = :book"
        await tx.session.execute(text(statement), {"book": uuid4()})

    await bench.search_wanted.search_wanted(SearchWanted())

    assert len(await bench.sent(SearchForDownload)) == searched


@pytest.mark.parametrize("status", [MissingStatus.COMPLETED, MissingStatus.IGNORED, None])
async def test_a_download_of_a_book_that_was_closed_is_cancelled(
    bench: Bench, stored: Make, a_missing_book: Make, status: MissingStatus | None
) -> None:
    book = a_missing_book(status=status or MissingStatus.IDENTIFIED)
    bench.library.missing = [] if status is None else [book]
    download_id: UUID = await stored(book)

    await bench.search_wanted.search_wanted(SearchWanted())

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED
    assert [each.download_id for each in await bench.sent(DownloadCancelled)] == [download_id]


@pytest.mark.parametrize(
    ("missing", "state"),
    [
        (MissingStatus.UPCOMING, {}),
        (MissingStatus.WAS_OWNED, {}),
        (MissingStatus.COMPLETED, {"status": DownloadStatus.DOWNLOADING, "info_hash": HASH}),
        (MissingStatus.COMPLETED, {"status": DownloadStatus.FAILED, "info_hash": HASH}),
    ],
)
async def test_a_download_that_a_person_started_or_that_has_a_torrent_is_not_cancelled(
    bench: Bench, stored: Make, a_missing_book: Make, missing: MissingStatus, state: dict[str, Any]
) -> None:
    book = a_missing_book(status=missing)
    bench.library.missing = [book]
    download_id = await stored(book, **state)

    await bench.search_wanted.search_wanted(SearchWanted())

    assert (await bench.download(download_id)).status is state.get("status", DownloadStatus.QUEUED)
