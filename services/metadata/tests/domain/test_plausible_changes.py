"""Which changes are proposed because they are plausible but not sure."""

from typing import Any

import pytest
from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.field_choice import choose
from metadata.domain.plausible_changes import PlausibleChange, plausible_changes
from metadata_builders import a_book, an_entry
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Confidence, SeriesPlace

UNKNOWN_RECORDING: dict[str, Any] = {"asin": None, "isbn": None, "narrators": [], "duration_seconds": None}
"""A book whose recording nothing identifies."""


def weight_of(provider: str) -> float:
    return {"AUDIBLE": 1.0, "HARDCOVER": 0.9}.get(provider, 0.0)


def proposed(book: Book, *entries: CataloguedWork) -> dict[str, PlausibleChange]:
    judged = judge(of_book(book), entries)
    sure = choose(book, judged, weight_of, fill_only=False)
    return {each.change.field: each for each in plausible_changes(book, judged, sure, weight_of)}


def values(book: Book, *entries: CataloguedWork) -> dict[str, Any]:
    return {name: each.change.new for name, each in proposed(book, *entries).items()}


def hardcover(**changes: Any) -> CataloguedWork:
    """Hardcover's entry for the work: an audiobook without narrator and duration."""
    silent: dict[str, Any] = {"provider": "HARDCOVER", "asin": None, "narrators": [], "duration_minutes": None}
    return an_entry(**(silent | changes))


def test_the_only_recording_proposes_its_narrators_and_asin() -> None:
    found = proposed(a_book(**UNKNOWN_RECORDING), an_entry(isbn="9780306406157"))
    assert {name: each.change.new for name, each in found.items()} == {
        "asin": "B0OZ000002",
        "narrators": ["Tom Reed"],
    }
    assert {(each.change.confidence, each.score) for each in found.values()} == {(Confidence.MEDIUM, 0.7)}
    assert found["asin"].change.reasons[0].words == "AUDIBLE"


def test_recordings_that_contradict_each_other_propose_the_heavier_value_with_low_confidence() -> None:
    other = hardcover(narrators=["Maud Ellery"], asin="B0OTHER001")
    found = proposed(a_book(**UNKNOWN_RECORDING), an_entry(), other)
    assert found["narrators"].change.new == ["Tom Reed"]
    assert (found["narrators"].change.confidence, found["narrators"].score) == (Confidence.LOW, 0.368)
    assert [each.rule for each in found["narrators"].change.reasons][:2] == ["listed by", "another value"]


def test_values_of_equal_weight_propose_nothing() -> None:
    second = an_entry(narrators=["Maud Ellery"], asin="B0OTHER001")
    assert "narrators" not in values(a_book(**UNKNOWN_RECORDING), an_entry(), second)


@pytest.mark.parametrize(
    "entry",
    [
        an_entry(abridged=True),
        an_entry(language="German"),
        an_entry(is_audio=False, series=[]),
        an_entry(title="Ozma of Oz", series=[SeriesPlace(name="Oz", sequence="3")]),
    ],
    ids=["abridged", "translated", "printed", "another volume"],
)
def test_another_form_and_another_book_propose_nothing(entry: CataloguedWork) -> None:
    assert proposed(a_book(**UNKNOWN_RECORDING), entry) == {}


def test_a_recording_by_another_narrator_proposes_nothing() -> None:
    other = an_entry(narrators=["Maud Ellery"], duration_minutes=340, asin="B0OTHER001")
    assert proposed(a_book(asin=None, isbn=None, publisher=None, published_year=None), other) == {}


def test_what_another_recording_lists_is_not_proposed_for_the_owned_one() -> None:
    other = an_entry(narrators=["Maud Ellery"], duration_minutes=340, asin="B0OTHER001", isbn="9780306406157")
    book = a_book(asin=None, isbn=None, publisher=None)
    assert values(book, other, hardcover(isbn="9780306406157")) == {}
    assert values(book, other, hardcover(isbn="9780060293239")) == {"isbn": "9780060293239"}


def test_translations_of_unknown_language_propose_nothing_about_the_recording() -> None:
    book = a_book(**UNKNOWN_RECORDING, language=None, series=[])
    assert "narrators" not in values(book, an_entry(), hardcover(language="German", narrators=["Ulrich Tannhoff"]))


def test_a_field_that_a_person_set_or_locked_is_not_proposed() -> None:
    book = a_book(**UNKNOWN_RECORDING, metadata_source={"asin": "MANUAL"}, locked_fields=["narrators"])
    assert proposed(book, an_entry()) == {}


def test_a_field_that_is_corrected_is_not_proposed_too() -> None:
    assert proposed(a_book(asin=None, publisher=None), an_entry()) == {}


def test_the_series_of_one_provider_is_proposed_for_a_book_without_one() -> None:
    book = a_book(**UNKNOWN_RECORDING, series=[], path="Baum/The Marvelous Land of Oz")
    found = proposed(book, an_entry())["series"]
    assert found.change.new == [SeriesPlace(name="Oz", sequence="2")]
    assert found.change.confidence is Confidence.MEDIUM


def test_two_different_series_propose_neither() -> None:
    book = a_book(**UNKNOWN_RECORDING, series=[], path="Baum/The Marvelous Land of Oz")
    other = hardcover(series=[SeriesPlace(name="Famous Oz Books", sequence="2")])
    assert "series" not in values(book, an_entry(), other)


def test_another_position_is_proposed_if_no_source_agrees_with_the_present_one() -> None:
    book = a_book(series=[SeriesPlace(name="Oz", sequence="7")], path="Baum/The Marvelous Land of Oz")
    found = proposed(book, an_entry())["series"]
    assert found.change.new == [SeriesPlace(name="Oz", sequence="2")]
    assert "series" not in values(book, an_entry(), hardcover(series=[SeriesPlace(name="Oz", sequence="7")]))
    in_folder = book.model_copy(update={"path": "L. Frank Baum/Oz/07 - The Marvelous Land of Oz"})
    assert "series" not in values(in_folder, an_entry())


def test_a_position_that_another_audiobook_has_is_not_proposed() -> None:
    book = a_book(series=[SeriesPlace(name="Oz", sequence="7")], path="Baum/The Marvelous Land of Oz")
    second = an_entry(title="The Second Book of Oz", asin="B0OTHER001", narrators=["Maud Ellery"], duration_minutes=90)
    assert "series" not in values(book, an_entry(), second)


def test_a_series_that_no_source_knows_is_replaced_only_by_that_of_the_owned_edition() -> None:
    book = a_book(series=[SeriesPlace(name="Emerald Tales", sequence="1")], path="Baum/The Marvelous Land of Oz")
    found = proposed(book, an_entry())["series"]
    assert (found.change.new, found.change.confidence) == ([SeriesPlace(name="Oz", sequence="2")], Confidence.LOW)
    assert "series" not in values(book.model_copy(update=UNKNOWN_RECORDING), an_entry())


def test_a_book_in_several_series_gets_no_proposal_of_a_series() -> None:
    two = [SeriesPlace(name="Oz", sequence="7"), SeriesPlace(name="Tales", sequence="1")]
    assert "series" not in values(a_book(series=two), an_entry())
