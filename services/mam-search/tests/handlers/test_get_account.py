"""The account is shown with its room and its history, without a request to the site."""

from datetime import timedelta
from typing import Any

from mam_search.domain.spending import SpendingPolicy
from shared.contracts.mam.account import AccountRisk, GetAccount, GetAccountHistory


async def test_an_account_that_was_never_read_is_shown_as_unknown(replica_of: Any) -> None:
    (replica,) = replica_of()
    account = await replica.account.get(GetAccount())

    assert (account.standing, account.room, account.seeding_read_at) == (None, None, None)
    assert replica.tracker.requests == 0


async def test_the_account_is_shown_with_its_room_and_its_risks(replica_of: Any) -> None:
    policy = SpendingPolicy(renew_vip=True)
    (replica,) = replica_of(policy=policy, unsatisfied=91, snatches=[{"id": "7", "title": "Ozma of Oz"}])
    await replica.care()
    await replica.reserve()
    requests = replica.tracker.requests
    account = await replica.account.get(GetAccount())

    assert account.standing is not None
    assert (account.standing.uid, account.standing.connectable, account.standing.hit_and_runs) == (1001, "yes", 0)
    assert account.room is not None
    assert (account.room.reserved_slots, account.room.slots_left, account.room.slots_left_for_person) == (1, 1, 3)
    assert [each.risk for each in account.warnings if each.near] == [AccountRisk.SLOTS]
    assert (account.spending.wedges, account.spending.vip, account.spending.upload) == (False, True, False)
    assert (account.seeding_duties, account.paused_until) == (1, None)
    assert replica.tracker.requests == requests


async def test_a_pause_of_all_requests_is_shown(replica_of: Any) -> None:
    (replica,) = replica_of()
    replica.tracker.fails("throttled", times=1, retry_after_seconds=3_600)
    await replica.care()

    account = await replica.account.get(GetAccount())
    assert account.paused_until is not None
    assert account.paused_because


async def test_the_history_has_a_limited_number_of_points_over_its_whole_time(replica_of: Any) -> None:
    (replica,) = replica_of()
    standing = await replica.reader.read()
    for hour in range(1, 10 * 24 + 1):
        later = {"read_at": standing.read_at + timedelta(hours=hour), "bonus_points": float(hour)}
        await replica.standings.add(standing.model_copy(update=later))
    replica.clock.forward(days=10)

    history = await replica.account.history(GetAccountHistory(days=10, points=20))
    assert 18 <= len(history.points) <= 20
    assert history.points[-1].bonus_points == 240
    times = [each.at for each in history.points]
    assert times == sorted(times)
    assert times[0] - standing.read_at < timedelta(days=1)

    day = await replica.account.history(GetAccountHistory(days=1, points=1000))
    assert [each.bonus_points for each in day.points] == [float(hour) for hour in range(216, 241)]
