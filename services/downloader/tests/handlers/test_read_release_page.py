"""The page of a grabbed release adds what its listing lacks, and its absence delays nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from downloader.adapters.postgres.tables import CHASSIS
from downloader.handlers.read_release_page import ReadReleasePageHandler
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, TryAgainLater
from shared.contracts.downloads.commands import ReadReleasePage, SearchForDownload
from shared.contracts.mam.releases import Release
from shared.contracts.mam.torrent_pages import TorrentPage
from shared.testing.clocks import ManualClock
from sqlalchemy import select

from .conftest import GOOD, Bench


@dataclass
class Pages:
    """Answers as mam-search does."""

    clock: ManualClock
    error: RemoteError | None = None
    read: int = 0

    async def page(self, release: Release) -> TorrentPage:
        self.read += 1
        if self.error is not None:
            raise self.error
        return TorrentPage(
            release_id=release.id,
            title=release.title,
            narrators=["Tom Reed"],
            category="Audiobooks - Fantasy",
            size_bytes=144_000_007,
            read_at=self.clock.now(),
        )


@pytest.fixture
def pages(bench: Bench) -> Pages:
    return Pages(bench.clock)


@pytest.fixture
def handler(bench: Bench, pages: Pages) -> ReadReleasePageHandler:
    return ReadReleasePageHandler(bench.transaction, pages, bench.clock)


async def grabbed(bench: Bench, wanted: Callable[..., Any], **listed: Any) -> UUID:
    download_id: UUID = await wanted(GOOD, **listed)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    return download_id


async def narrators(bench: Bench, download_id: UUID) -> list[str]:
    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
    assert download is not None
    assert download.release is not None
    return download.release.narrators


async def sent(bench: Bench) -> int:
    async with bench.transaction() as tx:
        found = await tx.session.scalars(
            select(CHASSIS.outbox.c.id).where(CHASSIS.outbox.c.subject == ReadReleasePage.subject)
        )
        return len(found.all())


async def test_what_the_page_shows_is_stored_with_the_download(
    bench: Bench, wanted: Callable[..., Any], handler: ReadReleasePageHandler
) -> None:
    download_id = await grabbed(bench, wanted, narrators=[])
    assert await sent(bench) == 1
    await handler.read(ReadReleasePage(download_id=download_id))
    assert await narrators(bench, download_id) == ["Tom Reed"]


async def test_no_page_is_read_for_a_release_whose_listing_is_complete(
    bench: Bench, wanted: Callable[..., Any], handler: ReadReleasePageHandler, pages: Pages
) -> None:
    download_id = await grabbed(bench, wanted, narrators=["Tom Reed"])
    assert await sent(bench) == 0
    await handler.read(ReadReleasePage(download_id=download_id))
    assert pages.read == 0


async def test_a_page_is_read_later_for_some_hours_and_then_not_at_all(
    bench: Bench, wanted: Callable[..., Any], handler: ReadReleasePageHandler, pages: Pages
) -> None:
    download_id = await grabbed(bench, wanted, narrators=[])
    pages.error = RemoteThrottled("MyAnonamouse", "today's 300 requests are used up")
    with pytest.raises(TryAgainLater):
        await handler.read(ReadReleasePage(download_id=download_id))
    bench.clock.forward(hours=7)
    await handler.read(ReadReleasePage(download_id=download_id))
    assert await narrators(bench, download_id) == []


async def test_without_a_browser_session_no_page_is_read(
    bench: Bench, wanted: Callable[..., Any], handler: ReadReleasePageHandler, pages: Pages
) -> None:
    download_id = await grabbed(bench, wanted, narrators=[])
    pages.error = RemoteRefusedUs("MyAnonamouse", "no session for pages is configured")
    await handler.read(ReadReleasePage(download_id=download_id))
    assert pages.read == 1
