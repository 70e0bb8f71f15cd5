"""Grabs are reserved under one rule, whatever is killed, repeated or sent at the same time."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from mam_search.adapters.postgres.retention import Retention
from mam_search.domain.grab_rule import ABANDONED_AFTER, GIB, SHOWN_AFTER
from mam_search.domain.spending import SpendingPolicy
from shared.chassis.database import Transaction
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.mam.grabs import AssessGrabs, GrabStage
from shared.contracts.mam.search import MamSearch
from shared.contracts.mam.spending import SpendingState
from shared.contracts.values import Indexer

from .account import SIZE, a_release

WEDGES = SpendingPolicy(wedge_from_bytes=GIB // 10, wedges_kept=1, wedges_per_day=2)
SEARCH = "/tor/js/loadSearchJSONbasic.php"
NEAR_THE_FLOOR = {"ratio": 1.0, "uploaded_bytes": 100 * GIB, "downloaded_bytes": 100 * GIB}


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
    free = await asyncio.gather(*(replicas[place % 3].reserve(release_id="904", freeleech=True) for place in range(4)))

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

    replica.clock.forward(hours=5)
    await replica.reader.read()
    assert await replica.reserved() == (1, int(SIZE * 1.1))

    await replica.report(grab_id, GrabStage.ENDED)
    await replica.reader.read()
    assert await replica.reserved() == (1, int(SIZE * 1.1))
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


async def test_a_grab_pays_for_a_release_whose_freeleech_has_ended(replica_of: Any) -> None:
    (replica,) = replica_of(**NEAR_THE_FLOOR)
    ended = await replica.reserve(freeleech=True)

    assert (ended.allowed, ended.figures.free) == (False, False)
    assert (await replica.reserve(release_id="904", freeleech=True)).figures.free


async def test_a_flag_of_the_last_hour_is_trusted_and_an_older_one_is_read_again(replica_of: Any) -> None:
    (replica,) = replica_of()
    await replica.searches.find(MamSearch(text="oz"), max_age_seconds=0)
    replica.clock.forward(minutes=59)
    assert (await replica.reserve(release_id="904", freeleech=True)).figures.free
    assert replica.searched() == 1

    replica.clock.forward(minutes=2)
    assert (await replica.reserve(release_id="904", freeleech=True)).figures.free
    assert replica.searched() == 2


@pytest.mark.parametrize(
    "release",
    [
        {"release_id": "904"},
        {"release_id": "9" * 13},
        {"indexer": Indexer.PROWLARR, "release_id": "1:x"},
    ],
)
async def test_a_release_whose_flags_cannot_be_read_is_not_free(replica_of: Any, release: dict[str, Any]) -> None:
    (replica,) = replica_of(policy=WEDGES, wedges=3, **NEAR_THE_FLOOR)
    replica.tracker.fails("half", path=SEARCH, times=1)
    assessment = await replica.reserve(freeleech=True, **release)

    assert (assessment.allowed, assessment.figures.free, assessment.figures.wedge) == (False, False, False)
    assert replica.purchases() == []


async def test_planned_grabs_count_without_a_reservation(replica_of: Any) -> None:
    (replica,) = replica_of(unsatisfied=91)
    request = AssessGrabs(releases=[a_release()], planned=[a_release(release_id="902")])
    planned = await replica.handlers.assess(request)
    more = await replica.handlers.assess(request.model_copy(update={"planned": request.planned * 2}))

    assert [each.allowed for each in (*planned, *more)] == [True, False]
    assert await replica.reserved() == (0, 0)


async def test_a_wedge_is_spent_for_a_large_release_and_makes_it_free(replica_of: Any) -> None:
    (replica,) = replica_of(policy=WEDGES, **NEAR_THE_FLOOR, wedges=3)
    assessment = await replica.reserve()

    (entry,) = await replica.ledger()
    assert (assessment.allowed, assessment.figures.wedge, assessment.figures.paid_bytes) == (True, True, 0)
    assert (entry.state, entry.torrent_id) == (SpendingState.SPENT, "901")
    assert (entry.before.wedges, entry.after and entry.after.wedges) == (3, 2)
    assert await replica.reserved() == (1, 0)


async def test_a_wedge_is_spent_for_a_torrent_that_prowlarr_found_if_its_id_is_known(replica_of: Any) -> None:
    (replica,) = replica_of(policy=WEDGES, **NEAR_THE_FLOOR, wedges=3)
    assessment = await replica.reserve(indexer=Indexer.PROWLARR, release_id="1:x", torrent_id="901")

    (entry,) = await replica.ledger()
    assert (assessment.allowed, assessment.figures.wedge) == (True, True)
    assert (entry.state, entry.torrent_id) == (SpendingState.SPENT, "901")


@pytest.mark.parametrize(("torrent_id", "free"), [("902", False), ("904", True)])
async def test_the_flags_of_a_torrent_that_prowlarr_found_are_read_before_a_wedge_is_spent(
    replica_of: Any, torrent_id: str, free: bool
) -> None:
    """Prowlarr does not say that one is VIP and the other one freeleech."""
    (replica,) = replica_of(policy=WEDGES, **NEAR_THE_FLOOR, wedges=3)
    assessment = await replica.reserve(indexer=Indexer.PROWLARR, release_id="1:x", torrent_id=torrent_id)

    assert (assessment.allowed, assessment.figures.free, assessment.figures.wedge) == (free, free, False)
    assert replica.purchases() == []


async def test_a_repeated_grab_spends_no_second_wedge(replica_of: Any) -> None:
    (replica,) = replica_of(policy=WEDGES, wedges=3)
    grab_id = uuid4()
    first = await replica.reserve(grab_id)
    await replica.report(grab_id, GrabStage.DROPPED)

    assert (await replica.reserve(grab_id)).figures.wedge is first.figures.wedge is True
    assert len(replica.purchases()) == 1


async def test_simultaneous_grabs_of_one_torrent_spend_one_wedge(replica_of: Any) -> None:
    replicas = replica_of(3, policy=WEDGES, wedges=3)
    await replicas[0].reader.read()
    await asyncio.gather(*(replica.reserve() for replica in replicas))

    assert len(replicas[0].purchases()) == 1


@pytest.mark.parametrize(
    ("account", "release"),
    [
        ({"wedges": 3}, {"release_id": "902", "vip": True}),
        ({"wedges": 3}, {"release_id": "904", "freeleech": True}),
        ({"wedges": 3}, {"release_id": "999", "freeleech": True}),
        ({"wedges": 3}, {"size_bytes": GIB // 11}),
        ({"wedges": 3}, {"indexer": Indexer.PROWLARR, "release_id": "1:x"}),
        ({"wedges": 1}, {}),
    ],
)
async def test_no_wedge_is_spent_against_the_policy(
    replica_of: Any, account: dict[str, Any], release: dict[str, Any]
) -> None:
    (replica,) = replica_of(policy=WEDGES, **account)
    assessment = await replica.reserve(**release)

    assert (assessment.allowed, assessment.figures.wedge) == (True, False)
    assert replica.purchases() == []


async def test_no_wedge_is_spent_without_a_policy(replica_of: Any) -> None:
    (replica,) = replica_of(wedges=3)
    assert (await replica.reserve()).allowed
    assert replica.purchases() == []


async def test_no_more_wedges_are_spent_than_allowed_on_one_day(replica_of: Any) -> None:
    (replica,) = replica_of(policy=SpendingPolicy(wedge_from_bytes=1, wedges_per_day=1), wedges=9)
    first, second = await replica.reserve(), await replica.reserve(release_id="903")

    assert (first.figures.wedge, second.figures.wedge) == (True, False)
    assert second.figures.paid_bytes == int(SIZE * 1.1)


async def test_a_wedge_that_the_site_refuses_leaves_the_grab_to_the_rule(replica_of: Any) -> None:
    """The listing is out of date: the site knows the torrent as VIP."""
    (replica,) = replica_of(policy=WEDGES, **NEAR_THE_FLOOR, wedges=3)
    assessment = await replica.reserve(release_id="902")

    (entry,) = await replica.ledger()
    assert (entry.state, entry.answer) == (SpendingState.NOT_SPENT, "This Torrent is VIP")
    assert not assessment.allowed
    assert await replica.reserved() == (0, 0)


async def test_a_wedge_without_an_answer_is_not_repeated_before_the_balance_was_read_later(replica_of: Any) -> None:
    (replica,) = replica_of(policy=WEDGES, wedges=3)
    replica.tracker.fails("answer_lost", times=1)
    grab_id = uuid4()
    first = await replica.reserve(grab_id)
    await replica.report(grab_id, GrabStage.DROPPED)
    replica.clock.forward(minutes=5)
    second = await replica.reserve(grab_id)

    assert (first.allowed, first.figures.wedge) == (second.allowed, second.figures.wedge) == (True, False)
    assert [each.state for each in await replica.ledger()] == [SpendingState.REQUESTED]
    assert len(replica.purchases()) == 1

    await replica.report(grab_id, GrabStage.DROPPED)
    replica.clock.forward(seconds=SHOWN_AFTER.total_seconds())
    await replica.reserve(release_id="903")
    (_, settled) = await replica.ledger()
    assert (settled.state, settled.after and settled.after.wedges) == (SpendingState.SPENT, 2)
    assert (await replica.reserve(grab_id)).figures.wedge
    assert [each.split("torrentid=")[1][:3] for each in replica.purchases()] == ["901", "903"]


async def test_no_wedge_is_spent_while_the_balance_may_lack_the_last_one(replica_of: Any) -> None:
    """A lost answer of the second wedge would be settled by the first one."""
    (replica,) = replica_of(policy=WEDGES, wedges=3, balance_lag_seconds=3_600)
    first = await replica.reserve()
    replica.clock.forward(minutes=19)
    second = await replica.reserve(release_id="903")

    assert (first.figures.wedge, second.figures.wedge) == (True, False)
    assert len(replica.purchases()) == 1


async def test_a_second_wedge_is_spent_when_the_balance_includes_the_first(replica_of: Any) -> None:
    (replica,) = replica_of(policy=WEDGES, wedges=3)
    assert (await replica.reserve()).figures.wedge
    assert (await replica.reserve(release_id="903")).figures.wedge


async def test_old_reservations_are_deleted(replica_of: Any) -> None:
    (replica,) = replica_of()
    await replica.reserve()
    retention = Retention(replica.database.transactions(Transaction))
    now = replica.clock.now()

    kept = await retention.clean_up(now + timedelta(days=59), before=now, dry_run=False)
    deleted = await retention.clean_up(now + timedelta(days=61), before=now, dry_run=False)
    assert (kept["grab_reservations"], deleted["grab_reservations"]) == (0, 1)
