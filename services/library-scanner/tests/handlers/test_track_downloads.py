"""The status of a missing book during its download, and why it is not in the library yet."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from gap_scene import Scene, in_oz
from library_scanner.adapters.postgres.metrics import GAP_CLOSED
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from shared.chassis.database import Database
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.downloads.events import (
    AbsenceChanged,
    DownloadCancelled,
    DownloadFailed,
    DownloadImported,
    DownloadWanted,
    ReleaseGrabbed,
)
from shared.contracts.library.absences import Absence, AbsenceReason
from shared.contracts.library.missing_books import MissingBookUpdate, UpdateMissingBook
from shared.contracts.values import Indexer, MissingStatus
from shared.testing.clocks import ManualClock
from shared.testing.counters import Counted


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


async def test_the_time_from_gap_to_book_is_measured_once(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    missing_id = (await scene.missing())[0].id
    counted = Counted()
    for step in _steps(missing_id):
        await step(scene.download_events)
    await _steps(missing_id)[-1](scene.download_events)
    assert counted.of(GAP_CLOSED) == {(): 1.0}


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


async def one_missing(scene: Scene) -> UUID:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    return (await scene.missing())[0].id


def changed(missing_id: UUID, reason: AbsenceReason | None, *, minute: int = 0, **fields: Any) -> AbsenceChanged:
    """A change of the reason, `minute` minutes after noon."""
    download_id = fields.pop("download_id", UUID(int=1))
    absence = None if reason is None else Absence(reason=reason, download_id=download_id, **fields)
    at = datetime(2026, 3, 1, 12, minute, tzinfo=UTC)
    return AbsenceChanged(missing_book_id=missing_id, download_id=download_id, at=at, absence=absence)


async def test_a_missing_book_says_why_it_is_not_here_and_when_it_is_tried(scene: Scene) -> None:
    missing_id = await one_missing(scene)
    (before,) = await scene.missing()
    searched, next_try = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    event = changed(
        missing_id,
        AbsenceReason.UNACCEPTABLE,
        words="none of 2 releases is acceptable",
        last_search="2 releases found (2 rejected)",
        last_searched_at=searched,
        next_try_at=next_try,
    )

    await scene.download_events.absence_changed(event)

    (book,) = await scene.missing()
    assert (before.absence, book.absence) == (Absence(reason=AbsenceReason.NOT_SEARCHED), event.absence)


async def test_an_earlier_event_that_arrives_late_changes_nothing(scene: Scene) -> None:
    missing_id = await one_missing(scene)
    await scene.download_events.absence_changed(changed(missing_id, AbsenceReason.NO_RELEASE, minute=2))

    await scene.download_events.absence_changed(changed(missing_id, AbsenceReason.SEARCHING, minute=1))

    assert [book.absence.reason for book in await scene.missing() if book.absence] == [AbsenceReason.NO_RELEASE]


async def test_a_cancelled_or_deleted_download_does_not_hide_the_one_that_replaced_it(scene: Scene) -> None:
    missing_id, second = await one_missing(scene), UUID(int=2)
    await scene.download_events.absence_changed(changed(missing_id, AbsenceReason.SEARCHING, download_id=second))

    await scene.download_events.absence_changed(changed(missing_id, AbsenceReason.CANCELLED, minute=1))
    await scene.download_events.absence_changed(changed(missing_id, None, minute=2))
    [kept] = await scene.missing()
    await scene.download_events.absence_changed(changed(missing_id, None, minute=3, download_id=second))
    [deleted] = await scene.missing()

    assert (kept.absence and kept.absence.reason) == AbsenceReason.SEARCHING
    assert deleted.absence == Absence(reason=AbsenceReason.NOT_SEARCHED)


async def test_what_a_person_decided_comes_before_the_download(scene: Scene) -> None:
    missing_id = await one_missing(scene)
    searched = datetime(2026, 3, 1, tzinfo=UTC)
    event = changed(missing_id, AbsenceReason.NO_RELEASE, words="no indexer has a release", last_searched_at=searched)
    await scene.download_events.absence_changed(event)

    request = UpdateMissingBook(id=missing_id, update=MissingBookUpdate(status="ignored"))
    ignored = await UpdateMissingBookHandler(scene.transaction, scene.clock).update(request)

    assert ignored.absence == Absence(reason=AbsenceReason.IGNORED, last_searched_at=searched)


async def test_missing_books_are_filtered_and_sorted_by_the_reason_and_the_next_try(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    third, fourth = sorted([book.id for book in await scene.missing()])
    later, sooner = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    await scene.download_events.absence_changed(changed(third, AbsenceReason.UNACCEPTABLE, next_try_at=later))
    await scene.download_events.absence_changed(changed(fourth, AbsenceReason.NO_RELEASE, next_try_at=sooner))

    async def listed(**request: Any) -> list[UUID]:
        return [book.id for book in await scene.missing(**request)]

    assert await listed(absence=["unacceptable"]) == [third]
    assert await listed(absence=["approval", "not_searched"]) == []
    assert await listed(sort="absence") == await listed(sort="next_try_at") == [fourth, third]
    assert await listed(sort="-absence") == [third, fourth]


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
