"""Whether an owned and a listed book agree in series, author and year."""

from dataclasses import replace
from datetime import date

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.agreement import Agreement, agreement
from shared.books.matching.folded import folded

OWNED = BookDescription(
    title="Ozma of Oz", authors=("L. Frank Baum",), series=(SeriesPlace("Oz", "3"),), published_year=1907
)


def compared(listed: BookDescription, owned: BookDescription = OWNED) -> Agreement:
    return agreement(owned, folded(owned), listed, folded(listed))


@pytest.mark.parametrize(
    ("listed", "series", "author", "year"),
    [
        ({}, True, True, True),
        ({"series": (SeriesPlace("The Oz Series", "3"),)}, True, True, True),
        ({"series": (SeriesPlace("Oz", "4"),)}, False, True, True),
        ({"series": (SeriesPlace("Oz", None),)}, None, True, True),
        ({"series": (SeriesPlace("Green Lamp", "3"),)}, False, True, True),
        ({"series": ()}, None, True, True),
        ({"authors": ("Baum, L. Frank",)}, True, True, True),
        ({"authors": ("Ada Ashgrove",)}, True, False, True),
        ({"authors": ()}, True, None, True),
        ({"published_year": 1908}, True, True, True),
        ({"published_year": 1987}, True, True, False),
        ({"published_year": None}, True, True, None),
        ({"published_year": None, "published": date(1907, 7, 30)}, True, True, True),
    ],
)
def test_each_part_agrees_contradicts_or_is_unknown(
    listed: dict[str, object], series: bool | None, author: bool | None, year: bool | None
) -> None:
    found = compared(replace(OWNED, **listed))  # type: ignore[arg-type]
    assert (found.series, found.author, found.year) == (series, author, year)
    assert found.complete is (series is True and author is True and year is True)


def test_two_books_without_a_series_agree_in_author_and_year() -> None:
    alone = BookDescription(title="The Paper Moon", authors=("Ada Ashgrove",), published_year=1983)
    assert compared(alone, alone).complete
    assert not compared(replace(alone, series=(SeriesPlace("Green Lamp", "2"),)), alone).complete


def test_the_reasons_have_the_values_of_both_sides() -> None:
    found = compared(replace(OWNED, published_year=1987, authors=()))
    assert [(each.rule, each.words, each.weight) for each in found.reasons] == [
        ("series", "series owned: oz 3; listed: oz 3", 1.0),
        ("author", "author owned: L. Frank Baum; listed: unknown", 0.0),
        ("year", "year owned: 1907; listed: 1987", -1.0),
    ]
