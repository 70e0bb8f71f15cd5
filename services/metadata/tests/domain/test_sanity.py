"""Which values of providers make sense, and what is left of them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.field_choice import choose
from metadata.domain.letter_case import without_shouting
from metadata.domain.sanity import Sanity
from metadata_builders import a_book, an_entry
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork

WEIGHTS = {"AUDIBLE": 1.0, "HARDCOVER": 0.9, "GOODREADS": 0.8}


def sane(name: FieldName, value: FieldValue, **entry: Any) -> FieldValue:
    """The value that is left of one provider's value for the book in Oz."""
    work = an_entry(**entry)
    return Sanity(a_book(), [work]).sane(name, work, value)


def changes(book: Book, *entries: CataloguedWork) -> dict[FieldName, FieldValue]:
    judged = judge(of_book(book), entries)
    chosen = choose(book, judged, lambda source: WEIGHTS.get(source, 0.0), fill_only=False)
    return {each.field: each.new for each in chosen}


@pytest.mark.parametrize(
    ("year", "left"),
    [("1904", "1904"), ("1399", None), ("0001", None), ("20", None), ("2024", None), ("2023", "2023"), ("19o4", None)],
)
def test_a_year_is_between_the_first_printed_books_and_the_day_the_book_was_added(year: str, left: str | None) -> None:
    assert a_book().added_at == datetime(2023, 1, 1, tzinfo=UTC)
    assert sane("published_year", year) == left


@pytest.mark.parametrize(
    ("language", "left"),
    [
        ("English", "English"), ("en", "English"), ("eng", "English"), ("en-US", "English"), ("de_DE", "German"),
        ("Deutsch", "Deutsch"), ("Klingon", None), ("unknown", None), ("<b>English</b>", "English"),
    ],
)  # fmt: skip
def test_a_language_is_known_and_a_code_becomes_its_name(language: str, left: str | None) -> None:
    assert sane("language", language) == left


@pytest.mark.parametrize(
    ("subtitle", "left"),
    [
        ("A Tale of the Year 802,701", "A Tale of the Year 802,701"),
        ("The Return of She", "The Return of She"),
        ("Unabridged", None),
        ("(Unabridged)", None),
        ("[Audiobook]", None),
        ("Oz, Book 2", None),
        ("Book 2 of Oz", None),
        ("The Oz Series", None),
        ("Emerald Legends, Volume 4", None),
        ("The Marvelous Land of Oz", None),
        ("A HISTORY OF THE WINKIE WARS", "A History of the Winkie Wars"),
        ("A <i>True</i> History &amp; a Fable", "A True History & a Fable"),
        ("x" * 501, None),
    ],
)
def test_a_subtitle_is_neither_a_mark_nor_the_series_nor_the_title(subtitle: str, left: str | None) -> None:
    assert sane("subtitle", subtitle) == left


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("The Marvelous Land of Oz (Unabridged)", "The Marvelous Land of Oz"),
        ("The Marvelous Land of Oz [Audiobook]", "The Marvelous Land of Oz"),
        ("THE MARVELOUS LAND OF OZ", "The Marvelous Land of Oz"),
        ("Unknown Title", None),
    ],
)
def test_a_title_has_no_marks_of_releases_and_no_capitals(title: str, left: str | None) -> None:
    assert sane("title", title) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("J. R. R. TOLKIEN", "J. R. R. Tolkien"),
        ("PATRICK O'BRIAN", "Patrick O'Brian"),
        ("HENRY VI PART II", "Henry VI Part II"),
        ("JEAN-JACQUES DE LA TOUR", "Jean-Jacques de la Tour"),
        ("THE CAT'S CRADLE", "The Cat's Cradle"),
        ("BBC", "BBC"),
        ("SPQR", "SPQR"),
        ("NASA ESA", "NASA ESA"),
        ("Émile ZOLA", "Émile ZOLA"),
    ],
)
def test_capitals_are_written_as_a_title(text: str, left: str) -> None:
    assert without_shouting(text) == left


