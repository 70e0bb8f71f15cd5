"""Positions in a series on which providers disagree."""

from library_scanner.domain.places import with_agreed_places
from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry


def an_entry(number: int, title: str, place: str | None, author: str = "L. M. Montgomery") -> CatalogueEntry:
    series = (SeriesPlace("Emily", place),) if place else ()
    return CatalogueEntry(str(number), BookDescription(title=title, authors=(author,), series=series))


def places_of(*entries: CatalogueEntry) -> list[str | None]:
    agreed = with_agreed_places(entries, "Emily", dict.fromkeys((entry.id for entry in entries), "audible"))
    return [entry.description.series[0].sequence if entry.description.series else None for entry in agreed]


def test_of_two_positions_the_one_without_another_title_wins() -> None:
    assert places_of(
        an_entry(1, "Emily Climbs", "2"), an_entry(2, "Emily Climbs", "3"), an_entry(3, "Emily's Quest", "3")
    ) == ["2", "2", "3"]


def test_an_entry_without_a_position_gets_that_of_its_title() -> None:
    assert places_of(an_entry(1, "Emily's Quest", "3"), an_entry(2, "Emily's Quest", None)) == ["3", "3"]


def test_an_entry_of_the_same_title_by_another_author_gets_no_position() -> None:
    assert places_of(an_entry(1, "Emily's Quest", "3"), an_entry(2, "Emily's Quest", None, "Nora Vale")) == ["3", None]


def test_volumes_titled_only_with_the_series_keep_their_positions() -> None:
    assert places_of(an_entry(1, "Emily: Book 1", "1"), an_entry(2, "Emily: Book 2", "2")) == ["1", "2"]


def test_an_entry_for_a_range_of_positions_keeps_it() -> None:
    assert places_of(an_entry(1, "Emily Climbs", "2"), an_entry(2, "Emily Climbs", "1-3")) == ["2", "1-3"]


def test_if_two_providers_number_a_series_differently_one_order_is_used() -> None:
    by_story = [an_entry(1, "Emily Climbs", "1"), an_entry(2, "Emily's Quest", "2")]
    by_year = [an_entry(3, "Emily Climbs", "2"), an_entry(4, "Emily's Quest", "1")]
    providers = {"1": "hardcover", "2": "hardcover", "3": "audible", "4": "audible"}

    agreed = with_agreed_places([*by_story, *by_year], "Emily", providers)

    assert [entry.description.series[0].sequence for entry in agreed] == ["2", "1", "2", "1"]


def test_volumes_with_one_main_title_and_their_own_subtitles_keep_their_positions() -> None:
    assert places_of(
        an_entry(1, "Umbrella: The Dark Night", "1"),
        an_entry(2, "Umbrella: The Bright Day", "2"),
        an_entry(3, "Umbrella: A Bright Day", None),
        an_entry(4, "Umbrella", None),
    ) == ["1", "2", "2", None]


def test_subtitles_about_genre_or_edition_do_not_tell_volumes_apart() -> None:
    assert places_of(
        an_entry(1, "Emily Climbs: A Novel", "2"),
        an_entry(2, "Emily Climbs: Annotated Edition", "3"),
        an_entry(3, "Emily's Quest", "3"),
    ) == ["2", "2", "3"]
