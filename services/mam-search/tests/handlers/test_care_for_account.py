"""The account is read, renewed by rule and checked; nothing is bought twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from mam_search.adapters.mam.snatch_list import MAX_PAGES
from mam_search.domain.grab_rule import GIB
from mam_search.domain.spending import SpendingPolicy
from sandbox.mam.snatches import PER_PAGE
from shared.contracts.mam.account import AccountChecked, AccountRisk
from shared.contracts.mam.seeding import ListSeedingDuties
from shared.contracts.mam.spending import SpendingKind, SpendingState
from shared.contracts.runs import Plan, RunOutcome

ROWS_READ = MAX_PAGES * PER_PAGE
SHOP = SpendingPolicy(renew_vip=True, upload_gb=50, upload_below_bytes=50 * GIB, points_kept=1_000)
ENDS_SOON = {"classname": "VIP", "vip_until": "2026-03-03 12:00:00"}
AT_THE_FLOOR = {"ratio": 1.0, "uploaded_bytes": 100 * GIB, "downloaded_bytes": 100 * GIB}


def list_requests(replica: Any) -> int:
    return sum("loadUserDetailsTorrents" in each.path for each in replica.tracker.site.outcomes.requests)


async def test_nothing_is_bought_by_default(replica_of: Any) -> None:
    (replica,) = replica_of(seedbonus=99_999, **ENDS_SOON, **AT_THE_FLOOR)
    finished = await replica.care()

    assert finished.outcome is RunOutcome.COMPLETED
    assert replica.purchases() == []


async def test_upload_credit_is_bought_while_the_buffer_is_small(replica_of: Any) -> None:
    (replica,) = replica_of(policy=SHOP, seedbonus=90_000, **AT_THE_FLOOR)
    finished = await replica.care()

    (entry,) = await replica.ledger()
    assert (entry.kind, entry.amount, entry.state) == (SpendingKind.UPLOAD, 50, SpendingState.SPENT)
    assert (entry.before.bonus_points, entry.after and entry.after.bonus_points) == (90_000, 65_000)
    assert entry.why == "a buffer of 0.00 GiB, below 50.00 GiB"
    assert any(note.startswith("upload 50: spent") for note in finished.details["notes"])


async def test_upload_credit_is_bought_at_most_once_a_day(replica_of: Any) -> None:
    """A run is repeated after its process was killed."""
    policy = SpendingPolicy(upload_gb=50, upload_below_bytes=500 * GIB, points_kept=0)
    (replica,) = replica_of(policy=policy, seedbonus=90_000, **AT_THE_FLOOR)
    await replica.care()
    replica.clock.forward(hours=12)
    await replica.care()
    assert len(await replica.ledger()) == 1
    replica.clock.forward(hours=12)
    await replica.care()
    assert len(await replica.ledger()) == 2


@pytest.mark.parametrize("points", [25_999, 0])
async def test_points_that_are_kept_are_not_spent(replica_of: Any, points: float) -> None:
    (replica,) = replica_of(policy=SHOP, seedbonus=points, **AT_THE_FLOOR)
    await replica.care()

    assert replica.purchases() == []


async def test_points_that_are_kept_are_not_spent_while_the_balance_lags(replica_of: Any) -> None:
    """VIP costs about 15,500 points and the credit 25,000, so that both would leave less than 1,000."""
    ends = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d %H:%M:%S}"
    account = {"seedbonus": 41_500, "classname": "VIP", "vip_until": ends, **AT_THE_FLOOR}
    (replica,) = replica_of(policy=SHOP, balance_lag_seconds=3_600, **account)
    replica.clock.at = datetime.now(UTC)
    await replica.reader.read()
    plan = Plan.model_validate((await replica.care(dry_run=True)).details["plan"])
    await replica.care()

    assert plan.counts == {"vip": 1}
    assert [each.kind for each in await replica.ledger()] == [SpendingKind.VIP]


async def test_a_purchase_without_an_answer_is_settled_by_a_later_balance(replica_of: Any) -> None:
    (replica,) = replica_of(policy=SHOP, seedbonus=90_000, **AT_THE_FLOOR)
    replica.tracker.fails("answer_lost", times=1)
    await replica.care()
    replica.clock.forward(minutes=10)
    await replica.care()
    assert [each.state for each in await replica.ledger()] == [SpendingState.REQUESTED]

    replica.clock.forward(minutes=11)
    await replica.care()
    (entry,) = await replica.ledger()
    assert (entry.state, entry.after and entry.after.bonus_points) == (SpendingState.SPENT, 65_000)
    assert {name: each.code for name, each in entry.translatable.items()} == {
        "why": "account.small_buffer",
        "answer": "account.answer_lost",
    }
    assert len(replica.purchases()) == 1


async def test_a_purchase_that_never_arrived_is_settled_as_not_spent(replica_of: Any) -> None:
    (replica,) = replica_of(policy=SHOP, seedbonus=90_000, **AT_THE_FLOOR)
    replica.tracker.fails("away", path="/json/bonusBuy.php", times=1)
    await replica.care()
    replica.clock.forward(hours=12)
    await replica.care()

    newest, first = await replica.ledger()
    assert (first.state, newest.state) == (SpendingState.NOT_SPENT, SpendingState.SPENT)
    assert len(replica.purchases()) == 2


async def test_what_still_has_to_seed_is_read_once_a_day(replica_of: Any) -> None:
    snatches = [
        {"id": "7", "title": "Ozma of Oz", "seeded_hours": 24, "completed_days_ago": 2},
        {"id": "8", "title": "Tik-Tok & Co", "seeded_hours": 1, "completed_days_ago": 29, "bucket": "inactUnsat"},
        {"id": "9", "title": "Rinkitink", "seeded_hours": 1, "completed_days_ago": 40, "bucket": "seedHnr"},
    ]
    (replica,) = replica_of(snatches=snatches)
    await replica.care()
    requests = list_requests(replica)
    replica.clock.forward(hours=12)
    await replica.care()
    assert list_requests(replica) == requests

    page = await replica.account.list_seeding_duties(ListSeedingDuties())
    assert [(each.title, each.seeding, each.hit_and_run) for each in page.items] == [
        ("Rinkitink", True, True), ("Tik-Tok & Co", False, False), ("Ozma of Oz", True, False),
    ]  # fmt: skip
    assert (page.items[2].remaining_seconds, page.items[2].seeded_seconds) == (48 * 3600, 24 * 3600)
    replica.clock.forward(hours=12)
    await replica.care()
    assert list_requests(replica) == 2 * requests


async def test_a_list_that_cannot_be_read_keeps_the_old_one(replica_of: Any) -> None:
    (replica,) = replica_of(snatches=[{"id": "7", "title": "Ozma of Oz"}])
    await replica.care()
    replica.clock.forward(hours=24)
    replica.tracker.fails("half", path="/json/loadUserDetailsTorrents.php", times=1)
    finished = await replica.care()

    assert "the list of torrents could not be read" in finished.problems[0]
    assert (await replica.account.list_seeding_duties(ListSeedingDuties())).total == 1


async def test_no_part_of_a_list_longer_than_the_limit_is_stored(replica_of: Any) -> None:
    (replica,) = replica_of(snatches=[{"id": str(7 + at), "title": "Ozma of Oz"} for at in range(ROWS_READ + 1)])
    finished = await replica.care()

    assert f"did not end within {MAX_PAGES} pages" in finished.problems[0]
    assert (await replica.account.list_seeding_duties(ListSeedingDuties())).total == 0


async def test_the_risks_of_the_account_are_announced(replica_of: Any) -> None:
    risky = {"id": "8", "title": "Tik-Tok of Oz", "bucket": "inactHnr"}
    (replica,) = replica_of(unsatisfied=95, snatches=[risky])
    await replica.care()

    warnings = {each.risk: each for event in await replica.announced(AccountChecked) for each in event.warnings}
    assert [risk for risk, each in warnings.items() if each.near] == [AccountRisk.SLOTS, AccountRisk.HIT_AND_RUN]
    assert "Tik-Tok of Oz" in warnings[AccountRisk.HIT_AND_RUN].words


async def test_a_session_that_does_not_work_for_ten_days_is_announced(replica_of: Any) -> None:
    (replica,) = replica_of()
    await replica.care()
    replica.clock.forward(days=11)
    replica.tracker.fails("away", times=1)
    finished = await replica.care()

    assert finished.outcome is RunOutcome.FAILED
    assert "the standing could not be read" in finished.problems[0]
    last = (await replica.announced(AccountChecked))[-1]
    assert [each.risk for each in last.warnings if each.near] == [AccountRisk.SESSION_AGE]


async def test_a_dry_run_plans_what_would_be_bought_and_requests_nothing(replica_of: Any) -> None:
    (replica,) = replica_of(policy=SHOP, seedbonus=90_000, **AT_THE_FLOOR)
    unread = await replica.care(dry_run=True)
    assert Plan.model_validate(unread.details["plan"]).notes == ["The standing was never read."]

    await replica.reader.read()
    requests = replica.tracker.requests
    plan = Plan.model_validate((await replica.care(dry_run=True)).details["plan"])
    assert (plan.counts, plan.points) == ({"upload": 1}, 25_000)
    assert (replica.tracker.requests, await replica.ledger()) == (requests, [])


async def test_a_vip_status_that_ends_soon_is_renewed_once(replica_of: Any) -> None:
    ends = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d %H:%M:%S}"
    (replica,) = replica_of(policy=SHOP, seedbonus=30_000, classname="VIP", vip_until=ends)
    replica.clock.at = datetime.now(UTC)
    await replica.care()
    replica.clock.forward(hours=21)
    await replica.care()

    (entry,) = await replica.ledger()
    assert (entry.kind, entry.state, round(entry.amount, 1)) == (SpendingKind.VIP, SpendingState.SPENT, 12.4)
    assert replica.purchases()[0].startswith("spendtype=VIP&duration=max&_=")
