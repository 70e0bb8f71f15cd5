"""The searchable text and the words of a query are normalised in the same way."""

from shared.books.text.search_text import allows_misspelling, search_text_of, words_of_query


def test_names_are_folded_and_not_repeated() -> None:
    assert search_text_of(["Émile", None, "Emile", "The Knave's Tale"]) == "emile the knaves tale"


def test_a_query_has_the_words_that_matter() -> None:
    assert words_of_query("The Tale of Émile") == ["tale", "emile"]
    assert words_of_query("the") == ["the"]
    assert words_of_query("!") == []
    assert words_of_query("978-0-306-40615-7") == ["9780306406157"]


def test_short_words_and_numbers_must_match_exactly() -> None:
    assert allows_misspelling("gables")
    assert not allows_misspelling("oz")
    assert not allows_misspelling("b0ozma0001")
