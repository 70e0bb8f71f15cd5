"""A library read jointly, compared with each of its books read alone."""

import pytest
from shared.books.description import SeriesPlace
from shared.books.series.library_reading import ItemTexts, read_library
from shared.books.series.readings import SeriesReading


def titles(*texts: str, author: str | None = "Ann Author") -> list[ItemTexts]:
    return [ItemTexts(text, author=author) for text in texts]


def firsts(items: list[ItemTexts]) -> list[tuple[str, str | None] | None]:
    """The first reading of each book that is more than a guess."""
    return [_first([one for one in readings if not one.guessed]) for readings in read_library(items)]


def _first(readings: list[SeriesReading]) -> tuple[str, str | None] | None:
    return (readings[0].name, readings[0].sequence) if readings else None


def test_the_words_that_recur_before_the_numbers_are_the_series() -> None:
    library = titles("Ozma Returns Oz, Book 3", "The Marvelous Land Oz, Book 2", "The Road Home Oz, Book 5")
    assert firsts(library) == [("Oz", "3"), ("Oz", "2"), ("Oz", "5")]


def test_a_series_that_one_sibling_names_is_cut_from_the_titles_of_the_others() -> None:
    library = titles("A Not So Emerald Gate Lost Door, Book 2", "The Hinge (Lost Door, #1)")
    assert firsts(library) == [("Lost Door", "2"), ("Lost Door", "1")]


def test_a_series_that_audiobookshelf_names_for_one_book_is_cut_from_the_title_of_another() -> None:
    named = ItemTexts("The Hinge", author="Ann Author", series=(SeriesPlace("Lost Door"),))
    assert firsts([*titles("Storm Lost Door, Book 2"), named])[0] == ("Lost Door", "2")


def test_a_noun_with_which_many_series_end_is_not_a_series() -> None:
    library = titles("The Hinge Emerald Chronicles, Book 1", "The Latch Silver Chronicles, Book 2")
    assert firsts(library) == [("Emerald Chronicles", "1"), ("Silver Chronicles", "2")]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        (["Emerald Tower 3"], ("Emerald Tower", "2")),
        (["Emerald Tower"], ("Emerald Tower", "2")),
        (["The Door (Emerald Tower, #1)"], ("Emerald Tower", "2")),
        (["Emerald Tower 2"], None),
        (["Silver Tower 3"], None),
        ([], None),
    ],
)
def test_a_number_at_the_end_is_a_place_only_if_another_book_confirms_it(
    others: list[str], found: tuple[str, str] | None
) -> None:
    assert firsts(titles("Emerald Tower 2", *others))[0] == found


def test_books_by_another_author_confirm_nothing() -> None:
    library = titles("Emerald Tower 2") + titles("Emerald Tower 3", author="Bea Writer")
    assert firsts(library) == [None, None]


def test_numbers_above_forty_and_of_four_digits_are_places_if_siblings_have_other_numbers() -> None:
    library = titles("Perry Rhodan 150", "Perry Rhodan 2700", "Fahrenheit 451")
    assert firsts(library) == [("Perry Rhodan", "150"), ("Perry Rhodan", "2700"), None]


def test_a_plain_number_inside_a_title_is_a_place_if_siblings_have_other_numbers() -> None:
    assert firsts(titles("Gates of Oz 2 The Door", "Gates of Oz 3 The Key"))[0] == ("Gates of Oz", "2")
    assert firsts(titles("Gates of Oz 2 The Door")) == [None]


def test_a_start_that_all_siblings_share_is_the_series_and_the_rest_is_the_title() -> None:
    library = titles(
        "Emerald Gate: The Door, Book 1", "Emerald Gate: The Key, Book 2", "Emerald Gate: The Lock, Book 3"
    )
    assert firsts(library) == [("Emerald Gate", "1"), ("Emerald Gate", "2"), ("Emerald Gate", "3")]


def test_a_series_within_a_series_is_kept_as_it_is() -> None:
    library = titles(
        "Gates: The Early Years, Book 1", "Gates: The Early Years, Book 2", "Gates: The Late Years, Book 1"
    )
    assert firsts(library) == [("The Early Years", "1"), ("The Early Years", "2"), ("The Late Years", "1")]


def test_books_in_one_folder_are_siblings_if_no_author_is_named() -> None:
    library = [ItemTexts(None, path=f"Heap/{text}") for text in ("Storm Doors, Book 2", "Calm Doors, Book 3")]
    assert firsts(library) == [("Doors", "2"), ("Doors", "3")]


def test_a_confirmed_reading_is_not_guessed() -> None:
    reading = read_library(titles("Emerald Tower 2", "Emerald Tower 3"))[0][0]
    assert (reading.confidence, reading.guessed) == (0.9, False)
    assert reading.evidence[-1].rule == "siblings"


def test_an_empty_library_has_no_readings() -> None:
    assert read_library([]) == []
    assert read_library([ItemTexts(None)]) == [[]]
