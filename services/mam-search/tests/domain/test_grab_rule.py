"""The account's rules for a grab, with a table of cases."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.domain.grab_rule import GIB, GrabLimits, Reserved, assess, is_free, reserved_by, room
from shared.contracts.mam.account import Standing
from shared.contracts.mam.grabs import GrabAssessment, OfferedRelease
from shared.contracts.values import Indexer
from shared.testing.clocks import ManualClock

NOW = ManualClock().now()
SIZE = 144_000_000
LIMITS = GrabLimits(min_ratio=1.0, unsatisfied_reserve=5, slots_for_person=2)
NEAR_THE_FLOOR = {"ratio": 1.002, "uploaded_bytes": 1002 * GIB, "downloaded_bytes": 1000 * GIB}


def a_standing(**changes: Any) -> Standing:
    plain: dict[str, Any] = {
        "username": "reader", "classname": "Power User", "ratio": 4.2, "uploaded_bytes": 420 * GIB,
        "downloaded_bytes": 100 * GIB, "bonus_points": 25_000, "unsatisfied": 4, "unsatisfied_limit": 100,
        "read_at": NOW - timedelta(minutes=1),
    }  # fmt: skip
    return Standing.model_validate(plain | changes)


def a_release(**changes: Any) -> OfferedRelease:
    return OfferedRelease.model_validate({"indexer": Indexer.MAM, "release_id": "9", "size_bytes": SIZE} | changes)


def found(
    account: dict[str, Any], release: dict[str, Any] | None = None, *, by_person: bool = False, **reserved: int
) -> GrabAssessment:
    return assess(
        a_release(**(release or {})), a_standing(**account), Reserved(**reserved), LIMITS, by_person=by_person, now=NOW
    )


@pytest.mark.parametrize(
    ("account", "release", "allowed"),
    [
        ({"unsatisfied": 4}, {}, True),
        ({"unsatisfied": 92}, {}, True),
        ({"unsatisfied": 93}, {}, False),
        ({"unsatisfied": 93}, {"freeleech": True}, False),
        ({"unsatisfied": 104}, {}, False),
        ({"unsatisfied": None}, {}, False),
        ({"unsatisfied_limit": None}, {"freeleech": True}, False),
        ({"ratio": 0.9}, {}, False),
        ({"ratio": 0.9}, {"freeleech": True}, True),
        ({"ratio": 0.9}, {"vip": True}, False),
        ({"ratio": 0.9, "classname": "Elite VIP"}, {"vip": True}, True),
        ({"ratio": 0.9, "classname": "VIP"}, {"vip": True, "vip_until": NOW + timedelta(days=1)}, True),
        ({"ratio": 0.9, "classname": "VIP"}, {"vip": True, "vip_until": NOW - timedelta(days=1)}, False),
        ({"ratio": None, "downloaded_bytes": 0}, {}, True),
        (NEAR_THE_FLOOR, {}, True),
        (NEAR_THE_FLOOR, {"size_bytes": 2 * GIB}, False),
        (NEAR_THE_FLOOR, {"size_bytes": 2 * GIB, "freeleech": True}, True),
        ({"uploaded_bytes": None}, {}, False),
        ({"uploaded_bytes": None}, {"freeleech": True}, True),
    ],
)
def test_the_rules_of_the_account_are_respected(
    account: dict[str, Any], release: dict[str, Any], allowed: bool
) -> None:
    assert found(account, release).allowed is allowed


@pytest.mark.parametrize(("unsatisfied", "allowed"), [(93, True), (94, True), (95, False)])
def test_a_person_may_use_the_slots_kept_for_a_person(unsatisfied: int, allowed: bool) -> None:
    assessment = found({"unsatisfied": unsatisfied}, by_person=True)

    assert (assessment.allowed, assessment.figures.kept_free) == (allowed, 5)


def test_slots_of_our_other_grabs_count() -> None:
    assessment = found({"unsatisfied": 90}, slots=3)

    assert not assessment.allowed
    assert (
        assessment.found == "93 unsatisfied torrents of 100 (3 of them reserved), ratio 4.2, 4.194 after 0.15 GiB more"
    )
    assert assessment.needed == "fewer than 93 unsatisfied, and a ratio of 1 unless freeleech"


def test_bytes_of_our_other_grabs_count_for_paid_releases() -> None:
    account = {"ratio": 1.01, "uploaded_bytes": 101 * GIB, "downloaded_bytes": 100 * GIB}

    assert found(account, paid_bytes=GIB // 2).allowed
    rejected = found(account, paid_bytes=GIB)
    assert not rejected.allowed
    assert "0.999 after 1.15 GiB more" in rejected.found
    assert found(account, {"freeleech": True}, paid_bytes=GIB).allowed


def test_the_figures_are_complete() -> None:
    figures = found({"unsatisfied": 50}, slots=2, paid_bytes=GIB).figures

    assert (figures.unsatisfied, figures.unsatisfied_limit, figures.slots_left) == (50, 100, 41)
    assert (figures.reserved_slots, figures.reserved_bytes, figures.kept_free) == (2, GIB, 7)
    assert (figures.paid_bytes, figures.buffer_bytes) == (int(SIZE * 1.1), 319 * GIB)
    assert figures.ratio_after is not None


def test_an_infinite_ratio_has_no_ratio_after_a_free_grab() -> None:
    figures = found({"ratio": None, "downloaded_bytes": 0}, {"freeleech": True}).figures

    assert (figures.ratio, figures.ratio_after) == (None, None)


def test_vip_counts_until_it_ends() -> None:
    release = a_release(vip=True)

    assert is_free(release, a_standing(vip_until=NOW + timedelta(days=1)), NOW)
    assert not is_free(release, a_standing(vip_until=NOW), NOW)


def test_planned_grabs_use_slots_and_only_paid_ones_use_bytes() -> None:
    planned = [a_release(), a_release(freeleech=True)]

    assert reserved_by(planned, a_standing(), NOW) == Reserved(2, int(SIZE * 1.1))


def test_the_room_of_the_account_differs_for_a_person() -> None:
    left = room(a_standing(unsatisfied=50), Reserved(1, GIB), LIMITS)

    assert (left.slots_left, left.slots_left_for_person, left.buffer_bytes) == (42, 44, 319 * GIB)


@given(
    unsatisfied=st.integers(0, 300),
    limit=st.integers(0, 300),
    uploaded=st.integers(0, 2**45),
    downloaded=st.integers(0, 2**45),
    ratio=st.none() | st.floats(0, 1e6),
    size=st.integers(0, 2**42),
    slots=st.integers(0, 50),
    paid=st.integers(0, 2**42),
    free=st.booleans(),
)
def test_no_allowed_grab_breaks_a_limit(  # noqa: PLR0917 - the figures of an account
    unsatisfied: int, limit: int, uploaded: int, downloaded: int, ratio: float | None, size: int, slots: int, paid: int,
    free: bool,
) -> None:  # fmt: skip
    account = {
        "unsatisfied": unsatisfied, "unsatisfied_limit": limit, "uploaded_bytes": uploaded,
        "downloaded_bytes": downloaded, "ratio": ratio,
    }  # fmt: skip
    assessment = found(account, {"size_bytes": size, "freeleech": free}, slots=slots, paid_bytes=paid)
    if assessment.allowed:
        assert unsatisfied + slots + 1 <= limit - 7
        assert free or uploaded >= (downloaded + paid + size) * LIMITS.min_ratio
    assert GrabAssessment.model_validate_json(assessment.model_dump_json()) == assessment
