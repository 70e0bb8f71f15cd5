"""Titles without what does not belong to them. Works in the public domain or invented."""

import pytest
from shared.books.description import SeriesPlace
from shared.books.repairs.title_cleaning import clean_title
from shared.books.repairs.title_parts import Context

OZ = Context(
    series=(SeriesPlace("Oz", "3"),), authors=("L. Frank Baum",), narrators=("Tom Reed",), year="1907",
)  # fmt: skip
ALONE = Context(authors=("L. Frank Baum",))


@pytest.mark.parametrize(
    "title",
    [
        "Ozma of Oz (Oz, Book 3)", "Ozma of Oz (Oz, #3)", "Ozma of Oz [Oz 03]", "Ozma of Oz (Book 3 of Oz)",
        "Oz 03 - Ozma of Oz", "Oz #3 - Ozma of Oz", "Oz - 03 - Ozma of Oz", "Oz, Book 3: Ozma of Oz",
        "Oz: Book 3: Ozma of Oz", "Ozma of Oz: Oz, Book 3", "Ozma of Oz - Oz, Vol. 3", "Ozma of Oz Oz, Book 3",
        "03 - Ozma of Oz", "03 Ozma of Oz", "3. Ozma of Oz", "[03] Ozma of Oz", "Book 3 - Ozma of Oz",
        "Ozma of Oz (read by Tom Reed)", "Ozma of Oz (gelesen von Tom Reed)", "Ozma of Oz - Tom Reed",
        "Ozma of Oz {Tom Reed}", "Ozma of Oz - Narrated by Tom Reed", "Ozma of Oz 64k", "Ozma of Oz [MP3 128 kbps]",
        "Ozma of Oz [64k 05.10.45 {246mb}]", "Ozma of Oz (Unabridged)", "Ozma of Oz (Ungekürzt)",
        "Ozma of Oz [Audiobook]", "Ozma of Oz (Retail) [ENG]", "Ozma of Oz (1907)", "1907 - Ozma of Oz",
        "L. Frank Baum - Ozma of Oz", "Ozma of Oz by L. Frank Baum", "Ozma of Oz (L. Frank Baum)", "Ozma_of_Oz",
        "Ozma of Oz.m4b", "Ozma of Oz (Oz #3, read by Tom Reed) [64k]", "Ozma of Oz [B00ABCDE12]",
    ],
)  # fmt: skip
def test_recognised_pollution_is_removed(title: str) -> None:
    clean = clean_title(title, OZ)
    assert clean is not None
    assert clean.title == "Ozma of Oz"
    assert clean.score >= 0.75
    assert clean.reasons


@pytest.mark.parametrize(
    "title",
    [
        "Ozma of Oz", "Room 13", "Platform 9: The Hidden Door", "Apollo 13 - The Untold Story", "1984", "1776: A Year",
        "2001: A Space Opera", "13 - A Novel", "Fahrenheit 500", "The 39 Lanterns", "Catch-22", "Henry IV, Part 2",
        "The No. 1 Clockwork Agency", "The Decline of Oz, Volume 2", "Oz, Book 3", "(Not) My Lantern",
        "The Lantern (and Other Stories)", "The Lantern (Illustrated Edition)", "The Lantern: A Novel",
        "Poems by L. Frank Baum", "L. Frank Baum: An Autobiography", "The Unabridged Letters of Edith Crane",
        "The Audiobook Murders", "King Alban III", "The Tower - and What Came After", "Chapter One",
        "The Lantern, or, The Heir of Oz", "Elmgate 1941", "The Lost Boat (A Harbour Love Story)",
    ],
)  # fmt: skip
def test_titles_that_only_look_polluted_stay(title: str) -> None:
    assert clean_title(title, ALONE) is None


@pytest.mark.parametrize(
    "title",
    ["Frank Baum - Ozma of Oz (Unabridged)", "Ozma of Oz (Great Lakes Voice) [64k]", "Oz 3 Ozma (1 of 2) (Unabridged)"],
)
def test_a_title_in_which_something_doubtful_would_be_left_stays(title: str) -> None:
    assert clean_title(title, Context()) is None


def test_a_title_with_only_its_series_and_number_stays() -> None:
    assert clean_title("Oz, Book 3", OZ) is None
    assert clean_title("Oz 03", OZ) is None


def test_the_folder_confirms_a_number_that_nothing_else_explains() -> None:
    assert clean_title("12 - Sky Island", ALONE) is None
    confirmed = clean_title("12 - Sky Island", Context(folder_title="Sky Island"))
    assert confirmed is not None
    assert confirmed.title == "Sky Island"


def test_hostile_titles_are_read_in_bounded_time() -> None:
    for title in ("(" * 5000, "[a" * 3000, " - " * 3000, "Oz, Book " * 1000, "9" * 5000, "_" * 5000):
        clean_title(title, OZ)
