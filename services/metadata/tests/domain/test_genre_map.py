"""The genre map, applied to genres and tags."""

from typing import Any

import pytest
from metadata.domain.genre_map import MappedGenres
from metadata_builders import a_book, an_entry
from pydantic import ValidationError
from shared.contracts.library.field_values import MANUAL
from shared.contracts.metadata.genre_map import GenreMap, GenreRules

MAP = {
    "Sci-Fi": "Science Fiction",
    "SF & Horror": ["Science Fiction", "Horror"],
    "Audiobook": None,
    "fantasy": "Fantasy",
}


def the_map(**genres: Any) -> MappedGenres:
    return MappedGenres(GenreMap(genres=genres or MAP))


def test_genres_are_replaced_split_and_dropped_without_regard_to_case_accents_and_punctuation() -> None:
    mapped = the_map().mapped(["SCI FI", "Romance", "sf and horror", "Audio-Book", "audiobook", "Fantasy"])
    assert mapped == ["Science Fiction", "Romance", "Horror", "Audio-Book", "Fantasy"]


def test_a_spelling_is_corrected_and_applying_the_map_again_changes_nothing() -> None:
    names = ["FANTASY", "Sci-Fi"]
    once = the_map().mapped(names)
    assert once == ["Fantasy", "Science Fiction"]
    assert the_map().mapped(once) == once


def test_an_entry_of_a_provider_gets_the_genres_of_the_map() -> None:
    assert the_map().entry(an_entry(genres=["Audiobook", "Sci-Fi"])).genres == ["Science Fiction"]
    unchanged = an_entry(genres=["Romance"])
    assert the_map().entry(unchanged) is unchanged


def test_genres_and_tags_of_a_book_are_proposed_with_what_replaces_each() -> None:
    changes = the_map().changes(a_book(genres=["Sci-Fi", "Romance"], tags=["audiobook"]))
    assert [(each.field, each.old, each.new) for each in changes] == [
        ("genres", ["Sci-Fi", "Romance"], ["Science Fiction", "Romance"]),
        ("tags", ["audiobook"], []),
    ]
    words = [reason.words for each in changes for reason in each.reasons]
    assert words == ["“Sci-Fi” becomes “Science Fiction”", "“audiobook” is dropped"]


def test_fields_that_a_person_set_or_locked_are_left_out() -> None:
    book = a_book(genres=["Sci-Fi"], tags=["Sci-Fi"], locked_fields=["tags"], metadata_source={"genres": MANUAL})
    assert the_map().changes(book) == []


def test_without_a_map_nothing_changes() -> None:
    assert MappedGenres().mapped(["Sci-Fi", "Sci-Fi"]) == ["Sci-Fi", "Sci-Fi"]
    assert MappedGenres(GenreMap(genres={})).changes(a_book(genres=["Sci-Fi"])) == []


@pytest.mark.parametrize(
    "genres",
    [
        {"Sci-Fi": "SF", "sci fi": "Science Fiction"},
        {"Sci-Fi": "SF", "SF": "Science Fiction"},
        {"A": "B", "B": "A"},
        {"…": "Fantasy"},
        {"": "Fantasy"},
        {"Fantasy": ""},
        {"Fantasy": []},
        {"Fantasy": "a\nb"},
        {"Fantasy": "x" * 101},
        {f"genre {number}": None for number in range(1001)},
    ],
)
def test_a_map_that_contradicts_itself_or_is_too_large_is_refused(genres: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GenreRules(genres=genres)


def test_a_genre_may_be_listed_to_keep_it() -> None:
    assert the_map(SF="Science Fiction", **{"Science Fiction": "Science Fiction"}).mapped(["SF"]) == ["Science Fiction"]
