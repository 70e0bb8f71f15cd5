"""The index must not change what a condition selects."""

from typing import Any

import pytest
from sandbox.providers.hardcover.rows import Rows
from sandbox.providers.hardcover.selection import select
from sandbox.providers.hardcover.value_index import ValueIndex
from sandbox.testing import a_record

TITLES = ("Ozma of Oz", "The Road to Oz", "Rinkitink in Oz", "Sky Island")
ROWS = Rows(
    a_record(id=str(number), title=title, series=[{"name": "Oz" if "Oz" in title else "Trot"}], popularity=number)
    for number, title in enumerate(TITLES, 1)
)
OZ, TROT = (row["id"] for row in sorted(ROWS.all("series"), key=lambda row: row["name"]))


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"id": {"_in": [4, 2, 2, 99]}}, 2),
        ({"book_series": {"series_id": {"_in": [OZ]}}, "canonical_id": {"_is_null": True}}, 3),
        ({"book_series": {"series": {"id": {"_in": [OZ, TROT]}}}, "id": {"_in": [1, 4]}}, 2),
        ({"book_series": {"series_id": {"_in": []}}}, 0),
        ({"subtitle": {"_in": ["none has this"]}}, 0),
        ({"_or": [{"id": {"_in": [1]}}, {"title": {"_eq": "Sky Island"}}]}, 2),
        ({"_not": {"id": {"_in": [1]}}}, 3),
        ({}, 4),
    ],
)
def test_a_condition_selects_the_same_rows_with_the_index_and_without(where: dict[str, Any], count: int) -> None:
    every, index = ROWS.all("books"), ValueIndex(ROWS.all("books"))
    selected = select(every, {"where": where})
    assert len(selected) == count
    assert select(index.candidates(where), {"where": where}) == selected


def test_only_the_rows_with_a_wanted_value_are_compared() -> None:
    index = ValueIndex(ROWS.all("books"))
    assert [row["id"] for row in index.candidates({"id": {"_in": [2, 3]}})] == [3, 2]
