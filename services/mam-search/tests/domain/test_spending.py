"""Purchases follow the policies, at the site's prices, and a later balance tells what happened."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.domain.grab_rule import GIB, GrabLimits, Reserved
from mam_search.domain.spending import (
    Purchase,
    SpendingPolicy,
    balance,
    known_balance,
    lacks_a_wedge,
    price,
    upload_credit,
    vip_renewal,
    was_spent,
    wedge_for,
)
from shared.contracts.mam.account import Standing
from shared.contracts.mam.grabs import OfferedRelease
from shared.contracts.mam.spending import Balance, Spending, SpendingKind, SpendingState
from shared.contracts.values import Indexer
from shared.testing.clocks import ManualClock

NOW = ManualClock().now()
LARGE = OfferedRelease(indexer=Indexer.MAM, release_id="901", size_bytes=3 * GIB)
WEDGES = SpendingPolicy(wedge_from_bytes=2 * GIB, wedges_kept=1, wedges_per_day=2)


def a_standing(**changes: Any) -> Standing:
    plain: dict[str, Any] = {
        "username": "reader", "classname": "Power User", "ratio": 1.2, "uploaded_bytes": 120 * GIB,
        "downloaded_bytes": 100 * GIB, "bonus_points": 40_000, "wedges": 3, "unsatisfied": 4, "unsatisfied_limit": 100,
        "read_at": NOW,
    }  # fmt: skip
    return Standing.model_validate(plain | changes)


@pytest.mark.parametrize(
    ("release", "standing", "spent_today", "spends"),
    [
        ({}, {}, 0, True),
        ({"size_bytes": GIB}, {}, 0, False),
        ({"freeleech": True}, {}, 0, False),
        ({"vip": True}, {}, 0, False),
        ({"release_id": "x1"}, {}, 0, False),
        ({"indexer": Indexer.PROWLARR}, {}, 0, False),
        ({}, {"wedges": 1}, 0, False),
        ({}, {}, 2, False),
    ],
)
def test_a_wedge_is_spent_only_by_its_policy(
    release: dict[str, Any], standing: dict[str, Any], spent_today: int, spends: bool
) -> None:
    offered = LARGE.model_copy(update=release)
    purchase = wedge_for(offered, a_standing(**standing), WEDGES, spent_today=spent_today, now=NOW)

    assert (purchase is not None) is spends


@pytest.mark.parametrize(
    ("changes", "renews"),
    [
        ({"vip_until": NOW + timedelta(days=6)}, True),
        ({"vip_until": NOW - timedelta(days=1)}, True),
        ({"vip_until": NOW + timedelta(days=8)}, False),
        ({"vip_until": None}, False),
        ({"vip_until": NOW + timedelta(days=6), "classname": "User"}, False),
        ({"vip_until": NOW + timedelta(days=6), "bonus_points": 19_000}, False),
    ],
)
def test_vip_is_renewed_when_it_ends_and_points_suffice(changes: dict[str, Any], renews: bool) -> None:
    policy = SpendingPolicy(renew_vip=True)

    assert (vip_renewal(a_standing(**changes), policy, NOW) is not None) is renews
    assert vip_renewal(a_standing(**changes), SpendingPolicy(), NOW) is None


@pytest.mark.parametrize(
    ("changes", "buys"),
    [
        ({}, True),
        ({"uploaded_bytes": 160 * GIB, "ratio": 1.6}, False),
        ({"uploaded_bytes": None}, False),
        ({"bonus_points": 29_999}, False),
        ({"bonus_points": 30_000}, True),
    ],
)
def test_upload_credit_is_bought_below_the_buffer_if_points_suffice(changes: dict[str, Any], buys: bool) -> None:
    policy = SpendingPolicy(upload_gb=50, upload_below_bytes=50 * GIB)
    bought = upload_credit(a_standing(**changes), Reserved(), GrabLimits(), policy)

    assert (bought is not None) is buys
    assert upload_credit(a_standing(**changes), Reserved(), GrabLimits(), SpendingPolicy()) is None


def an_entry(kind: SpendingKind, amount: float, **before: Any) -> Spending:
    return Spending(
        id=uuid4(), kind=kind, state=SpendingState.REQUESTED, amount=amount, why="", requested_at=NOW,
        before=Balance(**({"bonus_points": 40_000, "wedges": 3} | before)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "standing", "spent"),
    [
        (an_entry(SpendingKind.WEDGE, 1), {"wedges": 2}, True),
        (an_entry(SpendingKind.WEDGE, 1), {"wedges": 3}, False),
        (an_entry(SpendingKind.UPLOAD, 50), {"bonus_points": 18_000}, True),
        (an_entry(SpendingKind.UPLOAD, 50), {"bonus_points": 43_000}, False),
        (an_entry(SpendingKind.VIP, 12), {"vip_until": NOW + timedelta(days=90)}, True),
        (an_entry(SpendingKind.VIP, 12), {"vip_until": NOW + timedelta(days=3)}, False),
    ],
)
def test_a_later_balance_tells_whether_a_purchase_was_made(
    entry: Spending, standing: dict[str, Any], spent: bool
) -> None:
    assert was_spent(entry, NOW + timedelta(days=3), a_standing(**standing)) is spent


@pytest.mark.parametrize(
    ("shown", "after", "known"), [(40_000, None, 15_000), (40_000, 14_000, 14_000), (9_000, 14_000, 9_000)]
)
def test_the_lowest_figure_counts_after_a_purchase(shown: float, after: float | None, known: float) -> None:
    entry = an_entry(SpendingKind.UPLOAD, 50)
    entry.after = None if after is None else Balance(bonus_points=after, wedges=3)

    assert known_balance(a_standing(bonus_points=shown), [entry]).bonus_points == known
    assert known_balance(a_standing(bonus_points=shown), []).bonus_points == shown


@pytest.mark.parametrize(("wedges", "lacks"), [(3, True), (2, False)])
def test_a_balance_that_did_not_fall_may_lack_a_wedge(wedges: int, lacks: bool) -> None:
    assert lacks_a_wedge(a_standing(wedges=wedges), [an_entry(SpendingKind.WEDGE, 1)]) is lacks
    assert not lacks_a_wedge(a_standing(wedges=wedges), [an_entry(SpendingKind.UPLOAD, 50)])


@given(points=st.floats(0, 99_999), days=st.integers(-400, 100), kept=st.floats(0, 99_999), upload_gb=st.floats(0, 500))
def test_no_purchase_spends_what_is_kept(points: float, days: int, kept: float, upload_gb: float) -> None:
    policy = SpendingPolicy(renew_vip=True, upload_gb=upload_gb, upload_below_bytes=10**15, points_kept=kept)
    standing = a_standing(bonus_points=points, vip_until=NOW + timedelta(days=days))
    purchases: list[Purchase | None] = [
        vip_renewal(standing, policy, NOW), upload_credit(standing, Reserved(), GrabLimits(), policy)
    ]  # fmt: skip
    for purchase in purchases:
        if purchase is not None:
            assert balance(standing).bonus_points - price(purchase.kind, purchase.amount) >= kept
            assert purchase.kind is SpendingKind.VIP or purchase.amount >= 50
