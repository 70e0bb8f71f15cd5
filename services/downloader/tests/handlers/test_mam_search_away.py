"""MyAnonamouse through our own service, which may be unavailable."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.indexers.mam_search.client import MamSearch
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.domain.limits import Limits
from downloader.handlers.search_for_download import SearchForDownloadHandler
from downloader.workflow.grab_context import GrabContextLoader
from downloader.workflow.indexer_search import IndexerSearch
from downloader.workflow.library_path_check import LibraryPathCheck
from downloader.workflow.pack_search import PackSearch
from faststream.nats import NatsBroker
from shared.chassis.bus import Bus
from shared.chassis.database import Transactions
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.mam.releases import Release
from shared.contracts.message import Request
from shared.contracts.values import Indexer
from shared.testing.clocks import ManualClock

from .conftest import Bench
from .indexer import FakeIndexer
from .library import FakeLibrary

Make = Callable[..., Any]


AnswerT = TypeVar("AnswerT")


class CountingBus(Bus):
    """A bus that counts the requests."""

    requests = 0

    async def ask(self, request: Request[AnswerT], *, of: str | None = None) -> AnswerT:
        """Count the request and send it."""
        self.requests += 1
        return await super().ask(request, of=of)


@pytest.fixture
async def bus(nats_url: str) -> AsyncIterator[CountingBus]:
    async with NatsBroker(nats_url, logger=None) as broker:
        yield CountingBus(broker)


@pytest.fixture
def mam(bus: CountingBus) -> MamSearch:
    return MamSearch(bus, person_waits=True)


@pytest.fixture
def search_for_download(
    mam: MamSearch,
    transaction: Transactions[PostgresTransaction],
    bench: Bench,
    clock: ManualClock,
    library_folder: Path,
    download_folder: Path,
) -> Make:
    """A search that uses our service for MyAnonamouse, and then Prowlarr with these releases."""

    def make(*releases: Release) -> SearchForDownloadHandler:
        folder = Filesystem(library_folder, download_folder)
        limits = Limits(min_free_disk_bytes=0)
        library = FakeLibrary()
        path_check = LibraryPathCheck(library, folder, clock, library_folder)
        context_loader = GrabContextLoader(
            account=mam, folder=folder, path_check=path_check, library=library, limits=limits, clock=clock
        )
        prowlarr = FakeIndexer(Indexer.PROWLARR, releases=list(releases))
        indexer_search = IndexerSearch(transaction, [mam, prowlarr], context_loader)
        pack_search = PackSearch(
            transaction,
            [mam, prowlarr],
            client=bench.client,
            library=FakeLibrary(),
            indexer_search=indexer_search,
            context_loader=context_loader,
        )
        return SearchForDownloadHandler(transaction, indexer_search, pack_search, clock)

    return make


async def test_an_unavailable_service_is_waited_for_only_once(
    mam: MamSearch, bus: CountingBus, a_missing_book: Make
) -> None:
    with pytest.raises(RemoteUnavailable, match="not running"):
        await mam.search(a_missing_book())
    assert bus.requests == 2
    with pytest.raises(RemoteUnavailable):
        await mam.search(a_missing_book())
    assert bus.requests == 3


async def test_an_outage_defers_a_download_without_counting_a_failure(
    search_for_download: Make, stored: Make, transaction: Transactions[PostgresTransaction]
) -> None:
    download_id = await stored()
    await search_for_download().search(SearchForDownload(download_id=download_id))
    async with transaction() as tx:
        download = await tx.downloads.get(download_id)
    assert download is not None
    assert (download.is_deferred, download.transit_failures, download.offer_failures) == (True, 0, 0)
    assert "mam-search is not running" in (download.error or "")


async def test_during_an_outage_the_other_indexers_decide(
    search_for_download: Make, stored: Make, a_release: Make, transaction: Transactions[PostgresTransaction]
) -> None:
    download_id = await stored()
    release = a_release(id="3:x", indexer=Indexer.PROWLARR, indexer_name="AudioTracker")
    await search_for_download(release).search(SearchForDownload(download_id=download_id))
    async with transaction() as tx:
        download = await tx.downloads.get(download_id)
    assert download is not None
    assert (download.status, download.is_deferred) == (DownloadStatus.QUEUED, False)
    assert (download.waiting_for or "").startswith("approval: “The Marvelous Land of Oz” from AudioTracker")
