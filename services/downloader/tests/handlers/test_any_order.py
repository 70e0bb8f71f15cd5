"""Whatever a client, a person and lost messages do to a download, in any order, its book is imported exactly once."""

import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from shared.chassis.errors import Refused, RemoteUnavailable
from shared.contracts.downloads.blocklist import ListBlocklist, UnblockRelease
from shared.contracts.downloads.commands import (
    AddToClient,
    ImportDownload,
    RetryFailedDownloads,
    SearchForDownload,
    SearchWanted,
)
from shared.contracts.downloads.downloads import Download, DownloadStatus, RetryDownload
from shared.contracts.library.imports import ImportConfirmed, ImportUnconfirmed
from sqlalchemy import text

from .conftest import GOOD, Bench

PLACE = "L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Tom Reed}"
KEPT_TABLES = {"alembic_version", "quality_profiles"}
Action = Callable[[Bench, UUID], Awaitable[None]]
PHASES = (Phase.explicit, Phase.generate)
"""A failing example is not shrunk, because each takes seconds."""
LONGEST_WAY = 8
"""Rounds of sweep, delivery and poll that lead from any state to the import."""


async def deliver(bench: Bench, _download_id: UUID) -> None:
    await bench.deliver()


async def lose_messages(bench: Bench, _download_id: UUID) -> None:
    await bench.lose_messages()


async def deliver_again(bench: Bench, download_id: UUID) -> None:
    """Each command once more, as the broker does after a crash."""
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.add_to_client.add_to_client(AddToClient(download_id=download_id))
    await bench.import_download.import_download(ImportDownload(download_id=download_id))


async def poll(bench: Bench, _download_id: UUID) -> None:
    await bench.monitored()


async def poll_a_day_later(bench: Bench, _download_id: UUID) -> None:
    await bench.monitored(hours=25)


async def sweep(bench: Bench, _download_id: UUID) -> None:
    bench.clock.forward(hours=2)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())


async def fail_next_add(bench: Bench, _download_id: UUID) -> None:
    bench.fail_next_add()


async def fail_indexer(bench: Bench, download_id: UUID) -> None:
    bench.mam.error = RemoteUnavailable("MyAnonamouse", "away")
    await bench.deliver()
    bench.mam.error = None


async def restart_client(bench: Bench, _download_id: UUID) -> None:
    """The client is killed before it has written its torrents to disk."""
    bench.restart_client()


async def remove_torrent(bench: Bench, _download_id: UUID) -> None:
    for torrent in await torrents(bench):
        await bench.session.call("POST", "torrents/delete", data={"hashes": torrent["hash"], "deleteFiles": "false"})


async def stop_torrent(bench: Bench, _download_id: UUID) -> None:
    for torrent in await torrents(bench):
        await bench.session.call("POST", "torrents/stop", data={"hashes": torrent["hash"]})


async def retry(bench: Bench, download_id: UUID) -> None:
    await bench.retry_download.retry(RetryDownload(id=download_id))


async def cancel(bench: Bench, download_id: UUID) -> None:
    await bench.cancelled(download_id)


async def confirm(bench: Bench, download_id: UUID) -> None:
    """The library has found the book, if its files are placed."""
    if (bench.library_path / PLACE).exists():
        await bench.import_download.confirmed(confirmation(download_id))


async def report_unconfirmed(bench: Bench, download_id: UUID) -> None:
    await bench.import_download.unconfirmed(ImportUnconfirmed(download_id=download_id, why="it did not appear"))


ACTIONS: list[Action] = [
    deliver, lose_messages, deliver_again, poll, poll_a_day_later, sweep, fail_next_add, fail_indexer, restart_client,
    remove_torrent, stop_torrent, retry, cancel, confirm, report_unconfirmed,
]  # fmt: skip
BY_NAME = {each.__name__: each for each in ACTIONS}


