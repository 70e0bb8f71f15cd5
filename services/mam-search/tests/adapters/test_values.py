"""Single values of the tracker's responses, however malformed, become values that can be stored."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.adapters.mam.values import count, flag, moment, shown_text, size_in_bytes, text, unix_moment

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1,016.2 KiB", 1_040_588),
        ("1.0 GiB", 2**30),
        ("881.4 MB", 924_214_886),
        ("12 B", 12),
        ("2 TiB", 2 * 2**40),
        ("1234567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("", 0),
        ("large", 0),
        ("1.2.3 GB", 0),
        (", MB", 0),
        ("-5 MB", 0),
        ("٣ MB", 0),
    ],
)
def test_sizes_are_parsed_with_every_unit(text: str, size: int) -> None:
    assert size_in_bytes(text) == size


@given(st.text(max_size=30))
def test_any_text_can_be_parsed_as_a_size(text: str) -> None:
    assert size_in_bytes(text) >= 0


@pytest.mark.parametrize("huge", ["9" * 30, "9" * 5000, "1e400", 10**400, float("inf"), float("nan"), -1])
def test_an_impossible_number_is_zero(huge: Any) -> None:
    assert count(huge) == 0
    assert size_in_bytes(text(huge)) == 0
    assert unix_moment(huge) is None


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Saint-Exup&eacute;ry", "Saint-Exupéry"),
        ("Tik-Tok &amp;amp; Co", "Tik-Tok & Co"),
        ("The Knave&#039;s Tale", "The Knave's Tale"),
        ("  a\x00b\ud800c ", "abc"),
        (7, "7"),
        (None, ""),
    ],
)
def test_a_shown_text_has_no_entities_and_nothing_that_cannot_be_stored(raw: Any, shown: str) -> None:
    assert shown_text(raw) == shown


@pytest.mark.parametrize("value", [1, "1", True, "true", "yes"])
def test_a_flag_may_be_set_in_several_ways(value: Any) -> None:
    assert flag(value)


@pytest.mark.parametrize("value", [0, "0", False, "", None, "no", [], "2026-01-01"])
def test_everything_else_is_an_unset_flag(value: Any) -> None:
    assert not flag(value)


def test_times_are_in_utc() -> None:
    assert moment("2026-11-02 18:40:11") == datetime(2026, 11, 2, 18, 40, 11, tzinfo=UTC)
    assert unix_moment("1793644811") == datetime.fromtimestamp(1793644811, UTC)
    assert unix_moment(0) is None


@given(JSON)
def test_any_json_value_can_be_parsed_as_anything(value: Any) -> None:
    assert isinstance(flag(value), bool)
    assert count(value) >= 0
    shown_text(value).encode()
    moment(text(value))
    unix_moment(value)
