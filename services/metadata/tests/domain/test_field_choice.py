"""Which fields of a book are changed."""

from typing import Any

import pytest
from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.field_choice import choose
from metadata_builders import a_book, an_entry
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

WEIGHTS = {"AUDIBLE": 1.0, "HARDCOVER": 0.9}


def changes(book: Book, *entries: CataloguedWork, **how: bool) -> dict[FieldName, FieldValue]:
    judged = judge(of_book(book), entries)
    chosen = choose(book, judged, lambda source: WEIGHTS.get(source, 0.0), **({"fill_only": False} | how))
    return {each.field: each.new for each in chosen}


def place(sequence: str | None, name: str = "Oz") -> SeriesPlace:
    return SeriesPlace(name=name, sequence=sequence)


def hardcover(**values: Any) -> CataloguedWork:
    """Hardcover's entry for the work: an audiobook without narrator and duration."""
    silent: dict[str, Any] = {
        "provider": "HARDCOVER",
        "asin": None,
        "narrators": [],
        "duration_minutes": None,
        "publisher": None,
    }
    return an_entry(**(silent | values))


def test_a_complete_book_that_all_agree_with_is_not_changed() -> None:
    assert changes(a_book(), an_entry(publisher="Another House", published_year=2012), hardcover()) == {}


@pytest.mark.parametrize(
    ("field", "filled"),
    [
        ("asin", "B0OZ000002"), ("narrators", ["Tom Reed"]), ("publisher", "Emerald Audio"),
        ("published_year", "1904"), ("language", "English"), ("description", "A boy named Tip."),
        ("genres", ["Fantasy"]), ("authors", ["L. Frank Baum"]),
    ],
)  # fmt: skip
def test_an_empty_field_is_filled_from_the_same_edition(field: str, filled: Any) -> None:
    empty: list[Any] | None = [] if isinstance(filled, list) else None
    assert changes(a_book(**{field: empty}), an_entry()) == {field: filled}


def test_a_book_is_marked_as_abridged_if_its_edition_of_the_same_duration_is() -> None:
    assert changes(a_book(), an_entry(abridged=True)) == {"abridged": True}


@pytest.mark.parametrize(
    ("book", "entry", "other"),
    [
        ({}, {"abridged": True, "duration_minutes": 290}, {}),
        ({}, {"abridged": True, "duration_minutes": None}, {}),
        ({}, {"abridged": True, "asin": "B0OTHER001"}, {}),
        ({"asin": None}, {"abridged": True}, {}),
        ({}, {"abridged": True}, {"abridged": False}),
        ({"locked_fields": ["abridged"]}, {"abridged": True}, {}),
        ({"abridged": True}, {"abridged": False}, {}),
        ({"abridged": True}, {"abridged": True}, {"abridged": False}),
        ({"abridged": True}, {}, {}),
    ],
)
def test_a_mark_is_never_set_on_less_and_never_removed(
    book: dict[str, Any], entry: dict[str, Any], other: dict[str, Any]
) -> None:
    second = an_entry(provider="CUSTOM", id="CUSTOM:1", **other)
    assert "abridged" not in changes(a_book(**book), an_entry(**entry), second)


@pytest.mark.parametrize("field", ["asin", "narrators", "publisher", "published_year", "language", "isbn", "series"])
def test_another_edition_fills_nothing_that_differs_between_editions(field: str) -> None:
    book = a_book(asin=None, isbn=None) if field in ("asin", "isbn") else a_book(asin=None, isbn=None, publisher=None)
    other = an_entry(narrators=["Maud Ellery"], duration_minutes=340, asin="B0OTHER001", isbn="9780306406157")
    assert field not in changes(book, other)


def test_the_only_listed_audiobook_gives_its_isbn() -> None:
    assert changes(a_book(isbn=None), an_entry(), hardcover(isbn="9780306406157")) == {"isbn": "9780306406157"}


def test_an_isbn_is_not_used_if_another_edition_is_listed_too() -> None:
    second = an_entry(asin="B0OTHER001", narrators=["Maud Ellery"], duration_minutes=340)
    assert changes(a_book(isbn=None), an_entry(), second, hardcover(isbn="9780306406157")) == {}


def test_an_isbn_of_a_printed_book_is_not_used() -> None:
    assert changes(a_book(isbn=None), an_entry(), hardcover(isbn="9780306406157", is_audio=False)) == {}


def test_a_field_that_a_person_emptied_stays_empty() -> None:
    assert changes(a_book(publisher=None, metadata_source={"publisher": "MANUAL"}), an_entry()) == {}


def test_contradicting_identifiers_of_one_edition_fill_nothing() -> None:
    book = a_book(asin=None, isbn=None)
    assert "asin" not in changes(book, an_entry(asin="B0OZ0000A1"), an_entry(asin="B0OZ0000A2"))


def test_a_subtitle_that_the_title_contains_is_not_filled() -> None:
    book = a_book(title="The Marvelous Land of Oz: A Sequel")
    assert changes(book, an_entry(subtitle="A Sequel")) == {}


