"""Misleading entries cause no wrong change, and do not prevent right ones."""

from typing import Any

import pytest
from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.field_choice import choose
from metadata.domain.publishers import are_different_publishers
from metadata_builders import a_book, an_entry
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Confidence, SeriesPlace

WEIGHTS = {"AUDIBLE": 1.0, "HARDCOVER": 0.9}
UNKNOWN: dict[str, Any] = {
    "asin": None, "isbn": None, "publisher": None, "published_year": None, "description": None, "genres": [],
    "narrators": [], "language": None,
}  # fmt: skip
SILENT: dict[str, Any] = {
    "provider": "HARDCOVER",
    "asin": None,
    "narrators": [],
    "duration_minutes": None,
    "publisher": None,
}


def changes(book: Book, *entries: CataloguedWork, **how: bool) -> dict[FieldName, FieldValue]:
    judged = judge(of_book(book), entries)
    chosen = choose(book, judged, lambda source: WEIGHTS.get(source, 0.0), **({"fill_only": False} | how))
    return {each.field: each.new for each in chosen}


def places(*pairs: tuple[str, str]) -> list[SeriesPlace]:
    return [SeriesPlace(name=name, sequence=sequence) for name, sequence in pairs]


def in_print(**values: Any) -> CataloguedWork:
    return an_entry(**(SILENT | {"is_audio": False, "publisher": "Reilly & Britton", "published_year": 1904} | values))


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(in_print(isbn="9780306406157", asin="0306406152"), id="the printed book of the owned ISBN"),
        pytest.param(in_print(asin="B0OZ000002", isbn="9780060293239"), id="the e-book of the owned ASIN"),
    ],
)
def test_a_printed_book_fills_no_field_of_the_recording(entry: CataloguedWork) -> None:
    for name in ("asin", "isbn"):
        known = {"asin": "B0OZ000002", "isbn": "9780306406157", name: None}
        changed = changes(a_book(**known, publisher=None, published_year=None, language=None, narrators=[]), entry)
        assert changed == {}


def test_a_printed_book_fills_fields_of_the_work() -> None:
    changed = changes(a_book(description=None), in_print(isbn="9780306406157", description="A boy named Tip."))
    assert changed == {"description": "A boy named Tip."}


def test_the_only_edition_of_a_duration_is_not_matched_if_the_publisher_differs() -> None:
    book = a_book(**UNKNOWN | {"publisher": "LibriVox", "language": "English"})
    changed = changes(book, an_entry())
    assert changed.keys() == {"description", "genres"}
    named = changes(book.model_copy(update={"publisher": "Emerald Audiobooks Ltd"}), an_entry())
    assert (named["asin"], named["narrators"]) == ("B0OZ000002", ["Tom Reed"])


def test_a_printed_book_with_the_owned_isbn_gives_the_series() -> None:
    book = a_book(series=[], path="L. Frank Baum/Land")
    assert changes(book, in_print(isbn="9780306406157")) == {"series": places(("Oz", "2"))}
    assert changes(book, in_print(isbn="9780060293239")) == {}


@pytest.mark.parametrize(
    ("one", "other", "others"),
    [
        ("LibriVox", "Emerald Audio", True),
        ("Emerald", "Emerald Audio Ltd.", False),
        ("Emerald Audio", "Northgate Audio", True),
        ("Audible Studios", "Emerald", False),
        (None, "Emerald", False),
    ],
)
def test_two_publishers_are_distinguished_by_their_own_words(one: str | None, other: str | None, others: bool) -> None:
    assert are_different_publishers(one, other) is others


def test_two_languages_fill_nothing_if_the_owned_language_is_unknown() -> None:
    heidi: dict[str, Any] = {"title": "Heidi", "authors": ["Johanna Spyri"], "series": []}
    book = a_book(**UNKNOWN | heidi | {"path": "Johanna Spyri/Heidi", "duration_seconds": None})
    german = an_entry(**heidi, language="German", description="Ein Mädchen.", genres=["Kinderbuch"])
    english = an_entry(
        **SILENT | heidi | {"language": "English", "description": "A girl.", "genres": [], "duration_minutes": 610}
    )
    assert changes(book, german, english) == {}
    changed = changes(book.model_copy(update={"language": "en"}), german, english)
    assert changed["description"] == "A girl."
    assert "genres" not in changed


@pytest.mark.parametrize(
    "entry",
    [
        {"title": "The Marvelous Land of Oz: A Study Guide", "authors": ["Margin Notes"]},
        {"title": "Study Guide: The Marvelous Land of Oz"},
        {"title": "The Marvelous Land of Oz (Dramatized Adaptation)"},
        {"title": "The Wonderful Wizard of Oz & The Marvelous Land of Oz", "compilation": True},
        {"title": "The Oz Trilogy", "series": [SeriesPlace(name="Oz", sequence="1-3")]},
        {"title": "L. Frank Baum", "authors": ["The Marvelous Land of Oz"]},
    ],
)
def test_an_identifier_does_not_match_another_work(entry: dict[str, Any]) -> None:
    """The ASIN in the library is wrong, or the catalogue's is."""
    assert changes(a_book(publisher=None, description=None), an_entry(**entry)) == {}


