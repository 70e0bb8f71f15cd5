"""Places in a series where providers disagree."""

from library_scanner.domain.places import with_agreed_places
from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry


def an_entry(number: int, title: str, place: str | None, author: str = "L. M. Montgomery") -> CatalogueEntry:
    series = (SeriesPlace("Emily", place),) if place else ()
    return CatalogueEntry(str(number), BookDescription(title=title, authors=(author,), series=series))


def places_of(*entries: CatalogueEntry) -> list[str | None]:
    agreed = with_agreed_places(entries, "Emily", dict.fromkeys((entry.id for entry in entries), "audible"))
    return [entry.description.series[0].sequence if entry.description.series else None for entry in agreed]


def test_the_place_that_no_other_title_claims_wins_where_two_are_told() -> None:
    assert places_of(
        an_entry(1, "Emily Climbs", "2"), an_entry(2, "Emily Climbs", "3"), an_entry(3, "Emily's Quest", "3")
    ) == ["2", "2", "3"]


def test_an_entry_without_a_place_takes_that_of_its_title() -> None:
    assert places_of(an_entry(1, "Emily's Quest", "3"), an_entry(2, "Emily's Quest", None)) == ["3", "3"]


def test_an_entry_of_the_same_title_by_somebody_else_takes_none() -> None:
    assert places_of(an_entry(1, "Emily's Quest", "3"), an_entry(2, "Emily's Quest", None, "Nora Vale")) == ["3", None]


def test_volumes_named_by_the_series_alone_keep_their_places() -> None:
    assert places_of(an_entry(1, "Emily: Book 1", "1"), an_entry(2, "Emily: Book 2", "2")) == ["1", "2"]


def test_an_entry_that_spans_places_keeps_them() -> None:
    assert places_of(an_entry(1, "Emily Climbs", "2"), an_entry(2, "Emily Climbs", "1-3")) == ["2", "1-3"]


def test_where_two_providers_number_a_series_otherwise_one_of_the_orders_is_kept_whole() -> None:
    by_story = [an_entry(1, "Emily Climbs", "1"), an_entry(2, "Emily's Quest", "2")]
    by_year = [an_entry(3, "Emily Climbs", "2"), an_entry(4, "Emily's Quest", "1")]
    providers = {"1": "hardcover", "2": "hardcover", "3": "audible", "4": "audible"}

    agreed = with_agreed_places([*by_story, *by_year], "Emily", providers)

    assert [entry.description.series[0].sequence for entry in agreed] == ["2", "1", "2", "1"]
