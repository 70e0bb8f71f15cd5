"""Announcements of the reason why a missing book is not in the library yet."""

from collections.abc import Callable
from typing import Any

from downloader.domain.conclusion import NO_RELEASE_WORDS
from shared.contracts.downloads.commands import SearchWanted
from shared.contracts.downloads.downloads import DeleteDownload, DownloadStatus
from shared.contracts.downloads.events import AbsenceChanged
from shared.contracts.library.absences import Absence, AbsenceReason

from .conftest import Bench

Make = Callable[..., Any]


async def test_each_change_of_the_reason_is_announced_once_and_in_order(bench: Bench, a_missing_book: Make) -> None:
    book = a_missing_book()
    bench.library.missing = [book]
    bench.mam.releases = []

    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()

    events = await bench.sent(AbsenceChanged)
    assert [each.absence.reason for each in events] == [AbsenceReason.SEARCHING, AbsenceReason.NO_RELEASE]
    assert {each.missing_book_id for each in events} == {book.id}
    assert sorted(events, key=lambda each: each.at) == events
    last = events[-1].absence
    assert (last.words, last.last_search) == (NO_RELEASE_WORDS, "no releases found")
    assert last.translatable["words"].code == "download.no_release"
    assert last.last_searched_at == bench.clock.now() < last.next_try_at


async def test_progress_alone_announces_no_reason(bench: Bench, stored: Make) -> None:
    download_id = await stored(status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    await bench.lose_messages()

    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
        assert download is not None
        download.progress, download.client_state = 0.5, "downloading"
        await tx.downloads.save(download)

    assert await bench.sent(AbsenceChanged) == []


async def test_a_deleted_download_leaves_no_reason(bench: Bench, stored: Make) -> None:
    download_id = await stored()
    await bench.cancelled(download_id)

    await bench.update_download.delete(DeleteDownload(id=download_id))

    events = await bench.sent(AbsenceChanged)
    assert [each.absence and each.absence.reason for each in events[-2:]] == [AbsenceReason.CANCELLED, None]


async def test_a_reason_that_the_library_does_not_know_is_announced_again(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    unknown, known = a_missing_book(), a_missing_book(title="Ozma of Oz")
    await stored(unknown)
    download_id = await stored(known)
    absence = Absence(reason=AbsenceReason.SEARCHING, download_id=download_id)
    bench.library.missing = [unknown, known.model_copy(update={"absence": absence})]
    await bench.lose_messages()

    await bench.search_wanted.search_wanted(SearchWanted())

    assert [each.missing_book_id for each in await bench.sent(AbsenceChanged)] == [unknown.id]
