"""Due downloads are retried, each in its own transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from shared.contracts.downloads.commands import AddToClient, ImportDownload, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType, ListDownloads, RetryDownload
from shared.contracts.downloads.events import DownloadImported
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.runs import RunFinished
from sqlalchemy import text

from .conftest import Bench

Make = Callable[..., Any]
HASH = "ab" * 20
BOOK = uuid4()


@pytest.fixture
def failed_with_torrent(stored: Make, a_missing_book: Make, a_release: Make, bench: Bench) -> Make:
    """A download that failed with its hash stored, and is due; by default while it was added."""

    async def make(**state: Any) -> UUID:
        fields = {
            "status": DownloadStatus.FAILED,
            "error_type": ErrorType.CLIENT,
            "error": "no answer",
            "choice_id": uuid4(),
            "release": a_release(),
            "info_hash": HASH,
            "next_retry_at": bench.clock.now() - timedelta(minutes=2),
        }
        download_id: UUID = await stored(a_missing_book(title="Failed"), **(fields | state))
        return download_id

    return make


@pytest.fixture
async def holder(stored: Make, a_missing_book: Make, a_release: Make) -> UUID:
    """Another download has the same torrent."""
    download_id: UUID = await stored(
        a_missing_book(title="Holder"), status=DownloadStatus.DOWNLOADING, release=a_release(id="2"), info_hash=HASH
    )
    return download_id


@pytest.mark.parametrize("state", [{}, {"error_type": ErrorType.IMPORT, "completed_at": "now"}])
async def test_a_failed_download_whose_torrent_another_one_has_searches_again(
    bench: Bench, failed_with_torrent: Make, holder: UUID, state: dict[str, Any]
) -> None:
    changes = state | ({"completed_at": bench.clock.now()} if state else {})
    failed = await failed_with_torrent(**changes)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    download = await bench.download(failed)
    assert (download.status, download.info_hash) == (DownloadStatus.QUEUED, None)
    assert download.error == "the same torrent was grabbed for “Holder”"
    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [failed]
    assert (await bench.download(holder)).status is DownloadStatus.DOWNLOADING


async def test_a_download_whose_torrent_another_one_has_stops_no_other_retry(
    bench: Bench, failed_with_torrent: Make, holder: UUID, stored: Make
) -> None:
    await failed_with_torrent()
    due = {"status": DownloadStatus.FAILED, "error_type": ErrorType.NO_RELEASE, "next_retry_at": bench.clock.now()}
    other = await stored(**due)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert other in [each.download_id for each in await bench.sent(SearchForDownload)]


async def test_a_download_that_cannot_be_read_stops_no_other_retry(
    bench: Bench, failed_with_torrent: Make, stored: Make
) -> None:
    broken = await failed_with_torrent()
    due = {"status": DownloadStatus.FAILED, "error_type": ErrorType.NO_RELEASE, "next_retry_at": bench.clock.now()}
    other = await stored(**due)
    async with bench.transaction() as tx:
        statement = text("update downloads.downloads set wanted = '{}' where id = :id")
        await tx.session.execute(statement, {"id": broken})

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads(run_id=uuid4()))

    (finished,) = await bench.sent(RunFinished)
    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [other]
    assert (finished.tally.succeeded, finished.tally.failed) == (1, 1)
    assert str(broken) in finished.problems[0]


async def test_a_person_s_retry_searches_again_if_another_download_has_the_torrent(
    bench: Bench, failed_with_torrent: Make, holder: UUID
) -> None:
    failed = await failed_with_torrent()

    download = await bench.retry_download.retry(RetryDownload(id=failed))

    assert (download.status, download.info_hash) == (DownloadStatus.QUEUED, None)
    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [failed]


async def test_a_failed_download_that_still_has_its_torrent_is_added_again(
    bench: Bench, failed_with_torrent: Make
) -> None:
    failed = await failed_with_torrent()

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert [each.download_id for each in await bench.sent(AddToClient)] == [failed]
    assert await bench.sent(ImportDownload) == []


async def test_a_placed_book_that_the_library_did_not_report_is_requested_again(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    download_id = await stored(
        a_missing_book(title="Placed"), status=DownloadStatus.IMPORTING, release=a_release(), library_path="L/Placed"
    )
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    assert await bench.sent(ConfirmImport) == []

    async with bench.transaction() as tx:
        await tx.session.execute(text("update downloads.downloads set updated_at = '2026-01-01'"))
    for _ in range(2):
        await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    (command,) = await bench.sent(ConfirmImport)
    assert (command.download_id, command.relative_path) == (download_id, "L/Placed")


async def test_only_due_downloads_are_retried(bench: Bench, stored: Make, a_missing_book: Make) -> None:
    failed = {"status": DownloadStatus.FAILED, "error_type": ErrorType.NO_RELEASE, "error": "none"}
    due = await stored(**failed, next_retry_at=bench.clock.now())
    await stored(a_missing_book(title="Ozma"), **failed, next_retry_at=bench.clock.now() + timedelta(hours=1))

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads(run_id=uuid4()))

    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [due]


async def test_a_stuck_download_is_retried(bench: Bench, stored: Make, a_release: Make) -> None:
    await stored(status=DownloadStatus.COMPLETED, release=a_release())
    bench.clock.at = (await _first(bench)).updated_at + timedelta(hours=2)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert len(await bench.sent(ImportDownload)) == 1


async def test_an_import_is_announced_again_until_the_metadata_service_has_described_the_book(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    """The event is sent again although its outbox row was deleted."""
    placed: dict[str, Any] = {"status": DownloadStatus.IMPORTING, "library_path": "L/Placed", "info_hash": "ab" * 20}
    download_id = await stored(release=a_release(), **placed)
    await bench.import_download.confirmed(ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=BOOK))
    (first,) = await bench.sent(DownloadImported)
    await bench.lose_messages()
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    assert await bench.sent(DownloadImported) == [], "the answer may still arrive"

    bench.clock.at = (await _first(bench)).updated_at + timedelta(hours=2)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    assert await bench.sent(DownloadImported) == [first]

    await bench.import_download.described(ImportDescribed(download_id=download_id))
    await bench.lose_messages()
    bench.clock.at += timedelta(hours=2)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    assert await bench.sent(DownloadImported) == []


async def test_the_copies_of_an_announced_import_have_one_message_id(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    """While the metadata service is down, copies accumulate. Its inbox then skips all except the first."""
    placed: dict[str, Any] = {"status": DownloadStatus.IMPORTING, "library_path": "L/Placed", "info_hash": "ab" * 20}
    download_id = await stored(release=a_release(), **placed)
    await bench.import_download.confirmed(ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=BOOK))
    for _ in range(2):
        bench.clock.at = (await _first(bench)).updated_at + timedelta(hours=2)
        await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    ids = await bench.message_ids(DownloadImported)
    assert (len(ids), len(set(ids))) == (3, 1)


async def _first(bench: Bench) -> Any:
    return (await bench.list_downloads.list_downloads(ListDownloads())).items[0]
