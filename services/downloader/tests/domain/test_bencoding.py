"""The decoder of bencoding."""

from typing import Any

import pytest
from downloader.domain.bencoding import MAX_VALUES, NotBencoded, decode
from hypothesis import given
from hypothesis import strategies as st
from shared.testing.work import function_calls

from .torrent_bytes import bencoded

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.integers(-(10**20), 10**20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.binary(max_size=3), inner, max_size=3),
    max_leaves=8,
)
CALLS_PER_BYTE = 10


@given(VALUES)
def test_what_was_encoded_is_decoded(value: Any) -> None:
    assert decode(bencoded(value), b"info")[0] == value


@given(st.dictionaries(st.binary(max_size=3), VALUES, min_size=1))
def test_the_original_bytes_of_an_entry_are_returned(value: dict[bytes, Any]) -> None:
    for key, inner in value.items():
        assert decode(bencoded(value) + b"rest", key) == (value, bencoded(inner))


@given(st.dictionaries(st.binary(max_size=3), VALUES), st.data())
def test_an_incomplete_value_is_refused(value: dict[bytes, Any], data: st.DataObject) -> None:
    content = bencoded(value)

    with pytest.raises(NotBencoded):
        decode(content[: data.draw(st.integers(0, len(content) - 1))], b"info")


@pytest.mark.parametrize(
    "content",
    [
        b"i07e",
        b"i-0e",
        b"i-e",
        b"ie",
        b"i1",
        b"i" + b"9" * 31 + b"e",
        b"01:a",
        b"-1:a",
        b"1a",
        b"9999999999:a",
        b"di1ei2ee",
    ],
)
def test_a_number_or_a_length_that_is_not_valid_is_refused(content: bytes) -> None:
    with pytest.raises(NotBencoded):
        decode(content, b"info")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"d1:ai1e1:bi2e1:ai3ee", "twice"),
        (b"l" * 1000, "too deeply"),
        (b"d1:a" * 1000, "too deeply"),
        (b"l" + b"le" * MAX_VALUES + b"e", "more than 100000 values"),
        (b"l" + b"0:" * MAX_VALUES + b"e", "more than 100000 values"),
    ],
)
def test_a_value_beyond_the_limits_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(NotBencoded, match=why):
        decode(content, b"info")


@pytest.mark.parametrize(
    "content", [b"l" + b"le" * 5000 + b"e", b"l" + b"d1:aldeee" * 1000 + b"e", b"l" + b"i1e" * 5000]
)
def test_the_work_grows_with_the_bytes_and_not_faster(content: bytes) -> None:
    def work() -> None:
        try:
            decode(content, b"info")
        except NotBencoded:
            return

    assert function_calls(work) < CALLS_PER_BYTE * len(content)
