"""When a value of a metadata field is empty, when two are the same, and what the library stores."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import display_text, is_empty, same_value, set_by_person, stored_value
from shared.contracts.values import SeriesPlace


def place(name: str, sequence: str | None = None) -> SeriesPlace:
    return SeriesPlace(name=name, sequence=sequence)


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("title", "Kim", "Kim", True),
        ("title", "Kim", " Kim ", True),
        ("title", "Kim", "KIM", False),
        ("subtitle", None, "  ", True),
        ("subtitle", None, "A Novel", False),
        ("authors", [], None, True),
        ("authors", [], [" "], True),
        ("authors", ["Ann Lee", "Bo Ray"], ["Bo Ray ", "Ann Lee"], True),
        ("authors", ["Ann Lee"], ["Ann Lee", "Bo Ray"], False),
        ("authors", ["Ann Lee"], ["ann lee"], False),
        ("narrators", ["Ann Lee", "Bo Ray"], ["Bo Ray", "Ann Lee"], False),
        ("narrators", [" Ann Lee"], ["Ann Lee"], True),
        ("genres", ["Fantasy", "Classics"], ["Classics", "Fantasy"], True),
        ("series", [place("Oz", "1")], [place(" Oz ", "1 ")], True),
        ("series", [place("Oz", "1")], [place("Oz", "01")], False),
        ("series", [place("Oz", "")], [place("Oz")], True),
        ("series", [place("Oz", "1"), place("Ix")], [place("Ix"), place("Oz", "1")], True),
        ("series", [place("Oz"), place("Oz", "1")], [place("Oz", "1"), place("Oz")], True),
        ("series", [place(" ")], [], True),
        ("series", [place("Oz")], [], False),
        ("abridged", True, True, True),
        ("abridged", True, False, False),
        ("abridged", None, False, True),
    ],
)
def test_two_values_of_a_field_are_the_same(field: Any, one: Any, other: Any, same: bool) -> None:
    assert same_value(field, one, other) is same
    assert same_value(field, other, one) is same


@pytest.mark.parametrize(
    ("value", "empty"),
    [
        (None, True), (False, True), ("", True), (" \t", True), ([], True), ([""], True), ([place(" ", "1")], True),
        (True, False), ("x", False), (["x"], False), ([place("Oz")], False), (["", "x"], False),
    ],
)  # fmt: skip
def test_a_blank_value_is_empty(value: Any, empty: bool) -> None:
    assert is_empty(value) is empty


@pytest.mark.parametrize(
    ("evidence", "stored"), [(None, [place("Oz", "1")]), ("the folder name begins with 1", [place("Oz")])]
)
def test_a_series_that_was_read_from_the_texts_is_not_stored(evidence: str | None, stored: list[SeriesPlace]) -> None:
    book = a_book(series=[place("Oz", "1")], series_evidence=evidence, series_in_abs=[place("Oz")] if evidence else [])
    assert stored_value(book, "series") == stored


def test_a_field_that_a_person_emptied_is_still_theirs() -> None:
    book = a_book(publisher=None, metadata_source={"publisher": "MANUAL", "title": "ABS"})
    assert (set_by_person(book, "publisher"), set_by_person(book, "title"), set_by_person(book, "asin")) == (
        True, False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "nothing"), ([], "nothing"), ("Kim", "Kim"), (["A", "B"], "A, B"), ([place("Oz", "1")], "Oz #1")],
)
def test_a_value_is_displayed_as_text(value: Any, text: str) -> None:
    assert display_text(value) == text


def a_book(**values: Any) -> Book:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Book.model_validate({"id": uuid4(), "title": "Kim", "path": "", "added_at": now, "updated_at": now} | values)
