import pytest
from shared.books.series.sequence import (
    bounds,
    contains,
    is_range,
    is_whole,
    normalise,
    same_place,
    sort_key,
    whole_places,
)

WRITTEN = [
    ("01", "1"),
    ("2.50", "2.5"),
    ("0", "0"),
    ("#7", "7"),
    ("1 – 3", "1-3"),
    ("1 to 3", "1-3"),
    ("2-2", "2-2"),
    ("1984 AD", None),
    ("12345", None),
    ("", None),
    (None, None),
    ("II", None),
]


@pytest.mark.parametrize(("written", "read"), WRITTEN)
def test_a_place_reads_as_a_decimal_string_or_a_range(written: str | None, read: str | None) -> None:
    assert normalise(written) == read


@pytest.mark.parametrize(
    ("written", "read"), [("II", "2"), ("two", "2"), ("Twenty-One", "21"), ("third", "3"), ("12th", "12"), ("oz", None)]
)
def test_words_and_roman_numerals_are_numbers_only_if_requested(written: str, read: str | None) -> None:
    assert normalise(written, words=True) == read


def test_a_range_contains_the_places_between_its_ends() -> None:
    assert contains("1-3", "2.5")
    assert contains("2", "2")
    assert not contains("1-3", "4")
    assert not contains("1-3", None)


def test_a_range_needs_two_different_places() -> None:
    assert is_range("1-3")
    assert not is_range("2-2")
    assert not is_range("3")


def test_prequels_at_zero_and_novellas_are_not_whole_places() -> None:
    assert [place for place in ("0", "1", "2.5", "3", "1-3", None) if is_whole(place)] == ["1", "3"]


def test_a_range_covers_its_whole_places_up_to_a_limit() -> None:
    assert whole_places("1-3") == ("1", "2", "3")
    assert whole_places("0.5-2") == ("1", "2")
    assert whole_places("2.5") == ()
    assert whole_places("1-9999") == ()


def test_places_sort_by_number_with_unknown_last() -> None:
    assert sorted(["10", None, "2.5", "1-3", "1", "2"], key=sort_key) == ["1", "1-3", "2", "2.5", "10", None]


def test_unknown_places_are_not_the_same_place() -> None:
    assert same_place("01", "1")
    assert not same_place(None, None)
    assert bounds("x") is None
