"""Each grab reserves a slot and bytes of the account at MyAnonamouse, even among simultaneous grabs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.domain.limits import GIB
from downloader.handlers.add_to_client import AddToClientHandler
from downloader.workflow.grab_context import GrabContextLoader
from sandbox.testing import an_offer
from shared.chassis.database import Database
from shared.contracts.downloads.commands import AddToClient
from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus

from .conftest import Bench

Make = Callable[..., Any]
SIZE = 144_000_000
NEAR_THE_FLOOR = {"ratio": 1.002, "uploaded_bytes": 100 * GIB + GIB // 5, "downloaded_bytes": 100 * GIB}
"""0.2 GiB to spare above a ratio of 1: room for one of the books."""


@pytest.fixture
async def replicas(bench: Bench, database_url: str) -> AsyncIterator[list[AddToClientHandler]]:
    """Three replicas of the service, each with separate connections."""
    databases = [Database(database_url, CHASSIS) for _ in range(3)]
    folder = Filesystem(bench.library_path, bench.downloads_path)
    context_loader = GrabContextLoader(
        account=bench.account, folder=folder, path_check=bench.path_check, limits=bench.limits, clock=bench.clock
    )
    yield [
        AddToClientHandler(
            database.transactions(PostgresTransaction),
            client=bench.client,
            indexers=[bench.mam],
            context_loader=context_loader,
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


async def grabbed(bench: Bench, ids: list[UUID]) -> list[UUID]:
    downloads = [await bench.download(each) for each in ids]
    return [each.id for each in downloads if each.status is DownloadStatus.DOWNLOADING]


async def test_simultaneous_paid_grabs_keep_the_minimum_ratio(
    bench: Bench, replicas: list[AddToClientHandler], chosen: Make, a_standing: Make
) -> None:
    bench.account.now = a_standing(**NEAR_THE_FLOOR)
    ids = await chosen(13)
    await asyncio.gather(
        *(replicas[place % 3].add_to_client(AddToClient(download_id=each)) for place, each in enumerate(ids))
    )

    assert len(await grabbed(bench, ids)) == 1
    waiting = [await bench.download(each) for each in ids]
    words = [each.waiting_for or "" for each in waiting if each.status is DownloadStatus.QUEUED]
    assert len(words) == 12
    assert all("standing: got" in each and "GiB more" in each for each in words)


async def test_free_grabs_cost_no_ratio(
    bench: Bench, replicas: list[AddToClientHandler], chosen: Make, a_standing: Make
) -> None:
    bench.account.now = a_standing(**NEAR_THE_FLOOR)
    ids = await chosen(5, freeleech=True)
    await asyncio.gather(*(replicas[0].add_to_client(AddToClient(download_id=each)) for each in ids))

    assert await grabbed(bench, ids) == ids


async def test_simultaneous_grabs_keep_the_limit_of_unsatisfied_torrents(
    bench: Bench, replicas: list[AddToClientHandler], chosen: Make, a_standing: Make
) -> None:
    bench.account.now = a_standing(unsatisfied=96, unsatisfied_limit=100)
    ids = await chosen(8)
    await asyncio.gather(
        *(replicas[place % 3].add_to_client(AddToClient(download_id=each)) for place, each in enumerate(ids))
    )

    assert len(await grabbed(bench, ids)) == 3


async def test_a_failed_grab_releases_its_bytes(bench: Bench, chosen: Make, a_standing: Make) -> None:
    bench.account.now = a_standing(**NEAR_THE_FLOOR)
    first, second = await chosen(2)
    async with bench.transaction() as tx:
        pending = await tx.account_grabs.pending(bench.account.now, excluding=second)
    await bench.cancelled(first)
    async with bench.transaction() as tx:
        left = await tx.account_grabs.pending(bench.account.now, excluding=second)

    assert [(each.size_bytes, each.takes_bytes) for each in pending] == [(int(SIZE * 1.1), True)]
    assert left == []


async def test_bytes_are_reserved_until_the_account_is_read_after_completion(
    bench: Bench, stored: Make, a_release: Make, a_standing: Make
) -> None:
    now = bench.clock.now()
    state = {
        "release": a_release(),
        "source": DownloadSource.MAM,
        "info_hash": "a" * 40,
        "size_bytes": SIZE,
        "grabbed_at": now,
    }
    download_id = await stored(status=DownloadStatus.DOWNLOADING, **state)

    async def reserved(**read_at: float) -> list[tuple[int, bool, bool]]:
        account = a_standing(read_at=now + timedelta(**read_at))
        async with bench.transaction() as tx:
            pending = await tx.account_grabs.pending(account, excluding=uuid4())
        return [(each.size_bytes, each.takes_slot, each.takes_bytes) for each in pending]

    assert await reserved(minutes=-1) == [(SIZE, True, True)]
    assert await reserved(hours=1) == [(SIZE, False, True)]
    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
        assert download is not None
        download.completed(content_path="/downloads/x", now=now + timedelta(hours=2))
        await tx.downloads.save(download)
    assert await reserved(hours=2, minutes=5) == [(SIZE, False, True)]
    assert await reserved(hours=2, minutes=20) == []
