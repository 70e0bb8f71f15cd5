"""The genres and their changed settings."""

from mam_search.domain.genres import ENABLED_AT_FIRST, NAMES, GenreSettings, genre_name, genres
from shared.contracts.mam.top_lists import GenreUpdate


def test_few_genres_are_enabled_at_first_and_each_has_a_category() -> None:
    every = genres({})
    assert [each.name for each in every] == list(NAMES)
    assert {each.name for each in every if each.enabled} == ENABLED_AT_FIRST
    assert all(each.category_ids or each.new_category_ids for each in every)


def test_a_change_keeps_the_settings_that_it_does_not_name() -> None:
    settings = GenreSettings(top10_count=5).changed_by(GenreUpdate(enabled=False, min_seeders=0))
    (fantasy,) = [each for each in genres({"Fantasy": settings}) if each.name == "Fantasy"]
    assert (fantasy.enabled, fantasy.top10_count, fantasy.min_seeders) == (False, 5, 0)
    assert fantasy.category_ids == [41]
    assert fantasy.new_category_ids == [13]


def test_a_genre_is_found_in_any_case() -> None:
    assert genre_name(" science FICTION ") == "Science Fiction"
    assert genre_name("Poetry") is None