@pytest.mark.parametrize(
    ("owned", "folder", "audible", "listed", "filled"),
    [
        pytest.param([], "Oz/Land", ["2"], ["2"], [place("2")], id="listed by both"),
        pytest.param([], "Oz/Land", ["2"], [], [place("2")], id="listed with the edition"),
        pytest.param([], "L. Frank Baum/Land", ["2"], ["3"], None, id="listed at two places"),
        pytest.param([], "L. Frank Baum/Oz/02 - Land", ["2"], ["3"], [place("2")], id="the folder decides"),
        pytest.param([], "L. Frank Baum/Oz/07 - Land", ["2"], ["2"], [place("2")], id="two against the folder"),
        pytest.param([], "L. Frank Baum/Oz/07 - Land", ["2"], [], None, id="one against the folder"),
        pytest.param([place(None)], "Oz/Land", ["2"], ["2"], [place("2")], id="the place alone is missing"),
        pytest.param([place("7")], "L. Frank Baum/Land", ["2"], ["2"], [place("2")], id="both against the library"),
        pytest.param([place("7")], "L. Frank Baum/Land", ["2"], [], None, id="one against the library"),
        pytest.param([place("7")], "L. Frank Baum/Land", ["2"], ["7"], None, id="one agrees with the library"),
        pytest.param([place("7")], "L. Frank Baum/Oz/02 - Land", ["2"], [], [place("2")], id="one and the folder"),
        pytest.param([place("9", "Classics")], "L. Frank Baum/Land", ["2"], ["2"], [place("2")], id="unknown series"),
        pytest.param([place("9", "Classics")], "L. Frank Baum/Land", ["2"], [], None, id="unknown series, one voice"),
        pytest.param(
            [place("2"), place("9", "Classics")], "L. Frank Baum/Land", ["2"], ["2"], None, id="in two series"
        ),
    ],
)
def test_a_series_is_changed_only_when_enough_sources_agree(
    owned: list[SeriesPlace], folder: str, audible: list[str], listed: list[str], filled: list[SeriesPlace] | None
) -> None:
    book = a_book(series=owned, path=folder)
    entries = [an_entry(series=[place(each) for each in audible])]
    entries.append(hardcover(series=[place(each) for each in listed]))
    assert changes(book, *entries) == ({"series": filled} if filled else {})


def test_an_existing_position_is_kept_when_only_filling() -> None:
    book = a_book(series=[place("7")], path="L. Frank Baum/Oz/02 - The Marvelous Land of Oz")
    assert changes(book, an_entry(), hardcover(), fill_only=True) == {}


def test_a_series_read_from_the_texts_counts_as_empty() -> None:
    book = a_book(series_evidence="folder")
    (change,) = choose(book, judge(of_book(book), [an_entry()]), lambda _: 1.0, fill_only=True)
    assert (change.field, change.old, change.new) == ("series", [], [place("2")])


def test_a_position_confirmed_by_related_books_supports_one_provider() -> None:
    named = [place("7")]
    alone = a_book(series=named, path="L. Frank Baum/Land")
    assert changes(alone, an_entry(series=[place("2")])) == {}
    book = a_book(series=[place("2")], series_evidence="siblings", path="L. Frank Baum/Land")
    book = book.model_copy(update={"series_in_abs": named})
    assert changes(book, an_entry(series=[place("2")])) == {"series": [place("2")]}


def test_of_two_series_the_one_that_both_providers_list_is_filled() -> None:
    both = [place("4", "Psmith"), place("2", "Blandings")]
    book = a_book(series=[], path="L. Frank Baum/Land")
    changed = changes(book, an_entry(series=both[1:]), hardcover(series=both))
    assert changed == {"series": [place("2", "Blandings")]}


def test_two_providers_with_different_series_fill_none() -> None:
    book = a_book(series=[], path="L. Frank Baum/Land", asin="B0OZ000002")
    changed = changes(
        book, an_entry(series=[place("2")]), hardcover(series=[place("1", "Emerald City")], asin="B0OZ000002")
    )
    assert changed == {}


def test_a_missing_contradiction_proves_nothing_while_a_provider_is_unavailable() -> None:
    book = a_book(isbn=None, publisher=None, series=[], path="L. Frank Baum/Land")
    changed = changes(book, an_entry(), hardcover(isbn="9780306406157", series=[]), all_answered=False)
    assert changed == {"publisher": "Emerald Audio"}


@pytest.mark.parametrize(("all_answered", "filled"), [(True, True), (False, False)])
def test_an_edition_is_matched_by_duration_alone_only_if_all_providers_answered(
    all_answered: bool, filled: bool
) -> None:
    book = a_book(asin=None, isbn=None, narrators=[], description=None)
    changed = changes(book, an_entry(), all_answered=all_answered)
    assert ("asin" in changed, "narrators" in changed) == (filled, filled)
    assert changed["description"] == "A boy named Tip."


def test_authors_are_filled_from_another_edition_if_all_name_the_same_person() -> None:
    name = "the marvelous land of oz l frank baum"
    book = a_book(title=name, path=name, authors=[], series=[], asin=None, isbn=None)
    other = an_entry(narrators=["Maud Ellery"], duration_minutes=340, asin="B0OTHER001", series=[])
    assert changes(book, other, hardcover(series=[]))["authors"] == ["L. Frank Baum"]
    namesake = hardcover(series=[], authors=["Frank Baum", "Ada Ashgrove"], id="HARDCOVER:2")
    assert changes(book, other, namesake)["authors"] == ["L. Frank Baum"], "a second author is no other person"


def test_a_book_with_only_a_title_gets_no_author() -> None:
    book = a_book(title="Victory", path="Victory", authors=[], narrators=[], series=[], asin=None, isbn=None)
    entries = [
        an_entry(title="Victory", authors=[author], series=[], asin=None, narrators=["Maud Ellery"],
                 duration_minutes=minutes)
        for author, minutes in (("Joseph Conrad", 700), ("Julian Hartwell", 420))
    ]  # fmt: skip
    assert "authors" not in changes(book, *entries)
