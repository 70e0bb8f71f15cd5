"""Dates of books in any form."""

from datetime import date
from typing import Any

import pytest
from metadata.adapters.providers.partial_dates import day_in, year_in


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("1904", 1904), ("1904-07", 1904), ("1904-07-05T00:00:00Z", 1904), ("July 5, 1904", 1904), ("c1904", 1904),
        ("[1904?]", 1904), ("05/07/1904", 1904), (1904, 1904), ("1904, reprinted 2001", None), ("soon", None),
        ("", None), (None, None), (True, None), (1.5, None), ("0000-00-00", None), ("2200-01-01", None), (-1, None),
        (1337040000000, None), ("978190412345", None), ("1904" * 100, None), (["1904"], None),
    ],
)  # fmt: skip
def test_the_year_is_the_only_one_that_is_named(value: Any, year: int | None) -> None:
    assert year_in(value) == year


@pytest.mark.parametrize(
    ("value", "day"),
    [("1904-07-05", date(1904, 7, 5)), ("1904-07-05T00:00:00Z", date(1904, 7, 5)), ("1904-07", None),
     ("1904-13-45", None), ("July 5, 1904", None), (19040705, None), (None, None)],
)  # fmt: skip
def test_a_day_is_only_read_from_a_whole_date(value: Any, day: date | None) -> None:
    assert day_in(value) == day
