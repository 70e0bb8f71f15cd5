"""Which values a person may give."""

from typing import Any

import pytest
from metadata.domain.entered_metadata import ByHand, differences, judge_entered
from metadata_builders import a_book
from pydantic import ValidationError
from shared.contracts.metadata.corrections import CorrectBook
from shared.contracts.metadata.entered_metadata import GivenMetadata, GivenPlace
from shared.contracts.values import SeriesPlace


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("isbn", "0-306-40615-2", "9780306406157"),
        ("asin", " b0oz000002 ", "B0OZ000002"),
        ("asin", "0306406152", "0306406152"),
        ("language", "en-US", "en-US"),
        ("published_year", "1904", "1904"),
        ("narrators", ["Phil Chenevert", "Phil Chenevert"], ["Phil Chenevert"]),
        ("series", [GivenPlace(name="Oz", sequence="2.5")], [SeriesPlace(name="Oz", sequence="2.5")]),
        ("series", [GivenPlace(name="Oz", sequence="1-3")], [SeriesPlace(name="Oz", sequence="1-3")]),
        ("series", None, []),
        ("subtitle", "  ", None),
        ("abridged", True, True),
        ("abridged", False, False),
        ("abridged", None, False),
    ],
)
def test_a_valid_value_is_normalized(field: Any, value: Any, written: Any) -> None:
    (judged,) = judge_entered({field: value}, 2026)
    assert (judged.ok, judged.value) == (True, written)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("isbn", "9780306406158", "check digit"),
        ("asin", "B0OZ", "not a valid ASIN"),
        ("asin", "9791234567896", "not a valid ASIN"),
        ("language", "Ozian", "not a known language"),
        ("published_year", "2029", "not a valid year"),
        ("published_year", "19040", "not a valid year"),
        ("published_year", "١٩٠٤", "not a valid year"),
        ("series", [GivenPlace(name="Oz", sequence="second")], "not a position"),
        ("series", ["Oz"], "list of series"),
        ("series", "Oz", "not a text"),
        ("narrators", "Tom Reed", "not a text"),
        ("narrators", [" "], "none of them empty"),
        ("title", None, "must not be empty"),
        ("title", ["Oz"], "not a list"),
        ("title", "O" * 501, "at most 500"),
        ("title", True, "not a mark"),
        ("narrators", True, "not a text or a mark"),
        ("abridged", "true", "true or false"),
        ("abridged", ["true"], "true or false"),
    ],
)
def test_an_invalid_value_is_reported_with_the_problem(field: Any, value: Any, words: str) -> None:
    (judged,) = judge_entered({field: value}, 2026)
    assert not judged.ok
    assert words in (judged.problem or "")


def test_only_a_different_value_is_a_change() -> None:
    values: Any = {"authors": ["L. Frank Baum"], "genres": ["Fantasy"], "subtitle": None, "publisher": "Reilly"}
    changes, unchanged = differences(a_book(), values, ByHand("kitchen tablet"))
    assert [(each.field, each.old, each.new) for each in changes] == [("publisher", "Emerald Audio", "Reilly")]
    assert unchanged == ["authors", "genres", "subtitle"]
    assert changes[0].reasons[0].words == "set by kitchen tablet"


def test_a_series_read_from_the_folder_is_not_set_yet() -> None:
    changes, unchanged = differences(
        a_book(series_evidence="its folder"), {"series": [SeriesPlace(name="Oz", sequence="2")]}, ByHand("x")
    )
    assert (len(changes), unchanged) == (1, [])


def test_a_position_read_from_the_folder_is_not_set_yet() -> None:
    named = [SeriesPlace(name="Oz", sequence=None)]
    book = a_book(series_evidence="its folder").model_copy(update={"series_in_abs": named})
    changes, _ = differences(book, {"series": [SeriesPlace(name="Oz", sequence="2")]}, ByHand("x"))
    assert [(each.old, each.new) for each in changes] == [(named, [SeriesPlace(name="Oz", sequence="2")])]


def test_a_field_left_out_differs_from_a_field_set_to_nothing() -> None:
    assert GivenMetadata.model_validate({"isbn": None, "genres": []}).entered() == {"isbn": None, "genres": []}


def test_places_and_names_survive_serialization() -> None:
    sent = CorrectBook(
        book_id=a_book().id, fields={"series": [GivenPlace(name="Oz")], "genres": ["Fantasy"]}, made_by="x"
    )
    assert CorrectBook.model_validate_json(sent.model_dump_json()) == sent


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", ""])
def test_a_text_with_a_control_character_is_rejected(text: str) -> None:
    for field, value in (("title", text), ("authors", [text]), ("series", [{"name": text}]), ("description", text)):
        with pytest.raises(ValidationError):
            GivenMetadata.model_validate({field: value})
