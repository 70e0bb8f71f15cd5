"""The status of a missing book during its download."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from gap_scene import Scene, in_oz
from library_scanner.domain.transaction import Transactions
from shared.chassis.database import Database
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.downloads.events import (
    DownloadCancelled,
    DownloadFailed,
    DownloadImported,
    DownloadWanted,
    ReleaseGrabbed,
)
from shared.contracts.values import Indexer, MissingStatus
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


async def test_the_status_follows_the_download(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    missing_id = (await scene.missing())[0].id
    seen = []
    for step in _steps(missing_id):
        await step(scene.download_events)
        seen.append((await scene.missing())[0].status)
    assert seen == [
        MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.QUEUED, MissingStatus.FAILED,
        MissingStatus.DOWNLOADING, MissingStatus.COMPLETED,
    ]  # fmt: skip


@pytest.mark.parametrize("steps", [1, 2], ids=["queued", "downloading"])
async def test_a_book_whose_download_was_cancelled_is_not_searched_yet(scene: Scene, steps: int) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    missing_id = (await scene.missing())[0].id
    for step in _steps(missing_id)[:steps]:
        await step(scene.download_events)
    cancelled = DownloadCancelled(download_id=uuid4(), missing_book_id=missing_id, why="cancelled by a person")
    await scene.download_events.cancelled(cancelled)
    assert (await scene.missing())[0].status is MissingStatus.IDENTIFIED


async def test_a_late_cancellation_does_not_open_a_closed_book(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    missing_id = (await scene.missing())[0].id
    for step in _steps(missing_id):
        await step(scene.download_events)
    cancelled = DownloadCancelled(download_id=uuid4(), missing_book_id=missing_id, why="cancelled by a person")
    await scene.download_events.cancelled(cancelled)
    assert (await scene.missing())[0].status is MissingStatus.COMPLETED


def _steps(missing_id: UUID) -> list[Any]:
    ids = {"download_id": uuid4(), "missing_book_id": missing_id}
    grabbed = ReleaseGrabbed(**ids, indexer=Indexer.MAM, release_id="1", release_title="Ozma", info_hash="a" * 40)
    failed = DownloadFailed(**ids, error_type=ErrorType.NETWORK, reason="away")
    later = failed.model_copy(update={"next_retry_at": "2026-03-02T00:00:00Z"})
    return [
        lambda events: events.wanted(DownloadWanted(**ids)),
        lambda events: events.grabbed(grabbed),
        lambda events: events.failed(later),
        lambda events: events.failed(failed),
        lambda events: events.grabbed(grabbed),
        lambda events: events.imported(DownloadImported(**ids, book_id=uuid4())),
    ]
