"""Each grab at MyAnonamouse is reserved before it, and mam-search learns how it went on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.handlers.add_to_client import AddToClientHandler
from downloader.workflow.grab_context import GrabContextLoader
from sandbox.testing import an_offer
from shared.chassis.database import Database
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import AddToClient, SearchForDownload
from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus
from shared.contracts.mam.grabs import GrabStage, ReportGrab

from .conftest import GOOD, Bench

Make = Callable[..., Any]
SIZE = 144_000_000


@pytest.fixture
async def replicas(bench: Bench, database_url: str) -> AsyncIterator[list[AddToClientHandler]]:
    """Three replicas of the service, each with separate connections."""
    databases = [Database(database_url, CHASSIS) for _ in range(3)]
    folder = Filesystem(bench.library_path, bench.downloads_path)
    context_loader = GrabContextLoader(
        account=bench.account,
        folder=folder,
        path_check=bench.path_check,
        library=bench.library,
        limits=bench.limits,
        clock=bench.clock,
    )
    yield [
        AddToClientHandler(
            database.transactions(PostgresTransaction),
            client=bench.client,
            indexers=[bench.mam],
            context_loader=context_loader,
            pack_search=bench.pack_search,
            clock=bench.clock,
        )
        for database in databases
    ]
    for database in databases:
        await database.aclose()


@pytest.fixture
def chosen(bench: Bench, stored: Make, a_missing_book: Make, a_release: Make) -> Make:
    """Makes downloads of different books, each with a release chosen at the same moment."""

    async def make(number: int, **changes: Any) -> list[UUID]:
        ids = []
        for place in range(number):
            name = f"Book {place} of Oz"
            file = {"name": f"{name}.m4b", "duration_minutes": 300}
            offer = an_offer(id=str(910_000 + place), title=name, size_bytes=SIZE, files=[file])
            bench.mam.torrents[offer.id] = offer
            release = a_release(id=offer.id, title=name, size_bytes=SIZE, **changes)
            ids.append(
                await stored(
                    a_missing_book(title=name),
                    status=DownloadStatus.SEARCHING,
                    choice_id=uuid4(),
                    chosen_at=bench.clock.now(),
                    source=DownloadSource.MAM,
                    release=release,
                    size_bytes=SIZE,
                )
            )
        return ids

    return make


async def reported(bench: Bench) -> list[tuple[UUID, GrabStage]]:
    return [(each.grab_id, each.stage) for each in await bench.sent(ReportGrab)]


async def choice_of(bench: Bench, download_id: UUID) -> UUID:
    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
    assert download is not None
    assert download.choice_id is not None
    return download.choice_id


async def test_simultaneous_grabs_keep_the_limit_of_the_account(
    bench: Bench, replicas: list[AddToClientHandler], chosen: Make
) -> None:
    bench.account.slots = 3
    ids = await chosen(10)
    await asyncio.gather(
        *(replicas[place % 3].add_to_client(AddToClient(download_id=each)) for place, each in enumerate(ids))
    )

    statuses = [(await bench.download(each)).status for each in ids]
    assert statuses.count(DownloadStatus.DOWNLOADING) == 3
    assert statuses.count(DownloadStatus.QUEUED) == 7


async def test_a_repeated_grab_reserves_under_the_same_id(
    bench: Bench, chosen: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed between the reservation and the grab, and the message is delivered again."""
    bench.account.slots = 1
    (download_id,) = await chosen(1)
    choice_id = await choice_of(bench, download_id)

    async def killed(_release: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bench.mam, "fetch", killed)
        with pytest.raises(KeyboardInterrupt):
            await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
    assert list(bench.account.reserved) == [choice_id]
    assert await reported(bench) == [(choice_id, GrabStage.GRABBED)]


async def test_a_failed_grab_returns_its_reservation(bench: Bench, chosen: Make) -> None:
    (download_id,) = await chosen(1)
    choice_id = await choice_of(bench, download_id)
    bench.mam.error = RemoteUnavailable("MyAnonamouse", "maintenance")
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    assert await reported(bench) == [(choice_id, GrabStage.DROPPED)]


async def test_a_cancelled_choice_returns_its_reservation(bench: Bench, chosen: Make) -> None:
    (download_id,) = await chosen(1)
    choice_id = await choice_of(bench, download_id)
    await bench.cancelled(download_id)

    assert await reported(bench) == [(choice_id, GrabStage.DROPPED)]


async def test_a_choice_that_is_dropped_while_it_is_reserved_returns_the_reservation(
    bench: Bench, chosen: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    (download_id,) = await chosen(1)
    choice_id = await choice_of(bench, download_id)
    reserve = bench.account.reserve

    async def cancelled_before(*arguments: Any, **options: Any) -> Any:
        await bench.cancelled(download_id)
        return await reserve(*arguments, **options)

    monkeypatch.setattr(bench.account, "reserve", cancelled_before)
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    assert await reported(bench) == [(choice_id, GrabStage.DROPPED)] * 2
    assert bench.mam.fetches == 0


async def test_the_end_of_a_transfer_is_reported(bench: Bench, wanted: Make) -> None:
    await bench.search_for_download.search(SearchForDownload(download_id=(download_id := await wanted(GOOD))))
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))
    choice_id = await choice_of(bench, download_id)
    await bench.monitored(seconds=3600)

    assert await reported(bench) == [(choice_id, GrabStage.GRABBED), (choice_id, GrabStage.ENDED)]


async def test_a_grab_elsewhere_is_not_reported(bench: Bench, chosen: Make) -> None:
    (download_id,) = await chosen(1, indexer_name="AudioTracker")
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))

    assert (await bench.download(download_id)).status is DownloadStatus.DOWNLOADING
    assert (bench.account.reserved, await reported(bench)) == ({}, [])
