"""Downloads that a person starts: a missing book, a release, a magnet link."""

import base64
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from downloader.domain.limits import Limits
from downloader.domain.refusals import AlreadyGrabbed, NotNow, ReleaseRejected
from downloader.domain.waiting import kind_of_waiting
from pydantic import ValidationError
from sandbox.torrent import make_torrent
from shared.chassis.errors import NotFound, RemoteUnavailable, ServiceUnavailable
from shared.contracts.downloads.commands import AddToClient, MonitorDownloads, SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import (
    CreateDownload,
    Download,
    DownloadStatus,
    ErrorType,
    ListDownloads,
    ReleaseReference,
    WaitsFor,
)
from shared.contracts.downloads.events import DownloadWanted
from shared.contracts.downloads.interactive_search import GrabFoundRelease
from shared.contracts.library.imports import ConfirmImport
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, MissingStatus

from .conftest import GOOD, Bench

Make = Callable[..., Any]
WITH_APPROVAL = Limits(min_free_disk_bytes=0)
"""Nothing is grabbed without approval."""
HASH = make_torrent(GOOD, "http://tracker/announce").info_hash
MAGNET = (
    f"magnet:?xt=urn:btih:{HASH}&dn=The%20Marvelous%20Land%20of%20Oz.m4b"
    "&tr=https%3A%2F%2Ftracker.example%2Fa-passkey%2Fannounce"
)
TITLE = "The Marvelous Land of Oz"
RELEASE = {"indexer": "MAM", "id": "900001"}


@pytest.fixture
def shown_release(bench: Bench, a_release: Make) -> Make:
    """A release that a person's search showed."""

    async def show(**changes: Any) -> ReleaseReference:
        release: Release = a_release(**changes)
        async with bench.transaction() as tx:
            await tx.offers.store([release], bench.clock.now())
        return ReleaseReference(indexer=release.indexer, id=release.id)

    return show


async def downloads(bench: Bench) -> list[Download]:
    """All downloads."""
    return (await bench.list_downloads.list_downloads(ListDownloads())).items


@pytest.mark.parametrize(
    ("fields", "error_field"),
    [
        ({}, "missing_book_id, release, magnet, torrent and address"),
        ({"missing_book_id": uuid4(), "release": RELEASE, "magnet": MAGNET}, "got missing_book_id, release, magnet"),
        ({"magnet": MAGNET, "address": "https://example.org/oz.torrent"}, "got magnet, address"),
        ({"address": "https://example.org/oz.torrent"}, "title or missing_book_id"),
        ({"address": "ftp://example.org/oz.torrent", "title": TITLE}, "address"),
        ({"torrent": "not base64!", "title": TITLE}, "torrent"),
        ({"magnet": MAGNET}, "title"),
        ({"magnet": "https://example.org/oz.torrent", "title": TITLE}, "magnet"),
    ],
)
def test_a_download_needs_exactly_one_source_and_a_given_torrent_needs_its_book(
    fields: dict[str, Any], error_field: str
) -> None:
    with pytest.raises(ValidationError, match=error_field):
        CreateDownload.model_validate(fields)


async def test_a_missing_book_is_searched_at_once(bench: Bench, a_missing_book: Make, a_release: Make) -> None:
    missing = a_missing_book()
    bench.library.missing = [missing]
    bench.mam.releases = [a_release()]

    created = await bench.create_download.create(CreateDownload(missing_book_id=missing.id))
    await bench.deliver()

    assert [each.download_id for each in await bench.sent(DownloadWanted)] == [created.id]
    assert (await bench.download(created.id)).status is DownloadStatus.DOWNLOADING


