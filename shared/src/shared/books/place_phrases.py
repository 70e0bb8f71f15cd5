"""How a place in a series is written: "Book 3", "Vol. 2-4", "#7", "The Second Book in the …", "Band II".

The table of examples is the test. Source: titles and subtitles of Audible and Goodreads, folders of listeners.
"""

import re
from dataclasses import dataclass

from shared.books.number_words import ORDINAL_WORDS, ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.sequence import normalise

UNITS = (
    "books", "book", "bks", "bk", "volumes", "volume", "vols", "vol", "nos", "no", "number", "episode", "band",
    "buch", "teil", "tome", "livre", "libro", "boek", "deel", "bok", "bog", "kniha", "книга", "том", "часть",
)  # fmt: skip
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2})?(?![0-9])"
_RANGE = rf"{_NUMBER}\s?(?:-|–|—|to|&|and)\s?#?{_NUMBER}"
_WORDS = "|".join(sorted((word.replace(" ", "[ -]") for word in WORD_NUMBERS), key=len, reverse=True))
_ROMANS = "|".join(sorted(ROMAN_NUMERALS, key=len, reverse=True))
_ORDINALS = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True))
_PLACE = re.compile(
    rf"(?:(?<![\w'’])(?:{'|'.join(UNITS)})(?![a-z])(?:\.\s?|\s|-)?\s?#?\s?|(?<![\w])#\s?|(?<=[a-z])#|(?<=\s)v(?=[0-9]))"
    rf"(?P<place>{_RANGE}|{_NUMBER}|(?:{_WORDS}|{_ROMANS})(?![\w'’]))(?![\w%])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"\b(?:the |a )?(?P<place>{_ORDINALS})\s(?P<what>(?:\w+\s){{0,2}})"
    r"(?:book|novel|volume|instal?lment|entry|story|title|adventure)\s(?:of|in|from)\s(?P<name>.+)",
    re.IGNORECASE,
)
_SIGN = re.compile(rf"#|\bv[0-9]|\b(?:{'|'.join(UNITS)})(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place found in a text: the sequence, what stands before and after it, and the words it was written in."""

    sequence: str
    before: str
    after: str
    words: str


def places_in(text: str) -> list[Place]:
    """Every place written with its unit, in the order they stand; at most eight are looked at."""
    found: list[Place] = []
    if not _SIGN.search(text):
        return found
    for match in _PLACE.finditer(text):
        sequence = normalise(match["place"], words=True)
        if sequence is not None:
            found.append(Place(sequence, text[: match.start()], text[match.end() :], match[0]))
        if len(found) == 8:
            break
    return found


def ordinal_place(text: str) -> Place | None:
    """ "The Second Book in the Emerald Trilogy": the place, the series' name in `after`; None when not so written."""
    match = _ORDINAL.search(text)
    sequence = normalise(match["place"], words=True) if match else None
    if not match or sequence is None:
        return None
    return Place(sequence, text[: match.start()], match["name"], match[0][: match.start("name") - match.start()])
