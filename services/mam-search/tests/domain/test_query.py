"""What the tracker is asked for a book, from narrow to wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.domain.query import queries, words


@pytest.mark.parametrize(
    ("title", "authors", "series", "narrow", "wide"),
    [
        ("Ozma of Oz", ["L. Frank Baum"], None, ["Ozma of Oz Baum", "Ozma Oz Baum"], ["Ozma Baum", "Ozma Oz"]),
        ("A Princess of Mars: Barsoom, Book 1", ["Burroughs, Edgar Rice"], "Barsoom",
         ["A Princess of Mars Burroughs", "Princess Mars Burroughs"],
         ["Princess Burroughs", "Barsoom Burroughs", "Princess Mars"]),
        ("The Case-Book of Sherlock Holmes", ["Arthur Conan Doyle"], None,
         ["The Case Book of Sherlock Holmes Doyle", "Case Book Sherlock Holmes Doyle"],
         ["CaseBook Sherlock Holmes Doyle", "Sherlock Doyle", "Case Book Sherlock Holmes"]),
        ("Journey to the Center of the Earth", ["Jules Verne"], None,
         ["Journey to the Center of the Earth Verne", "Journey Center Earth Verne"],
         ["Journey Verne", "Journey Center Earth"]),
        ("The Lion's Tale", [], None, ["The Lion s Tale", "Lion s Tale"], []),
        ("Emma", ["Jane Austen"], None, ["Emma Austen"], []),
        ("The Return of Tarzan (Unabridged)", ["E. R. Burroughs Jr."], None,
         ["The Return of Tarzan Burroughs", "Return Tarzan Burroughs"], ["Tarzan Burroughs", "Return Tarzan"]),
        ("813", ["Maurice Leblanc"], None, ["813 Leblanc"], ["Leblanc"]),
        ("Anne_of_Green_Gables", ["L. M. Montgomery", "Somebody Else"], None,
         ["Anne of Green Gables Montgomery", "Anne Green Gables Montgomery"],
         ["Gables Montgomery", "Anne Green Gables"]),
        ("Pamela, or Virtue Rewarded", ["Samuel Richardson"], None, ["Pamela Richardson"], []),
        ("(untitled)", [], None, ["untitled"], []),
        ("...", [], None, [], []),
    ],
)  # fmt: skip
def test_the_questions_go_from_narrow_to_wide(
    title: str, authors: list[str], series: str | None, narrow: list[str], wide: list[str]
) -> None:
    asked = queries(title, authors, series)

    assert (list(asked.narrow), list(asked.wide)) == (narrow, wide)


def test_an_apostrophe_parts_a_word_as_in_the_trackers_index() -> None:
    assert words("The Lion’s Tale, again") == ["The", "Lion", "s", "Tale", "again"]


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3), st.none() | st.text(max_size=20))
def test_no_text_breaks_the_questions_and_none_is_asked_twice(
    title: str, authors: list[str], series: str | None
) -> None:
    both = queries(title, authors, series)
    asked = [*both.narrow, *both.wide]
    assert all(text.strip() for text in asked)
    assert len(set(asked)) == len(asked)