async def test_a_book_that_a_person_asks_for_is_grabbed_although_the_settings_ask_for_approval(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    bench.context_loader.limits = WITH_APPROVAL
    missing = a_missing_book(auto_download=False)
    bench.library.missing = [missing]
    created = await bench.create_download.create(CreateDownload(missing_book_id=missing.id))
    await bench.deliver()
    nothing_found = await bench.download(created.id)

    bench.mam.releases = [a_release()]
    bench.clock.forward(days=2)
    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()

    found_later = await bench.download(created.id)
    assert (nothing_found.status, found_later.status) == (DownloadStatus.FAILED, DownloadStatus.DOWNLOADING)


async def test_a_doubtful_release_of_a_book_that_a_person_asks_for_waits_for_a_decision(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    bench.context_loader.limits = WITH_APPROVAL
    missing = a_missing_book()
    bench.library.missing = [missing]
    bench.mam.releases = [a_release(snatched_before=True)]

    created = await bench.create_download.create(CreateDownload(missing_book_id=missing.id))
    await bench.deliver()

    download = await bench.download(created.id)
    assert (download.status, await bench.sent(AddToClient)) == (DownloadStatus.QUEUED, [])
    assert (download.waiting_for or "").startswith("a decision")


async def test_a_search_by_a_person_approves_what_the_schedule_found(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    bench.context_loader.limits = WITH_APPROVAL
    asked_for, other = a_missing_book(), a_missing_book(title="Ozma of Oz")
    bench.library.missing = [asked_for, other]
    bench.mam.releases = [a_release(), a_release(id="900002", title="Ozma of Oz")]
    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()
    before = {each.missing_book_id: each for each in await downloads(bench)}

    created = await bench.create_download.create(CreateDownload(missing_book_id=asked_for.id))
    await bench.deliver()

    assert [kind_of_waiting(each.waiting_for or "") for each in before.values()] == [WaitsFor.APPROVAL] * 2
    assert created.id == before[asked_for.id].id
    assert {each.missing_book_id: each.status for each in await downloads(bench)} == {
        asked_for.id: DownloadStatus.DOWNLOADING,
        other.id: DownloadStatus.QUEUED,
    }


@pytest.mark.parametrize("status", [DownloadStatus.FAILED, DownloadStatus.ABANDONED])
async def test_a_failed_download_of_a_book_that_a_person_asks_for_is_searched_again(
    bench: Bench, a_missing_book: Make, stored: Make, status: DownloadStatus
) -> None:
    missing = a_missing_book()
    bench.library.missing = [missing]
    failed = await stored(missing, status=status, error_type=ErrorType.NO_RELEASE, error="none", offer_failures=3)

    created = await bench.create_download.create(CreateDownload(missing_book_id=missing.id))

    assert (created.id, created.status, created.retry_count) == (failed, DownloadStatus.QUEUED, 0)
    assert [each.download_id for each in await bench.sent(SearchForDownload)] == [failed]


async def test_a_cancelled_search_that_is_retried_asks_for_nothing(
    bench: Bench, a_missing_book: Make, stored: Make, a_release: Make
) -> None:
    bench.context_loader.limits = WITH_APPROVAL
    bench.mam.releases = [a_release()]
    cancelled = await stored(a_missing_book())
    await bench.cancelled(cancelled)

    await bench.retry(cancelled)

    assert ((await bench.download(cancelled)).waiting_for or "").startswith("approval")


async def test_a_book_with_a_download_in_progress_is_refused_with_its_id(bench: Bench, a_missing_book: Make) -> None:
    missing = a_missing_book()
    bench.library.missing = [missing]
    created = await bench.create_download.create(CreateDownload(missing_book_id=missing.id))

    with pytest.raises(AlreadyGrabbed) as refused:
        await bench.create_download.create(CreateDownload(missing_book_id=missing.id))

    assert refused.value.problem().existing_id == created.id


async def test_a_book_that_is_not_missing_is_not_downloaded(bench: Bench, a_missing_book: Make) -> None:
    completed = a_missing_book(status=MissingStatus.COMPLETED)
    bench.library.missing = [completed]

    with pytest.raises(NotFound):
        await bench.create_download.create(CreateDownload(missing_book_id=uuid4()))
    with pytest.raises(NotNow, match="completed"):
        await bench.create_download.create(CreateDownload(missing_book_id=completed.id))


async def test_an_unavailable_library_is_named(bench: Bench) -> None:
    bench.library.error = RemoteUnavailable("library", "no answer")

    with pytest.raises(ServiceUnavailable, match="no answer"):
        await bench.create_download.create(CreateDownload(missing_book_id=uuid4()))


async def test_a_release_of_a_search_is_grabbed_without_a_missing_book(bench: Bench, shown_release: Make) -> None:
    reference = await shown_release()

    created = await bench.create_download.create(CreateDownload(release=reference))
    await bench.deliver()

    download = await bench.download(created.id)
    assert (download.status, download.title) == (DownloadStatus.DOWNLOADING, TITLE)
    assert (download.missing_book_id, download.release_id) == (None, GOOD.id)


async def test_a_release_is_grabbed_for_a_missing_book(bench: Bench, shown_release: Make, a_missing_book: Make) -> None:
    missing = a_missing_book()
    bench.library.missing = [missing]

    reference = await shown_release()
    created = await bench.create_download.grab(
        GrabFoundRelease(indexer=reference.indexer, release_id=reference.id, missing_book_id=missing.id)
    )

    assert (created.missing_book_id, created.release_id) == (missing.id, GOOD.id)


async def test_a_release_that_no_search_showed_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound, match="search again"):
        await bench.create_download.create(CreateDownload(release=ReleaseReference(indexer=Indexer.MAM, id="12")))


async def test_a_release_is_grabbed_once(bench: Bench, shown_release: Make) -> None:
    reference = await shown_release()
    created = await bench.create_download.create(CreateDownload(release=reference))

    with pytest.raises(AlreadyGrabbed) as refused:
        await bench.create_download.create(CreateDownload(release=reference))

    assert refused.value.download_id == created.id


async def test_a_release_that_a_rule_rejects_is_refused_with_the_reason(bench: Bench, shown_release: Make) -> None:
    with pytest.raises(ReleaseRejected, match="seeders"):
        await bench.create_download.create(CreateDownload(release=await shown_release(seeders=0)))


async def test_a_magnet_is_imported_with_the_entered_title_and_author(bench: Bench) -> None:
    created = await bench.create_download.create(CreateDownload(magnet=MAGNET, title=TITLE, authors=["L. Frank Baum"]))
    await bench.deliver()
    await bench.monitored()
    await bench.monitor_downloads.monitor(MonitorDownloads())
    await bench.deliver()

    download = await bench.download(created.id)
    (confirm,) = await bench.sent(ConfirmImport)
    assert (download.source, download.info_hash) == ("MANUAL", HASH)
    assert (download.status, confirm.relative_path) == (DownloadStatus.IMPORTING, f"L. Frank Baum/{TITLE}")


async def test_a_magnet_in_base32_is_the_same_torrent(bench: Bench) -> None:
    created = await bench.create_download.create(CreateDownload(magnet=MAGNET, title=TITLE))
    base32 = base64.b32encode(bytes.fromhex(HASH)).decode()

    with pytest.raises(AlreadyGrabbed) as refused:
        await bench.create_download.create(CreateDownload(magnet=f"magnet:?xt=urn:btih:{base32}", title=TITLE))

    assert refused.value.download_id == created.id


async def test_a_passkey_in_a_magnet_is_not_stored(bench: Bench) -> None:
    created = await bench.create_download.create(CreateDownload(magnet=MAGNET, title=TITLE))

    async with bench.transaction() as tx:
        download = await tx.downloads.get(created.id)

    assert download is not None
    assert download.release is not None
    assert "passkey" not in download.release.model_dump_json()
