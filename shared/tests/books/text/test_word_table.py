"""The pattern of a table of texts finds what a search for one text after another finds."""

import re

import pytest
from shared.books.text.word_table import any_of

TEXTS = ("box", "boxed", "omnibus", "/", "cd ", "c++", "om")


@pytest.mark.parametrize("text", ["a boxed set", "omni", "o m", "c+", "c++", "either/or", "cd", "a cd 2", ""])
def test_a_pattern_matches_wherever_one_of_its_texts_occurs(text: str) -> None:
    assert bool(re.search(any_of(TEXTS), text)) == any(each in text for each in TEXTS)


def test_the_pattern_of_one_text_is_that_text() -> None:
    assert re.fullmatch(any_of(["c++"]), "c++")


def test_of_two_texts_that_match_at_one_place_the_longer_one_is_found() -> None:
    assert re.findall(any_of(["book", "bks", "books", "b"]), "book, books, b, bks") == ["book", "books", "b", "bks"]
