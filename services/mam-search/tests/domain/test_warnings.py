"""The risks of the account are near at the right time, and say what to do."""

from datetime import timedelta
from typing import Any

import pytest
from mam_search.domain.grab_rule import GrabLimits
from mam_search.domain.warnings import is_at_risk, seeding_warning, session_warning, standing_warnings
from shared.contracts.mam.account import AccountRisk, AccountWarning, Standing
from shared.contracts.mam.seeding import SeedingDuty
from shared.testing.clocks import ManualClock

NOW = ManualClock().now()


def warnings(**changes: Any) -> dict[AccountRisk, AccountWarning]:
    plain: dict[str, Any] = {
        "username": "reader", "classname": "User", "ratio": 3.0, "bonus_points": 0.0, "unsatisfied": 3,
        "unsatisfied_limit": 100, "read_at": NOW,
    }  # fmt: skip
    standing = Standing.model_validate(plain | changes)
    found = standing_warnings(standing, GrabLimits(min_ratio=1.0, unsatisfied_reserve=5))
    return {each.risk: each for each in found}


@pytest.mark.parametrize(
    ("risk", "changes", "near"),
    [
        (AccountRisk.SLOTS, {"unsatisfied": 89}, False),
        (AccountRisk.SLOTS, {"unsatisfied": 90}, True),
        (AccountRisk.SLOTS, {"unsatisfied": 14, "unsatisfied_limit": 20}, False),
        (AccountRisk.SLOTS, {"unsatisfied": 15, "unsatisfied_limit": 20}, True),
        (AccountRisk.RATIO, {"ratio": 1.11}, False),
        (AccountRisk.RATIO, {"ratio": 1.05}, True),
        (AccountRisk.VIP_END, {"vip_until": NOW + timedelta(days=6)}, False),
        (AccountRisk.VIP_END, {"vip_until": NOW + timedelta(days=4)}, True),
        (AccountRisk.VIP_END, {"vip_until": NOW - timedelta(days=1)}, False),
    ],
)
def test_a_risk_is_near_before_its_limit(risk: AccountRisk, changes: dict[str, Any], near: bool) -> None:
    assert warnings(**changes)[risk].near is near


def test_each_risk_has_a_code_and_figures_for_other_languages() -> None:
    found = warnings(vip_until=NOW + timedelta(days=4)).values()
    assert {each.translatable["words"].code for each in found} == {"account.slots", "account.ratio", "account.vip_end"}
    figures = warnings()[AccountRisk.SLOTS].translatable["words"].figures
    assert figures == {"used": 3, "limit": 100, "left": 97}


def test_what_the_site_does_not_report_is_no_risk() -> None:
    assert list(warnings(unsatisfied=None, ratio=None)) == []


def test_a_session_that_did_not_work_for_ten_days_is_a_risk() -> None:
    assert not session_warning(NOW - timedelta(days=9), NOW).near
    warned = session_warning(NOW - timedelta(days=11), NOW)
    assert warned.near
    assert "11 days ago" in warned.words


def a_duty(**changes: Any) -> SeedingDuty:
    plain: dict[str, Any] = {
        "torrent_id": "1", "title": "Ozma of Oz", "size_bytes": 1, "seeding": True, "hit_and_run": False,
        "seeded_seconds": 0, "remaining_seconds": 48 * 3600, "completed_at": NOW - timedelta(days=10),
        "due_at": NOW + timedelta(days=20), "read_at": NOW,
    }  # fmt: skip
    return SeedingDuty.model_validate(plain | changes)


@pytest.mark.parametrize(
    ("changes", "at_risk"),
    [
        ({}, False),
        ({"seeding": False}, False),
        ({"seeding": False, "due_at": NOW + timedelta(days=4)}, True),
        ({"due_at": NOW + timedelta(days=4)}, False),
        ({"due_at": NOW + timedelta(days=1)}, True),
        ({"due_at": None}, False),
        ({"hit_and_run": True, "seeding": False}, True),
        ({"hit_and_run": True, "due_at": NOW - timedelta(days=1)}, False),
    ],
)
def test_a_torrent_is_at_risk_when_it_cannot_meet_its_duty_in_time(changes: dict[str, Any], at_risk: bool) -> None:
    assert is_at_risk(a_duty(**changes), NOW) is at_risk


def test_the_torrents_at_risk_are_named() -> None:
    risky = [a_duty(torrent_id=str(each), title=f"Book {each}", due_at=NOW, seeding=False) for each in range(5)]

    assert seeding_warning(risky, NOW).words == "start seeding: “Book 0”, “Book 1”, “Book 2” and 2 more"
    assert not seeding_warning([a_duty()], NOW).near
