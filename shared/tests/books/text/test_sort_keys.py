"""Titles and names are sorted as people look for them."""

import random

import pytest
from shared.books.text.sort_keys import LONGEST_KEY, first_letter, name_sort_key, title_sort_key


@pytest.mark.parametrize(
    ("title", "language", "looked_for"),
    [
        ("The Marvelous Land of Oz", "en", "Marvelous Land of Oz"),
        ("A Princess of Mars", None, "Princess of Mars"),
        ("An Antarctic Mystery", "en", "Antarctic Mystery"),
        ("Die Verwandlung", "de", "Verwandlung"),
        ("Der Sandmann", None, "Sandmann"),
        ("L'Île mystérieuse", "fr", "Île mystérieuse"),
        ("L’Assommoir", "fr", "Assommoir"),
        ("Les Misérables", "fr", "Misérables"),
        ("El ingenioso hidalgo", "es", "ingenioso hidalgo"),
        ("O Primo Basílio", "pt", "Primo Basílio"),
        ("De stille kracht", "nl", "stille kracht"),
        ("“The Call of the Wild”", "en", "Call of the Wild"),
    ],
)
def test_a_title_is_sorted_without_the_article_of_its_language(
    title: str, language: str | None, looked_for: str
) -> None:
    assert title_sort_key(title, language) == title_sort_key(looked_for, "en")


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Die Trying", "en"), ("Die Trying", None), ("Los Angeles", "en"), ("Le Morte d'Arthur", "en"),
        ("The", "en"), ("A", "en"), ("A Is for Apple", "en"), ("A to Z", None), ("As You Like It", None),
        ("Den of Thieves", "en"), ("Another Country", "en"), ("Theatre", "en"), ("The", "pl"), ("Een", None),
    ],
)  # fmt: skip
def test_a_word_that_is_no_article_there_counts(title: str, language: str | None) -> None:
    assert title_sort_key(title, language) == name_sort_key(title)


def test_case_accents_and_punctuation_do_not_count_and_numbers_are_sorted_by_value() -> None:
    wanted = [
        "", "…", "2 Years", "10 Years", "٣٠ Years", "1,000 Years", "A Ghost", "Émile", "émile 2", "Emile 010",
        "Emile 11", "Frankenstein", "L. Frank Baum", "New York", "Newark", "Øresund", "“Ozma”", "ß", "Steam", "zebra",
        "Ωmega", "Дом", "漢字",
    ]  # fmt: skip
    shuffled = random.Random(7).sample(wanted, len(wanted))
    keys = sorted(shuffled, key=lambda title: (title_sort_key(title, "en"), title))
    found = [title_sort_key(each, "en") for each in keys]
    assert found == sorted(title_sort_key(each, "en") for each in wanted)
    assert found.index(title_sort_key("2 Years", "en")) < found.index(title_sort_key("10 Years", "en"))
    assert found.index(title_sort_key("Emile 010", "en")) < found.index(title_sort_key("Emile 11", "en"))
    assert found.index(title_sort_key("New York", "en")) < found.index(title_sort_key("Newark", "en"))
    assert name_sort_key("ÉMILE") == name_sort_key("emile")


def test_the_name_of_a_person_has_no_article() -> None:
    assert name_sort_key("A. Merritt") == "a merritt"
    assert name_sort_key("Die Ärzte") == "die arzte"


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("Émile", "E"), ("Ａbc", "A"), ("ﬁn", "F"), ("ßig", "S"), ("Øre", "O"), ("Дом", "Д"), ("Йод", "И"),
        ("ωmega", "Ω"), ("漢字", "漢"), ("가", "ᄀ"), ("اب", "ا"), ("1984", "#"), ("①②", "#"), ("…", "#"),
        ("📚 Books", "B"), ("〇", "#"), ("", "#"),
    ],
)  # fmt: skip
def test_a_title_is_listed_under_its_first_letter(title: str, letter: str) -> None:
    assert first_letter(title_sort_key(title, "en")) == letter


def test_rows_with_the_same_letter_are_next_to_each_other() -> None:
    every = sorted({title_sort_key(chr(code) + "x", "en") for code in range(0x10000) if not 0xD800 <= code < 0xE000})
    letters = [first_letter(key) for key in every]
    changes = [letter for before, letter in zip(["", *letters], letters, strict=False) if letter != before]
    assert len(changes) == len(set(changes))
    assert changes[0] == "#"


def test_a_key_is_never_longer_than_an_index_entry() -> None:
    for hostile in ("\ufdfa" * 400, "1a" * 200, "𠀀1" * 200, "9" * 400, "\u202e" * 400):
        key = title_sort_key(hostile)
        assert len(key) <= LONGEST_KEY
        assert len(key.encode()) <= 4 * LONGEST_KEY
