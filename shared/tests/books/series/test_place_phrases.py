import pytest
from shared.books.series.place_phrases import ordinal_place, places_in

PHRASES = [
    ("Oz, Book 3", "3"),
    ("Oz Book Three", "3"),
    ("Oz, Bk. 3", "3"),
    ("Oz Vol. 2", "2"),
    ("Oz #2.5", "2.5"),
    ("Oz, Books 1-3", "1-3"),
    ("Oz, Book IV", "4"),
    ("Oz, Band 2", "2"),
    ("Oz, Tome 12", "12"),
    ("Oz v03", "3"),
]


@pytest.mark.parametrize(("text", "sequence"), PHRASES)
def test_a_place_is_read_with_its_unit(text: str, sequence: str) -> None:
    assert [place.sequence for place in places_in(text)] == [sequence]


@pytest.mark.parametrize("text", ["The Book of Oz", "Notebook 3", "No Country", "Booked", "100% Oz", "The Jungle Book"])
def test_a_unit_without_a_number_is_not_a_place(text: str) -> None:
    assert places_in(text) == []


def test_an_ordinal_names_the_series_after_it() -> None:
    place = ordinal_place("The Second Book in the Emerald Trilogy")
    assert place is not None
    assert (place.sequence, place.after) == ("2", "the Emerald Trilogy")
    assert ordinal_place("The Second Wife") is None
