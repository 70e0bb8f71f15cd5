"""How surely an entry of a catalogue describes the owned book."""

from typing import Any

import pytest
from metadata.domain.confidence import Judged, judge
from metadata.domain.descriptions import of_book
from metadata.domain.editions import Edition
from metadata_builders import a_book, an_entry
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Confidence, SeriesPlace

UNIDENTIFIED = {"asin": None, "isbn": None}
LATER = {"published_year": 1987}


def judged(book: Book, *entries: CataloguedWork) -> dict[str, Judged]:
    return {each.entry.id: each for each in judge(of_book(book), entries)}


@pytest.mark.parametrize(
    ("book", "entry", "confidence", "edition"),
    [
        pytest.param({}, {}, "HIGH", Edition.THIS, id="the same ASIN"),
        pytest.param(
            {"narrators": ["Maud Ellery"]}, {}, "HIGH", Edition.THIS, id="the same ASIN and length, another narrator"
        ),
        pytest.param({"duration_seconds": 260 * 60.0}, LATER, "MEDIUM", Edition.OTHER, id="the same ASIN, not as long"),
        pytest.param(UNIDENTIFIED, {"asin": None}, "HIGH", Edition.THIS, id="the same narrator and length"),
        pytest.param(
            UNIDENTIFIED, {"narrators": ["T. Reed"], "duration_minutes": 307}, "HIGH", Edition.THIS,
            id="the narrator's initial and nearly the same length",
        ),
        pytest.param(
            UNIDENTIFIED, {"duration_minutes": 330} | LATER, "MEDIUM", Edition.OTHER,
            id="the narrator's second recording",
        ),
        pytest.param(
            UNIDENTIFIED, {"narrators": ["Maud Ellery"]} | LATER, "MEDIUM", Edition.OTHER, id="another narrator as long"
        ),
        pytest.param(
            {**UNIDENTIFIED, "narrators": []}, {}, "HIGH", Edition.THIS, id="no narrator, the only one of this length"
        ),
        pytest.param(
            {**UNIDENTIFIED, "narrators": []}, {"duration_minutes": 306} | LATER, "MEDIUM", Edition.UNKNOWN,
            id="no narrator, 2 % apart",
        ),
        pytest.param(
            {**UNIDENTIFIED, "narrators": [], "path": "L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Maud Ellery}"},
            LATER, "MEDIUM", Edition.OTHER, id="the folder names another narrator",
        ),
        pytest.param(
            {"asin": None}, {"asin": None, "isbn": "9780306406157", "narrators": [], "duration_minutes": None},
            "HIGH", Edition.THIS, id="the same ISBN",
        ),
        pytest.param(
            UNIDENTIFIED, {"asin": None, "narrators": [], "duration_minutes": None} | LATER, "MEDIUM", Edition.UNKNOWN,
            id="title and author alone",
        ),
        pytest.param(
            UNIDENTIFIED, {"asin": None, "narrators": [], "duration_minutes": None}, "HIGH", Edition.UNKNOWN,
            id="series, author and year",
        ),
        pytest.param(
            UNIDENTIFIED | {"series": [], "path": ""}, {"asin": None, "series": [], "narrators": []}, "HIGH",
            Edition.THIS, id="author and year of a book without a series",
        ),
        pytest.param(
            UNIDENTIFIED, {"narrators": ["Maud Ellery"], "series": [SeriesPlace(name="Oz", sequence="3")]}, "MEDIUM",
            Edition.OTHER, id="author and year, another place in the series",
        ),
        pytest.param({"language": "German"}, {}, "LOW", Edition.OTHER_FORM, id="owned in another language"),
        pytest.param({"abridged": True}, {}, "LOW", Edition.OTHER_FORM, id="owned abridged"),
        pytest.param({"asin": None}, {"abridged": True}, "LOW", Edition.OTHER_FORM, id="listed as abridged"),
        pytest.param(
            {}, {"abridged": True}, "HIGH", Edition.THIS, id="listed as abridged with the same ASIN and duration"
        ),
        pytest.param({"duration_seconds": 150 * 60.0}, {}, "LOW", Edition.OTHER_FORM, id="owned half as long"),
    ],
)  # fmt: skip
def test_the_confidence_follows_the_evidence(
    book: dict[str, Any], entry: dict[str, Any], confidence: str, edition: Edition
) -> None:
    (only,) = judged(a_book(**book), an_entry(**entry)).values()
    assert (only.confidence, only.edition) == (Confidence(confidence), edition)
    assert {"author", "year", "distance"} <= {each.rule for each in only.reasons}


