"""The detailed list of torrents is read in any shape, and a part of it is never taken for the whole."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.adapters.mam.snatch_list import duty_of, seconds_in
from pydantic import ValidationError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1d 12:10:28", 130_228),
        ("12:10:28", 43_828),
        ("2d", 172_800),
        ("3 days 00:00:01", 259_201),
        ("3600", 3_600),
        ("", None),
        ("Satisfied", None),
        ("1d 12:10", None),
        ("-5", None),
        ("١d", None),
        ("9" * 50, None),
    ],
)
def test_durations_are_read_as_the_site_writes_them(text: str, seconds: int | None) -> None:
    assert seconds_in(text) == seconds


def test_a_row_becomes_a_duty() -> None:
    row = {
        "id": "900001", "title": "Ozma &amp; Co", "size": "1,016.2 MiB", "seedtime": "1d 11:49:32",
        "STG": "1d 12:10:28", "complete_unix": "1772280000",
    }  # fmt: skip
    duty = duty_of(row, seeding=True, hit_and_run=False, now=NOW)

    assert (duty.torrent_id, duty.title, duty.size_bytes) == ("900001", "Ozma & Co", int(1016.2 * 2**20))
    assert (duty.seeded_seconds, duty.remaining_seconds) == (128_972, 130_228)
    assert duty.completed_at is not None
    assert duty.due_at == duty.completed_at + timedelta(days=30)


def test_a_duty_without_the_time_to_go_is_what_is_left_of_72_hours() -> None:
    duty = duty_of({"id": 7, "seedtime": "1d 00:00:00"}, seeding=True, hit_and_run=False, now=NOW)

    assert (duty.remaining_seconds, duty.completed_at, duty.due_at) == (48 * 3600, None, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


FIELDS = ("id", "title", "size", "seedtime", "STG", "complete_unix")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)))
def test_any_row_is_a_duty_or_refused(row: dict[str, Any]) -> None:
    try:
        duty = duty_of(row, seeding=True, hit_and_run=False, now=NOW)
    except ValidationError:
        return
    assert duty.remaining_seconds >= 0
    assert duty.torrent_id.isdigit()
