"""Grabs are reserved under one rule, whatever is killed, repeated or sent at the same time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from mam_search.adapters.postgres.account_transaction import AccountTransaction
from mam_search.adapters.postgres.standing_history import StandingHistory
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.grab_rule import ABANDONED_AFTER, GIB, SHOWN_AFTER, GrabLimits
from mam_search.handlers.reserve_grab import ReserveGrabHandlers
from mam_search.workflow.standing_reader import StandingReader
from sandbox.testing import a_world, an_offer
from sandbox.world import World
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.mam.grabs import AssessGrabs, GrabAssessment, GrabStage, OfferedRelease, ReportGrab, ReserveGrab
from shared.contracts.values import Indexer
from shared.testing.clocks import ManualClock

SIZE = 144_000_000
LIMITS = GrabLimits(unsatisfied_reserve=5, slots_for_person=2)


@dataclass
class Replica:
    """One replica of the service, with its own connections."""

    tracker: Any
    database: Database
    clock: ManualClock
    handlers: ReserveGrabHandlers
    reader: StandingReader

    async def reserve(self, grab_id: UUID | None = None, **changes: Any) -> GrabAssessment:
        return await self.handlers.reserve(
            ReserveGrab(
                grab_id=grab_id or uuid4(),
                release=a_release(**changes),
                requested_at=self.clock.now(),
            )
        )

    async def report(self, grab_id: UUID, stage: GrabStage, **earlier: float) -> None:
        await self.handlers.report(ReportGrab(grab_id=grab_id, stage=stage, at=self.clock.now() - timedelta(**earlier)))

    async def reserved(self) -> tuple[int, int]:
        figures = (await self.handlers.assess(AssessGrabs(releases=[a_release()])))[0].figures
        return figures.reserved_slots, figures.reserved_bytes


def a_release(**changes: Any) -> OfferedRelease:
    plain: dict[str, Any] = {"indexer": Indexer.MAM, "release_id": "901", "size_bytes": SIZE}
    return OfferedRelease.model_validate(plain | changes)


@pytest.fixture
async def replica_of(
    a_tracker_of: Callable[[World], Any], database_url: str
) -> AsyncIterator[Callable[..., list[Replica]]]:
    """Makes replicas of the service that use one account."""
    databases = []

    def make(number: int = 1, **account: Any) -> list[Replica]:
        tracker = a_tracker_of(a_world(offers=[an_offer(id="901").model_dump()], account=account))
        clock, made = ManualClock(), []
        for _ in range(number):
            database = Database(database_url, CHASSIS)
            databases.append(database)
            history = StandingHistory(database.transactions(Transaction))
            reader = StandingReader(tracker.replica(), history, LIMITS, clock)
            handlers = ReserveGrabHandlers(database.transactions(AccountTransaction), reader, LIMITS, clock)
            made.append(Replica(tracker, database, clock, handlers, reader))
        return made

    yield make
    for database in databases:
        await database.aclose()


async def test_ten_grabs_at_once_with_three_slots_left_give_three(replica_of: Any) -> None:
    replicas = replica_of(3, unsatisfied=90, unsatisfied_limit=100)
    await replicas[0].reader.read()
    answers = await asyncio.gather(*(replicas[place % 3].reserve() for place in range(10)))

    assert sum(each.allowed for each in answers) == 3
    assert {each.found.partition(",")[0] for each in answers if not each.allowed} == {
        "93 unsatisfied torrents of 100 (3 of them reserved)"
    }


async def test_simultaneous_paid_grabs_keep_the_minimum_ratio(replica_of: Any) -> None:
    near = {"ratio": 1.002, "uploaded_bytes": 100 * GIB + GIB // 5, "downloaded_bytes": 100 * GIB}
    replicas = replica_of(3, **near)
    await replicas[0].reader.read()
    paid = await asyncio.gather(*(replicas[place % 3].reserve() for place in range(8)))
    free = await asyncio.gather(*(replicas[place % 3].reserve(freeleech=True) for place in range(4)))

    assert (sum(each.allowed for each in paid), sum(each.allowed for each in free)) == (1, 4)


async def test_a_repeated_request_reserves_once(replica_of: Any) -> None:
    """The process that grabs is killed after the reservation, and its message is delivered again."""
    (replica,) = replica_of(unsatisfied=92)
    grab_id = uuid4()
    first = await replica.reserve(grab_id)

    assert await replica.reserve(grab_id) == first
    assert first.allowed
    assert await replica.reserved() == (1, int(SIZE * 1.1))
    assert not (await replica.reserve()).allowed


async def test_a_dropped_grab_returns_its_slot_and_bytes(replica_of: Any) -> None:
    (replica,) = replica_of(unsatisfied=92)
    grab_id = uuid4()
    await replica.reserve(grab_id)
    await replica.report(grab_id, GrabStage.DROPPED)

    assert await replica.reserved() == (0, 0)
    assert (await replica.reserve()).allowed


async def test_a_late_report_does_not_drop_a_later_reservation(replica_of: Any) -> None:
    (replica,) = replica_of()
    grab_id = uuid4()
    await replica.reserve(grab_id)
    replica.clock.forward(minutes=5)
    await replica.reserve(grab_id)
    await replica.report(grab_id, GrabStage.DROPPED, minutes=4)

    assert await replica.reserved() == (1, int(SIZE * 1.1))


async def test_a_reservation_that_nobody_reports_is_abandoned(replica_of: Any) -> None:
    (replica,) = replica_of()
    await replica.reserve()
    replica.clock.forward(seconds=ABANDONED_AFTER.total_seconds() + 1)

    assert await replica.reserved() == (0, 0)


async def test_a_grab_counts_until_the_site_s_figures_include_it(replica_of: Any) -> None:
    (replica,) = replica_of()
    grab_id = uuid4()
    await replica.reserve(grab_id)
    await replica.report(grab_id, GrabStage.GRABBED)
    replica.clock.forward(minutes=10)
    await replica.reader.read()
    assert await replica.reserved() == (1, int(SIZE * 1.1))

    replica.clock.forward(seconds=SHOWN_AFTER.total_seconds())
    await replica.reader.read()
    assert await replica.reserved() == (0, int(SIZE * 1.1))

    await replica.report(grab_id, GrabStage.ENDED)
    assert await replica.reserved() == (0, int(SIZE * 1.1))
    replica.clock.forward(seconds=SHOWN_AFTER.total_seconds() + 1)
    await replica.reader.read()
    assert await replica.reserved() == (0, 0)


async def test_a_torrent_that_is_grabbed_again_much_later_is_assessed_again(replica_of: Any) -> None:
    (replica,) = replica_of(unsatisfied=92)
    grab_id = uuid4()
    await replica.reserve(grab_id)
    for stage in (GrabStage.GRABBED, GrabStage.ENDED):
        await replica.report(grab_id, stage)
    replica.clock.forward(days=40)
    await replica.reserve()

    assert not (await replica.reserve(grab_id)).allowed


async def test_a_standing_older_than_two_hours_is_read_again_before_a_grab(replica_of: Any) -> None:
    (replica,) = replica_of()
    await replica.reserve()
    replica.clock.forward(minutes=119)
    await replica.reserve()
    assert replica.tracker.requests == 1
    replica.clock.forward(minutes=2)
    await replica.reserve()
    assert replica.tracker.requests == 2


async def test_nothing_is_reserved_while_an_old_standing_cannot_be_read_again(replica_of: Any) -> None:
    (replica,) = replica_of()
    await replica.reader.read()
    replica.clock.forward(hours=3)
    replica.tracker.fails("away", times=1)
    with pytest.raises(RemoteUnavailable):
        await replica.reserve()

    assert await replica.reserved() == (0, 0)


async def test_grabs_that_wait_for_one_standing_read_it_once(replica_of: Any) -> None:
    (replica,) = replica_of()
    await asyncio.gather(*(replica.reserve() for _ in range(5)))

    assert replica.tracker.requests == 1


async def test_a_torrent_found_through_prowlarr_is_reserved_under_the_same_rule(replica_of: Any) -> None:
    (replica,) = replica_of(unsatisfied=92)
    through = await replica.reserve(indexer=Indexer.PROWLARR, release_id="1:x")

    assert through.allowed
    assert not (await replica.reserve()).allowed


async def test_planned_grabs_count_without_a_reservation(replica_of: Any) -> None:
    (replica,) = replica_of(unsatisfied=91)
    request = AssessGrabs(releases=[a_release()], planned=[a_release(release_id="902")])
    planned = await replica.handlers.assess(request)
    more = await replica.handlers.assess(request.model_copy(update={"planned": request.planned * 2}))

    assert [each.allowed for each in (*planned, *more)] == [True, False]
    assert await replica.reserved() == (0, 0)