def test_the_reasons_name_the_values_of_series_author_and_year() -> None:
    (only,) = judged(a_book(), an_entry(**LATER)).values()
    words = {each.rule: each.words for each in only.reasons}
    assert words["series"] == "series owned: oz 2; listed: oz 2"
    assert words["author"] == "author owned: L. Frank Baum; listed: L. Frank Baum"
    assert words["year"] == "year owned: 1904; listed: 1987"
    assert words["distance"].startswith("distance 0.00")


def test_series_author_and_year_do_not_make_another_recording_the_owned_one() -> None:
    book = a_book(asin=None, isbn=None, narrators=["Maud Ellery"])
    (only,) = judged(book, an_entry()).values()
    assert only.confidence is Confidence.HIGH
    assert not only.same_edition


@pytest.mark.parametrize(
    "entry",
    [
        {"title": "Ozma of Oz", "series": [SeriesPlace(name="Oz", sequence="3")]},
        {"authors": ["Julian Hartwell"]},
        {"title": "The Marvelous Land of Oz: A Study Guide", "authors": ["Margin Notes"]},
    ],
)
def test_another_work_is_never_matched(entry: dict[str, Any]) -> None:
    entry_found = an_entry(**(entry | {"asin": "B0OTHER001", "narrators": ["Maud Ellery"], "duration_minutes": 400}))
    (only,) = judged(a_book(), entry_found).values()
    assert not only.same_work


def test_a_wrong_asin_in_the_library_does_not_match_another_work() -> None:
    entry_found = an_entry(title="A Princess of Mars", authors=["Edgar Rice Burroughs"], series=[])
    (only,) = judged(a_book(), entry_found).values()
    assert not only.same_work


def test_two_editions_of_the_same_duration_are_no_evidence() -> None:
    book = a_book(asin=None, isbn=None, narrators=[])
    entries = [an_entry(asin="B0OZ0000A1", **LATER), an_entry(asin="B0OZ0000A2", narrators=["Maud Ellery"], **LATER)]
    found = judged(book, *entries)
    assert {each.edition for each in found.values()} == {Edition.ALIKE}
    assert {each.confidence for each in found.values()} == {Confidence.MEDIUM}


def test_a_form_that_no_entry_describes_makes_every_entry_doubtful() -> None:
    half = a_book(asin=None, isbn=None, duration_seconds=150 * 60.0)
    silent = an_entry(provider="HARDCOVER", asin=None, narrators=[], duration_minutes=None)
    found = judged(half, an_entry(), silent)
    assert {each.confidence for each in found.values()} == {Confidence.LOW}


def test_a_wrong_position_in_the_library_does_not_prevent_the_match() -> None:
    (only,) = judged(a_book(series=[SeriesPlace(name="Oz", sequence="7")]), an_entry()).values()
    assert only.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("02 The Marvelous Land of Oz", "L. Frank Baum/Oz/02 The Marvelous Land of Oz"),
        ("TheMarvelousLandOfOz-LFrankBaum", "TheMarvelousLandOfOz-LFrankBaum"),
        ("L. Frank Baum - The Marvelous Land of Oz (Unabridged)", "Audiobooks/Baum 2"),
        ("oz 02 the marvelous land of oz l frank baum", "oz 02 the marvelous land of oz l frank baum"),
    ],
)
def test_a_book_named_by_its_file_is_matched_to_its_work(title: str, path: str) -> None:
    book = a_book(title=title, path=path, authors=[], series=[], narrators=[], **UNIDENTIFIED)
    (only,) = judged(book, an_entry(title="The Marvelous Land of Oz")).values()
    assert only.same_work
