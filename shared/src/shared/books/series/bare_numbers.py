"""Numbers that no word marks as a place: "Oz 03 - Ozma", "Oz 03 Ozma", "Oz 2: A LitRPG Adventure", "Oz 3", "Oz III".

They are weak signs. So a number after a counted thing ("Room 10"), or above forty at the end, is not read as a place.
"""

import re

from shared.books.series.readings import SeriesReading, reading
from shared.books.series.sequence import bounds, normalise
from shared.books.text.place_words import BARE_NUMBER
from shared.books.text.word_table import word_set

BEFORE_DASH = "number before a dash"
LIKELY = 0.5
MAX_BARE = 40
"""The highest bare number at the end of a title that is read as a place."""
MAX_BEFORE_COLON = 12
FIRST_BEYOND_YEARS = 2100
"""From here a number is neither a year nor a count. It is a place in a series with thousands of parts."""
MAX_NUMBERS_READ = 12
_NUMBER = re.compile(rf"(?<=[\s#])#?({BARE_NUMBER}(?:\s?[-–]\s?{BARE_NUMBER}(?=$))?)(?=$|[\s:꞉_,])")
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_UNIT_ONLY = re.compile(r"(?:book|bk|vol|volume|part|pt|no|disc|cd)\.?$", re.IGNORECASE)
_COLON_AFTER = re.compile(r"\s?[:꞉_]\s+\S")
_DASH_AFTER = re.compile(r"\s+[-–]\s+\S")
_GENRE_AFTER = re.compile(
    r"[:,]?\s+(?:A|An)\s(?:[\w’'-]+\s){0,4}(?:LitRPG|GameLit|Progression|Cultivation|Fantasy|Adventure|Saga)"
)
_ROMAN_TAIL = re.compile(r"\s(?:(?P<last>[IVX]{1,5})$|(?!I\b)(?P<inside>[IVX]{1,5})(?=\s?[:꞉]\s+\S|\s+[-–]\s+\S))")
_COUNTED = re.compile(
    r"\b(?:cabin|room|apartment|chapter|channel|area|district|catch|number|no|platform|station|day|week|month|year|hour"
    r"|ward|unit|section|pier|route|highway|flight|act|studio|camp|age|opus|apollo|agent|finder|finders"
    r"|version|life|at|of|in|the|to|and|under|until|before|after|top|over|only|fahrenheit|slaughterhouse|part|cd|disc|disk"
    r"|track|side|level|team|grade|squad|season|mile|lesson|exercise"
    r"|psalm|precinct|interstate)$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"[0-9]+\.0+$")
_PHRASE_HEAD = re.compile(r"(?:from|in|on|at|to|with|under|by|for|over|until|before|after)\s", re.IGNORECASE)
_SEPARATORS = re.compile(r"[:꞉;]\s+|\s+[-–—]\s+")
_MONARCHS = word_set(
    """
    henry richard edward george william charles james john louis philip elizabeth mary alexander nicholas peter
    catherine leo pius paul benedict gregory frederick ivan malcolm napoleon
    """
)
"""Names of several rulers, which Roman numerals follow. Source: the lists of kings, emperors and popes."""
_RULERS = word_set("king queen emperor empress kaiser tsar czar sultan shah pharaoh pope duke archduke")
"""Titles before the name of a ruler, whatever the name: "Emperor Ozroar IV: A Life"."""


def series_by_bare_number(text: str) -> list[SeriesReading]:
    """At most one reading, from a bare number or Roman numeral.

    A number that may belong to the title is `guessed`. The least likely readings have a confidence below one half.
    """
    if not _DIGIT.search(text):
        return _by_roman(text)
    best: SeriesReading | None = None
    for count, match in enumerate(_NUMBER.finditer(text)):
        before = text[: match.start()].rstrip(" #-–")
        if (
            count == MAX_NUMBERS_READ
            or not _LETTER.search(before)
            or _UNIT_ONLY.match(before)
            or _VERSION.match(match[1])
        ):
            continue
        sure, rule, guessed = _rated(before, match[1], text[match.end() :])
        if sure and (best is None or sure >= best.confidence):
            best = _named(before, match[1], sure, rule, text, guessed=guessed)
        if rule == BEFORE_DASH:
            break
    if best is None or best.confidence < LIKELY:
        return _by_roman(text) or ([best] if best else [])
    return [best]


def _rated(before: str, number: str, after: str) -> tuple[float, str, bool]:
    """The confidence that a bare number is a place, the rule, and whether it is a guess."""
    if _DASH_AFTER.match(after):
        return 0.88, BEFORE_DASH, False
    if number[0] == "0" and len(number) > 1 and after.strip():
        return 0.85, "padded number inside", False
    if _GENRE_AFTER.match(after):
        return 0.85, "number before a genre", False
    odd = _COUNTED.search(before) or _PHRASE_HEAD.match(before)
    small = _highest(number) <= (MAX_BARE if not after else MAX_BEFORE_COLON) or _highest(number) >= FIRST_BEYOND_YEARS
    if not after:
        return (0.6 if small and not odd else 0.2), "title ends in a number", True
    if _COLON_AFTER.match(after):
        return (0.55 if small and not odd else 0.2), "number before a colon", True
    return 0.2, "number inside", True


def bare_numbers_in(text: str) -> list[tuple[str, str]]:
    """Every bare number after a word: the text before it, and the place it would be."""
    found = [(text[: match.start()].rstrip(" #-–"), match[1]) for match in _NUMBER.finditer(text)][:MAX_NUMBERS_READ]
    return [(before, number) for before, number in found if _LETTER.search(before) and not _UNIT_ONLY.match(before)]


def counted_thing(text: str) -> bool:
    """Whether a text ends in something that is counted ("Room"), so that a number after it is not a place."""
    return bool(_COUNTED.search(text))


def _by_roman(text: str) -> list[SeriesReading]:
    match = _ROMAN_TAIL.search(text)
    words = text[: match.start()].split() if match else []
    if not match or len(words) < 2 or words[-1].lower() in _MONARCHS | {"war"} or words[0].lower() in _RULERS:
        return []
    place = normalise(match["last"] or match["inside"], words=True)
    rule = "title ends in a Roman numeral" if match["last"] else "Roman numeral before a title"
    return [_named(" ".join(words), place, 0.6, rule, text, guessed=True)] if place else []


def _highest(place: str) -> int:
    both = bounds(place)
    return int(both[1]) if both else 0


def _named(before: str, place: str, confidence: float, rule: str, text: str, *, guessed: bool = False) -> SeriesReading:
    return reading(_SEPARATORS.split(before)[-1], place, confidence, rule, text, guessed=guessed)
