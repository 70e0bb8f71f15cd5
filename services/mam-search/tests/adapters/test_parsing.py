"""The tracker's responses about the account become valid contracts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from mam_search.adapters.mam import parsing
from mam_search.adapters.mam.schemas import Member

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "summary",
    [
        {"unsat": {"name": "Unsatisfied", "count": 3, "limit": 50}},
        {"snatch_summary": {"unsat": {"count": "3", "limit": "50"}}},
    ],
)
def test_the_standing_is_parsed_in_both_formats(summary: dict[str, Any]) -> None:
    member = {"username": "dorothy", "classname": "VIP", "ratio": "1,234.5", "seedbonus": 99_999, "wedges": "2"}
    found = parsing.standing(Member.model_validate(member | summary), NOW)
    assert (found.unsatisfied, found.unsatisfied_limit) == (3, 50)
    assert (found.ratio, found.bonus_points, found.wedges, found.read_at) == (1234.5, 99_999.0, 2, NOW)


def test_a_missing_count_of_unsatisfied_torrents_is_not_read_as_zero() -> None:
    found = parsing.standing(Member.model_validate({"username": "dorothy", "ratio": "Inf"}), NOW)
    assert (found.unsatisfied, found.unsatisfied_limit, found.ratio) == (None, None, None)


@pytest.mark.parametrize(
    ("shown", "uploaded", "downloaded"),
    [
        ({"uploaded_bytes": 2147483648.0, "downloaded_bytes": "1,073,741,824"}, 2**31, 2**30),
        ({"uploaded": "2.0 GiB", "downloaded": "0 B"}, 2**31, 0),
        ({}, None, None),
        ({"uploaded_bytes": -1, "downloaded_bytes": "many"}, None, None),
    ],
)
def test_upload_and_download_are_parsed_as_bytes(
    shown: dict[str, Any], uploaded: int | None, downloaded: int | None
) -> None:
    found = parsing.standing(Member.model_validate({"username": "dorothy"} | shown), NOW)
    assert (found.uploaded_bytes, found.downloaded_bytes) == (uploaded, downloaded)


def test_a_vip_date_is_utc() -> None:
    member = Member.model_validate({"username": "dorothy", "vip_until": "2026-09-01 10:00:00"})
    assert parsing.standing(member, NOW).vip_until == datetime(2026, 9, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("nested", [True, False])
def test_both_shapes_of_the_user_data_are_read(nested: bool) -> None:
    buckets = {"seedHnr": {"count": 1}, "inactHnr": {"count": "2", "red": True}, "connectable": "offline"}
    data = {"username": "reader", "uid": "1001", "ratio": "Inf", "uploaded_bytes": 1e9, "downloaded": "1,016.2 KiB"}
    member = Member.model_validate(data | ({"snatch_summary": buckets} if nested else buckets))
    found = parsing.standing(member, NOW)

    assert (found.uid, found.ratio, found.hit_and_runs, found.connectable) == (1001, None, 3, "offline")
    assert (found.uploaded_bytes, found.downloaded_bytes) == (1_000_000_000, int(1016.2 * 1024))


@pytest.mark.parametrize("broken", [{"count": "many", "limit": 50}, {"count": -1, "limit": 50}, [], "3", {}])
def test_a_broken_count_of_unsatisfied_torrents_is_unknown_and_not_zero(broken: object) -> None:
    member = Member.model_validate({"username": "reader", "snatch_summary": {"unsat": broken}})

    assert parsing.standing(member, NOW).unsatisfied is None
