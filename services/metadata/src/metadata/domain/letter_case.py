"""Titles and names that are written in capitals."""

import re

from shared.books.text.number_words import ROMAN_NUMERALS

FEWEST_LETTERS = 6
"""Shorter texts in capitals may be abbreviations or titles such as "SPQR"."""
_LONGEST_ABBREVIATION = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset(
    "a an and as at but by for from in into nor of off on or over the to up with von van de la le du der".split()
)


def is_shouting(text: str) -> bool:
    """Whether a text is written in capitals, and is not only an abbreviation."""
    letters = sum(char.isalpha() for char in text)
    return (
        letters >= FEWEST_LETTERS
        and text.isupper()
        and any(len(word) > _LONGEST_ABBREVIATION for word in _WORD.findall(text))
    )


def without_shouting(text: str) -> str:
    """A text in capitals with capitals only at the start of its words; any other text is unchanged.

    "THE WONDERFUL WIZARD OF OZ" becomes "The Wonderful Wizard of Oz", and "J. R. R. TOLKIEN" "J. R. R. Tolkien".
    """
    if not is_shouting(text):
        return text
    return _WORD.sub(lambda word: _capitalized(word, first=not text[: word.start()].strip()), text)


def _capitalized(word: re.Match[str], *, first: bool) -> str:
    lower = word[0].lower()
    is_initial = len(lower) == 1 and word.string[word.end() : word.end() + 1] == "."
    if is_initial or (lower in ROMAN_NUMERALS and len(lower) > 1):
        return word[0]
    if lower in _SMALL and not first:
        return lower
    head, tail = lower[:1], lower[1:]
    if tail[:1] in ("'", "’"):  # O'Brien, D’Artagnan
        return head.upper() + tail[0] + tail[1:].capitalize()
    return head.upper() + tail
