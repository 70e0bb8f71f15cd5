"""Finding the language of composed titles and descriptions."""

from collections.abc import Iterable

import pytest
from shared.books.text.language_of_text import language_of_text

from .texts_in_languages import DESCRIPTIONS, OTHERS, TITLES


def pairs(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, some in texts.items() for text in some]


def measured(texts: Iterable[tuple[str | None, str]]) -> tuple[float, list[str]]:
    """The share of the texts whose language is found, and the texts for which another one is."""
    found = [(code, text, language_of_text(text)) for code, text in texts]
    right = sum(each is not None and each.code == code for code, _, each in found)
    return right / len(found), [text for code, text, each in found if each is not None and each.code != code]


def test_most_descriptions_show_their_language_and_none_shows_another() -> None:
    recall, wrong = measured(pairs(DESCRIPTIONS))
    assert wrong == []
    assert recall >= 0.85


def test_one_sentence_is_often_enough() -> None:
    recall, wrong = measured((code, text.split(". ")[0]) for code, text in pairs(DESCRIPTIONS))
    assert wrong == []
    assert recall >= 0.8


def test_a_title_shows_its_language_rarely_and_never_another() -> None:
    recall, wrong = measured(pairs(TITLES))
    assert wrong == []
    assert recall >= 0.15


def test_names_quotations_and_other_languages_are_not_taken_for_one_of_the_eight() -> None:
    assert measured(OTHERS)[1] == []


def test_a_description_in_every_language_is_sure() -> None:
    for code, some in DESCRIPTIONS.items():
        found = language_of_text(" ".join(some))
        assert found is not None
        assert (found.code, found.sure) == (code, True)
        assert 0 < len(found.words) <= 5


def test_a_text_in_two_languages_has_none() -> None:
    assert language_of_text(" ".join(DESCRIPTIONS["de"][:2] + DESCRIPTIONS["fr"][:2])) is None


def test_markup_and_addresses_are_not_words() -> None:
    text = f"<p class='the and of for with from'>{DESCRIPTIONS['pl'][0]}</p> https://example.org/the-of-and-with"
    found = language_of_text(text)
    assert found is not None
    assert found.code == "pl"


@pytest.mark.parametrize("text", [None, "", "…", "1984", "\x00", "e" * 100_000, "\u0301" * 50, "<" * 5_000])
def test_a_text_without_words_has_no_language(text: str | None) -> None:
    assert language_of_text(text) is None