@pytest.mark.parametrize(
    "authors", [["Emerald Audio"], ["Audible Studios"], ["LibriVox Volunteers"], ["Unknown Author"], ["N/A"], [" "]]
)
def test_a_publisher_or_a_placeholder_is_no_author(authors: list[str]) -> None:
    assert sane("authors", authors) == []
    assert sane("authors", ["L. Frank Baum", *authors]) == ["L. Frank Baum"]


def test_a_narrator_is_no_author_if_another_provider_contradicts() -> None:
    wrong = an_entry(authors=["Tom Reed", "L. Frank Baum"])
    right = an_entry(provider="HARDCOVER", narrators=[])
    book = a_book()
    assert Sanity(book, [wrong, right]).sane("authors", wrong, wrong.authors) == ["L. Frank Baum"]
    assert Sanity(book, [wrong]).sane("authors", wrong, wrong.authors) == ["Tom Reed", "L. Frank Baum"]
    memoir = an_entry(provider="HARDCOVER", authors=["Tom Reed"], narrators=[])
    assert Sanity(book, [wrong, memoir]).sane("authors", wrong, wrong.authors) == ["Tom Reed", "L. Frank Baum"]


@pytest.mark.parametrize(
    "text",
    [
        "No description available.", "There is no summary for this book.", "N/A", "Coming soon!", "TBA", "...",
        "<p>Description not available</p>", "The Marvelous Land of Oz", "Lorem ipsum dolor sit amet",
        "<p>&nbsp;</p>",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_description(text: str) -> None:
    assert sane("description", text) is None


def test_a_medium_is_no_genre() -> None:
    assert sane("genres", ["Audiobook", "FANTASY", "General", "Children's"]) == ["Fantasy", "Children's"]


@pytest.mark.parametrize("field", ["published_year", "publisher", "genres"])
def test_two_providers_that_agree_outweigh_a_heavier_one(field: FieldName) -> None:
    right: dict[str, Any] = {"published_year": 2012, "publisher": "Lantern", "genres": ["Fable"]}
    wrong: dict[str, Any] = {"published_year": 2019, "publisher": "Emerald", "genres": ["Cooking"]}
    empty: FieldValue = [] if field == "genres" else None
    book = a_book(**{field: empty})
    entries = [an_entry(**{field: wrong[field]})]
    entries += [an_entry(provider=name, **{field: right[field]}) for name in ("HARDCOVER", "GOODREADS")]
    copied = [entries[0].model_copy(update={"provider": "AUDNEXUS", "origin": "AUDIBLE", "id": "AUDNEXUS:1"}), *entries]
    expected = right[field] if field != "published_year" else "2012"
    assert changes(book, *entries) == {field: expected}
    assert changes(book, *copied) == {field: expected}, "a copy says no more than its original"
    assert changes(book, *entries[:2]) == {field: wrong[field] if field != "published_year" else "2019"}


def test_a_year_of_a_recording_goes_before_the_first_publication() -> None:
    book = a_book(published_year=None)
    assert changes(book, an_entry(), an_entry(provider="HARDCOVER", published_year=2012)) == {"published_year": "2012"}
    assert changes(book, an_entry()) == {"published_year": "1904"}


def test_a_value_as_a_provider_wrote_it_goes_before_a_repaired_one() -> None:
    book = a_book(narrators=[])
    shouting = an_entry(narrators=["TOM MCREED"])
    plain = an_entry(provider="HARDCOVER", narrators=["Tom McReed"])
    assert changes(book, shouting, plain) == {"narrators": ["Tom McReed"]}


def test_a_printed_book_outvotes_no_recording() -> None:
    book = a_book(genres=[])
    printed = [an_entry(provider=name, is_audio=False, genres=["Cooking"]) for name in ("HARDCOVER", "GOODREADS")]
    assert changes(book, an_entry(), *printed) == {"genres": ["Fantasy"]}
