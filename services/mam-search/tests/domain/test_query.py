"""The search queries for a book, from narrow to wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.domain.query import MAX_QUERIES, queries, words
from sandbox.words import strict_words


@pytest.mark.parametrize(
    ("title", "authors", "series", "expected"),
    [
        ("Ozma of Oz", ["L. Frank Baum"], None, ["Ozma Oz Baum", "Ozma Baum", "Ozma Oz"]),
        ("A Princess of Mars: Barsoom, Book 1", ["Burroughs, Edgar Rice"], "Barsoom",
         ["Princess Mars Burroughs", "Princess Burroughs", "Barsoom Burroughs", "Princess Mars"]),
        ("The Case-Book of Sherlock Holmes", ["Arthur Conan Doyle"], None,
         ["Case Book Sherlock Holmes Doyle", "Sherlock Doyle", "CaseBook Sherlock Holmes Doyle",
          "Case Book Sherlock Holmes"]),
        ("Journey to the Center of the Earth", ["Jules Verne"], None,
         ["Journey Center Earth Verne", "Journey Earth Verne", "Journey Center Earth"]),
        ("The Lion's Tale", [], None, ["Lion s Tale"]),
        ("Emma", ["Jane Austen"], None, ["Emma Austen"]),
        ("The Return of Tarzan (Unabridged)", ["E. R. Burroughs Jr."], None,
         ["Return Tarzan Burroughs", "Return Tarzan"]),
        ("813", ["Maurice Leblanc"], None, ["813 Leblanc", "Leblanc"]),
        ("Anne_of_Green_Gables", ["L. M. Montgomery"], None,
         ["Anne Green Gables Montgomery", "Anne Green Montgomery", "Anne Green Gables"]),
        ("Pamela, or Virtue Rewarded", ["Samuel Richardson"], None, ["Pamela Richardson"]),
        ("(untitled)", [], None, ["untitled"]),
        ("...", [], None, []),
    ],
)  # fmt: skip
def test_the_queries_go_from_narrow_to_wide(
    title: str, authors: list[str], series: str | None, expected: list[str]
) -> None:
    assert queries([title], authors, series) == expected


def test_and_and_ampersand_give_the_same_queries() -> None:
    with_word = queries(["Tom Swift and His Airship"], ["Victor Appleton"])
    assert with_word == queries(["Tom Swift & His Airship"], ["Victor Appleton"])
    assert not any("and" in query.split() for query in with_word)


def test_a_book_is_searched_by_each_of_its_titles_and_authors() -> None:
    texts = queries(["The Long Walk Home", "Homeward"], ["Richard Bachman", "Stephen King"])
    assert texts[:3] == ["Long Walk Home Bachman", "Homeward Bachman", "Long Walk Home King"]


@pytest.mark.parametrize(
    ("listed", "title", "series"),
    [
        ("The Liars Key Mark Lawrence", "The Liar's Key", "The Red Queen's War"),
        ("The Liar's Key Mark Lawrence", "The Liars Key", "Red Queens War"),
        ("The Casebook of Sherlock Holmes Mark Lawrence", "The Case-Book of Sherlock Holmes", None),
        ("Journey to the Centre of the Earth Mark Lawrence", "Journey to the Center of the Earth", None),
        ("The Ninth Wolf Mark Lawrence", "The 9th Wolf", None),
    ],
)
def test_a_listing_with_another_spelling_is_found(listed: str, title: str, series: str | None) -> None:
    texts = queries([title], ["Mark Lawrence"], series)
    assert any(strict_words(query) <= strict_words(listed) for query in texts), texts


def test_an_apostrophe_splits_a_word_as_in_the_trackers_index() -> None:
    assert words("The Lion’s Tale, again") == ["The", "Lion", "s", "Tale", "again"]


@given(
    st.lists(st.text(max_size=80), max_size=4),
    st.lists(st.text(max_size=20), max_size=3),
    st.none() | st.text(max_size=20),
)
def test_any_text_gives_queries_and_none_is_sent_twice(
    titles: list[str], authors: list[str], series: str | None
) -> None:
    texts = queries(titles, authors, series)
    assert all(text.strip() for text in texts)
    assert len({text.casefold() for text in texts}) == len(texts) <= MAX_QUERIES
