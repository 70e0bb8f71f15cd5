"""Finds marked places in a series: "Book 3", "Vol. 2-4", "#7", "The Second Book in the …", "Band II".

Source: titles and subtitles at Audible and Goodreads, folders of listeners.
"""

import re

from shared.books.records import record
from shared.books.series.sequence import normalise
from shared.books.text.place_words import NUMBER, ORDINALS, RANGE, ROMANS, UNIT, UNIT_BEFORE_WORDS, UNIT_WORDS, WORDS

_GAP = r"(?![a-z])(?:\.\s?|\s|-)?\s?#?\s?"
_PLACE = re.compile(
    rf"(?:(?<![\w'’])(?:{UNIT}){_GAP}|(?<![\w])#\s?|(?<=[a-z])#|(?<=\s)v(?=[0-9]))(?P<place>{RANGE}|{NUMBER})(?![\w%])"
    rf"|(?<![\w'’])(?:{UNIT_BEFORE_WORDS}){_GAP}(?P<word>{WORDS}|{ROMANS})(?![\w'’%])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"\b(?:the |a )?(?P<place>{ORDINALS})\s(?P<what>(?:\w+\s){{0,2}})"
    r"(?:book|novel|volume|instal?lment|entry|story|title|adventure)\s(?:of|in|from)\s(?P<name>.+)",
    re.IGNORECASE,
)
_SIGNS = UNIT_WORDS | {"v"}
_WORD = re.compile(r"[^\W\d_]+")


@record
class Place:
    """A place found in a text: the sequence, the text before and after it, and the words of the place."""

    sequence: str
    before: str
    after: str
    words: str


def places_in(text: str) -> list[Place]:
    """The places with a unit or sign, in the order of the text; at most the first eight."""
    found: list[Place] = []
    if "#" not in text and _SIGNS.isdisjoint(_WORD.findall(text.lower())):
        return found
    for match in _PLACE.finditer(text):
        sequence = normalise(match["place"] or match["word"], words=True)
        if sequence is not None:
            found.append(Place(sequence, text[: match.start()], text[match.end() :], match[0]))
        if len(found) == 8:
            break
    return found


def ordinal_place(text: str) -> Place | None:
    """The place in a text like "The Second Book in the Emerald Trilogy", with the series name in `after`; else None."""
    match = _ORDINAL.search(text)
    sequence = normalise(match["place"], words=True) if match else None
    if not match or sequence is None:
        return None
    return Place(sequence, text[: match.start()], match["name"], match[0][: match.start("name") - match.start()])
