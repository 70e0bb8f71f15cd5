"""Words of a person's list in a text of a release."""

import pytest
from shared.books.releases.listed_words import listed_words


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Ozma of Oz [GraphicAudio]", ["graphicaudio"], ["graphicaudio"]),
        ("Ozma of Oz (Full Cast Edition)", ["full cast", "retail"], ["full cast"]),
        ("Ozma of Oz, Bücher", ["bucher"], ["bucher"]),
        ("Fullcastle of Oz", ["full", "castle"], []),
        ("Ozma of Oz", ["!!!", ""], []),
        ("x" * 5_000 + " retail", ["retail"], []),
    ],
)
def test_whole_words_are_found_whatever_their_case_and_accents(text: str, words: list[str], found: list[str]) -> None:
    assert listed_words(text, words) == found