def test_a_position_of_another_book_is_not_used() -> None:
    book = a_book(series=places(("Oz", "2")), path="L. Frank Baum/Land")
    copied = [an_entry(series=places(("Oz", "3"))), an_entry(**SILENT | {"series": places(("Oz", "3"))})]
    assert changes(book, *copied) == {"series": places(("Oz", "3"))}
    ozma = an_entry(title="Ozma of Oz", asin="B0OZ000003", series=places(("Oz", "3")))
    assert changes(book, *copied, ozma) == {}
    in_german = ozma.model_copy(update={"language": "German"})
    assert changes(book, *copied, in_german) == {"series": places(("Oz", "3"))}


def test_a_series_is_not_replaced_by_one_where_another_book_has_the_place() -> None:
    book = a_book(series=places(("Classics", "9")), path="L. Frank Baum/Land")
    copied = [an_entry(series=places(("Oz", "3"))), an_entry(**SILENT | {"series": places(("Oz", "3"))})]
    ozma = an_entry(title="Ozma of Oz", asin="B0OZ000003", series=places(("Oz", "3")))
    assert changes(book, *copied, ozma) == {}


def test_a_year_after_the_book_was_added_is_not_filled() -> None:
    assert changes(a_book(published_year=None), an_entry(published_year=2031)) == {}
    assert changes(a_book(published_year=None), an_entry(published_year=2012)) == {"published_year": "2012"}


@pytest.mark.parametrize("field", ["publisher", "series", "narrators", "description", "genres", "asin"])
def test_a_field_that_a_person_emptied_is_never_filled(field: str) -> None:
    book = a_book(
        metadata_source={field: "MANUAL"}, **{field: [] if field in ("series", "narrators", "genres") else None}
    )
    assert field not in changes(book, an_entry(), an_entry(**SILENT | {"asin": "B0OZ000002"}))


def test_empty_answers_change_nothing() -> None:
    empty = an_entry(
        narrators=[], authors=[], series=[], publisher=None, published_year=None, language=None, description=None,
        genres=[],
    )  # fmt: skip
    assert changes(a_book(publisher=None, description=None, narrators=[]), empty) == {}
    assert changes(a_book(publisher=None)) == {}


def a_volume(place: str, **changes: Any) -> CataloguedWork:
    """One of the volumes of a series whose titles are hardly more than the name of the series."""
    values: dict[str, Any] = {
        "title": "The Salt Warden" if place == "1" else f"The Salt Warden {place}: A Coastal Adventure",
        "series": [SeriesPlace(name="The Salt Warden", sequence=place)],
        "asin": f"B0SALT000{place}",
        "narrators": ["Tom Reed"],
        "duration_minutes": 900 if place == "1" else 905,
    }
    return an_entry(**(values | changes))


@pytest.mark.parametrize(
    "series",
    [
        pytest.param([SeriesPlace(name="The Salt Warden", sequence="1")], id="its place is known"),
        pytest.param([], id="its place is not known"),
    ],
)
@pytest.mark.parametrize("title_of_sixth", ["The Salt Warden 6: A Coastal Adventure", "The Salt Warden"])
def test_another_volume_with_the_same_duration_and_narrator_is_another_work(
    series: list[SeriesPlace], title_of_sixth: str
) -> None:
    book = a_book(
        title="The Salt Warden", series=series, asin=None, isbn=None, duration_seconds=900 * 60.0, path="Salt Warden"
    )
    first, sixth = a_volume("1"), a_volume("6", title=title_of_sixth)
    judged = {each.entry.id: each for each in judge(of_book(book), [sixth, first])}
    assert judged[sixth.id].confidence is Confidence.UNMATCHED
    chosen = choose(book, list(judged.values()), lambda source: 1.0, fill_only=False)
    assert {each.field: each.new for each in chosen}["asin"] == "B0SALT0001"


def test_of_two_contradicting_volumes_the_nearer_one_is_used() -> None:
    book = a_book(
        title="Harbour Watch", series=[], asin=None, isbn=None, duration_seconds=900 * 60.0, path="Harbour Watch"
    )
    first = a_volume("1", title="Harbour Watch")
    second = a_volume("2", title="Harbour Watchers")
    judged = judge(of_book(book), [second, first])
    assert [each.same_work for each in judged] == [True, True]
    chosen = choose(book, judged, lambda source: 1.0, fill_only=False)
    assert {each.field: each.new for each in chosen}["asin"] == "B0SALT0001"


@pytest.mark.parametrize("values", [{"is_audio": None}, {"is_audio": True}, {"isbn": "9780306406157"}])
def test_a_record_without_details_of_a_recording_gives_no_publisher_and_no_year(values: dict[str, Any]) -> None:
    entry = an_entry(**(SILENT | {"is_audio": None, "publisher": "George Newnes", "published_year": 1904} | values))
    book = a_book(publisher=None, published_year=None, narrators=[], duration_seconds=None, asin=None)
    assert not {"publisher", "published_year"} & set(changes(book, entry))
