"""How spellings of authors and series are identified."""

from uuid import uuid4

import pytest
from library_scanner.domain.identity import (
    KnownSeries,
    SeriesRegister,
    by_person,
    key_of_series,
    keys_of_series,
    names_of,
    one_name_each,
)


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (["Wilkie Collins", "W. Collins"], [[0, 1]]),
        (["R. A. Freeman", "Richard Austin Freeman"], [[1, 0]]),
        (["Arthur Conan Doyle", "Doyle"], [[0, 1]]),
        (["Wilkie Collins", "Suzanne Collins"], [[0], [1]]),
        (["Wilkie Collins", "William Collins", "W. Collins"], [[0], [1], [2]]),
        (["Alexandre Dumas", "Dumas"], [[0, 1]]),
        ([], []),
    ],
)
def test_initials_are_grouped_with_the_only_matching_full_name(names: list[str], together: list[list[int]]) -> None:
    assert by_person(names) == together


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Baum, L. Frank", "L. Frank Baum"], ["L. Frank Baum"]),
        (["L. Frank Baum", "Ruth Thompson", "Baum, L. Frank"], ["L. Frank Baum", "Ruth Thompson"]),
        (["Sir Arthur Conan Doyle", "Arthur Conan Doyle"], ["Sir Arthur Conan Doyle"]),
        (["W. Collins", "Wilkie Collins"], ["Wilkie Collins"]),
        (["Wilkie Collins", "William Collins"], ["Wilkie Collins", "William Collins"]),
        (["Baum, L. Frank"], ["Baum, L. Frank"]),
        ([], []),
    ],
)
def test_each_person_is_shown_with_one_name(names: list[str], shown: list[str]) -> None:
    assert one_name_each(names) == shown


def test_doctor_and_its_abbreviation_give_the_same_series_key() -> None:
    assert key_of_series("Dr. Dolittle") == key_of_series("The Doctor Dolittle Series")


def a_known(name: str, *authors: str) -> KnownSeries:
    return KnownSeries(uuid4(), key_of_series(name), 0, name, authors=list(authors))


@pytest.mark.parametrize(("stored", "named"), [("Red Tide Saga", "Red Tide"), ("Red Tide", "The Red Tide Chronicles")])
def test_a_series_without_its_last_word_is_the_same_if_the_authors_match(stored: str, named: str) -> None:
    known = a_known(stored, "Ann Calloway")
    register = SeriesRegister([known])
    assert register.find(named, "2", ["Ann Calloway"]).id == known.id
    assert register.find(named, "2", ["Berta Holm"]).id != known.id
    assert register.find(named, "2", []).id != known.id


def test_an_exact_series_name_is_preferred_to_one_with_another_last_word() -> None:
    longer, exact = a_known("Red Tide Saga", "Ann Calloway"), a_known("Red Tide", "Ann Calloway")
    assert SeriesRegister([longer, exact]).find("Red Tide", "1", ["Ann Calloway"]).id == exact.id
    assert keys_of_series("Red Tide")[0] == "red tide"
    assert "red tide trilogy" in keys_of_series("Red Tide")
    assert keys_of_series("Red Tide Trilogy") == ("red tide trilogy", "red tide")


def test_a_pen_name_is_not_a_second_author_and_unknown_is_not_an_author() -> None:
    assert names_of(["Ann Calloway (as Bea Drummond)", "Niven & Pournelle", "Unknown", "N/A"]) == [
        "Ann Calloway", "Niven", "Pournelle",
    ]  # fmt: skip