@pytest.fixture
def start(bench: Bench, wanted: Callable[..., Any]) -> Callable[[], Awaitable[UUID]]:
    """Starts anew with one queued download, whose search was sent."""

    async def started() -> UUID:
        async with bench.transaction() as tx:
            tables = await tx.session.scalars(text("select tablename from pg_tables where schemaname = 'downloads'"))
            names = ", ".join(f"downloads.{name}" for name in tables if name not in KEPT_TABLES)
            await tx.session.execute(text(f"truncate {names} cascade"))
        bench.restart_client()
        for folder in (bench.downloads_path, bench.library_path):
            shutil.rmtree(folder)
            folder.mkdir()
        download_id: UUID = await wanted(GOOD)
        async with bench.transaction() as tx:
            tx.send(SearchForDownload(download_id=download_id))
        return download_id

    return started


@settings(max_examples=5, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(BY_NAME)), max_size=12))
@example(["deliver", "cancel", "restart_client", "retry", "deliver", "poll"])
@example(["deliver", "restart_client", "poll", "poll", "deliver", "lose_messages", "sweep", "deliver"])
@example(["deliver", "stop_torrent", "poll_a_day_later", "report_unconfirmed", "cancel", "retry"])
async def test_a_download_is_in_a_valid_state_after_each_event_and_its_book_is_imported_once(
    bench: Bench, start: Callable[[], Awaitable[UUID]], actions: list[str]
) -> None:
    download_id = await start()
    for action in actions:
        with suppress(Refused):  # a person may not do everything at any time
            await BY_NAME[action](bench, download_id)
        await check(bench, download_id)

    await end(bench, download_id)

    download = await bench.download(download_id)
    assert download.status is DownloadStatus.IMPORTED
    assert [path.name for path in (bench.library_path / PLACE).iterdir()] == [GOOD.files[0].name]
    assert len(list(bench.library_path.rglob("*.m4b"))) == 1


async def check(bench: Bench, download_id: UUID) -> None:
    """The state makes sense, and the client has at most one torrent."""
    download = await bench.download(download_id)
    async with bench.transaction() as tx:
        stored = await tx.downloads.get(download_id)
    assert stored is not None
    waits = {
        DownloadStatus.FAILED: stored.next_retry_at is not None and stored.error is not None,
        DownloadStatus.DOWNLOADING: stored.info_hash is not None and stored.choice_id is not None,
        DownloadStatus.COMPLETED: stored.content_path is not None and stored.release is not None,
        DownloadStatus.IMPORTING: stored.content_path is not None and stored.release is not None,
        DownloadStatus.IMPORTED: stored.book_id is not None and stored.library_path == PLACE,
        DownloadStatus.ABANDONED: stored.next_retry_at is None and stored.error is not None,
        DownloadStatus.CANCELLED: stored.next_retry_at is None,
    }
    assert waits.get(stored.status, True), describe(download)
    assert (stored.info_hash is None) or stored.release is not None
    assert len(await torrents(bench)) <= 1
    assert len(list(bench.library_path.rglob("*.m4b"))) <= 1


async def end(bench: Bench, download_id: UUID) -> None:
    """Let a person allow the book again, and let time pass until it is imported."""
    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
    assert download is not None
    bench.library.missing = [download.wanted]
    for _ in range(LONGEST_WAY):
        if (await bench.download(download_id)).status is DownloadStatus.IMPORTED:
            return
        for blocked in (await bench.blocklist.list_blocklist(ListBlocklist())).items:
            await bench.blocklist.unblock(UnblockRelease(id=blocked.id))
        with suppress(Refused):
            await retry(bench, download_id)
        await bench.deliver()
        for torrent in await torrents(bench):
            await bench.session.call("POST", "torrents/start", data={"hashes": torrent["hash"]})
            await bench.session.call("POST", "torrents/recheck", data={"hashes": torrent["hash"]})
        await bench.monitored()
        await bench.deliver()
        await confirm(bench, download_id)
        await check(bench, download_id)
        bench.clock.forward(days=8)
        await bench.search_wanted.search_wanted(SearchWanted())
        await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())


def confirmation(download_id: UUID) -> ImportConfirmed:
    return ImportConfirmed(
        download_id=download_id, missing_book_id=None, book_id=uuid5(download_id, "book"), relative_path=PLACE
    )


async def torrents(bench: Bench) -> list[dict[str, Any]]:
    """What the client has."""
    rows: list[dict[str, Any]] = (await bench.session.call("GET", "torrents/info")).json()
    return rows


def describe(download: Download) -> str:
    return f"{download.status}: {download.model_dump_json(exclude_none=True)}"
