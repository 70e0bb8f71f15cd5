"""Numbers that no word says to be a place: "Oz 03 - Ozma", "Oz 03 Ozma", "Oz 2: A LitRPG Adventure", "Oz 3", "Oz III".

They are weak signs, so a number after a counted thing ("Room 10") or over forty at the end is left alone.
"""

import re

from shared.books.readings import SeriesReading, reading
from shared.books.sequence import bounds, normalise
from shared.books.word_table import word_set

MOST_BARE = 40
"""The highest number that at a title's end, with nothing to say so, is taken for a place."""
MOST_BEFORE_COLON = 12
MOST_LOOKED_AT = 12
_NUMBER = re.compile(r"(?<=[\s#])#?([0-9]{1,3}(?:\.[0-9]{1,2})?(?:\s?[-–]\s?[0-9]{1,3}(?=$))?)(?=$|[\s:꞉_,])")
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
    r"|track|side)$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[:꞉;]\s+|\s+[-–—]\s+")
_MONARCHS = word_set(
    """
    henry richard edward george william charles james john louis philip elizabeth mary alexander nicholas peter
    catherine leo pius paul benedict gregory frederick ivan malcolm napoleon
    """
)
"""Names that a Roman numeral follows because many bore them. Source: the lists of kings, emperors and popes."""
_RULERS = word_set("king queen emperor empress kaiser tsar czar sultan shah pharaoh pope duke archduke")
"""What stands before such a name, whosever it is: "Emperor Ozroar IV: A Life"."""


def series_by_bare_number(text: str) -> list[SeriesReading]:
    """The one reading that a number or a Roman numeral standing alone gives, or none."""
    if not _DIGIT.search(text):
        return _by_roman(text)
    inside: tuple[str, str, float, str] | None = None
    for count, match in enumerate(_NUMBER.finditer(text)):
        before, after = text[: match.start()].rstrip(" #-–"), text[match.end() :]
        if count == MOST_LOOKED_AT or not _LETTER.search(before) or _UNIT_ONLY.match(before):
            continue
        if _DASH_AFTER.match(after):
            return [_named(before, match[1], 0.88, "number before a dash", text)]
        if match[1][0] == "0" and len(match[1]) > 1 and after.strip():
            inside = before, match[1], 0.85, "padded number inside"
        elif _GENRE_AFTER.match(after):
            inside = before, match[1], 0.85, "number before a genre"
        elif _COLON_AFTER.match(after) and _small(match[1], MOST_BEFORE_COLON) and not _COUNTED.search(before):
            inside = before, match[1], 0.55, "number before a colon"
        elif not after and inside is None and _small(match[1]) and not _COUNTED.search(before):
            inside = before, match[1], 0.6, "title ends in a number"
    return [_named(*inside, text)] if inside else _by_roman(text)


def counted_thing(text: str) -> bool:
    """Whether a text ends in something that is counted ("Room"), so that a number after it is no place."""
    return bool(_COUNTED.search(text))


def _by_roman(text: str) -> list[SeriesReading]:
    match = _ROMAN_TAIL.search(text)
    words = text[: match.start()].split() if match else []
    if not match or len(words) < 2 or words[-1].lower() in _MONARCHS | {"war"} or words[0].lower() in _RULERS:
        return []
    place = normalise(match["last"] or match["inside"], words=True)
    rule = "title ends in a Roman numeral" if match["last"] else "Roman numeral before a title"
    return [_named(" ".join(words), place, 0.6, rule, text)] if place else []


def _small(place: str, most: int = MOST_BARE) -> bool:
    both = bounds(place)
    return both is not None and both[1] <= most


def _named(before: str, place: str, confidence: float, rule: str, text: str) -> SeriesReading:
    return reading(_PARTED.split(before)[-1], place, confidence, rule, text)
