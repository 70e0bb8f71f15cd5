"""Reads the series from the path of a book: the name of its own folder and of the folders above.

A number without a series in the book's folder ("04 - Title", "Book 4 - Title", "RH-04") is a place in the series that
the nearest folder above names, unless that folder is a mixed list.
"""

import re

from shared.books.series.folder_names import (
    SERIES_WORD,
    author_above,
    folder_name,
    is_list_folder,
    leaf_text,
    without_author,
)
from shared.books.series.phrases import series_in_brackets, series_in_title
from shared.books.series.place_phrases import places_in
from shared.books.series.readings import SeriesReading, reading
from shared.books.series.sequence import normalise
from shared.books.text.place_words import BARE_NUMBER, NUMBER, UNIT_OR_PART
from shared.books.text.titles import fold, without_article

MAX_FOLDERS = 6
LONGEST_FOLDER = 255
LONGEST_PATH = 4096
"""The limits of file systems (NAME_MAX and PATH_MAX of Linux)."""
_YEAR_HEAD = re.compile(r"^\s*[\[(]?(?:1[5-9]|20)\d\d[a-z]?[\])]?\^?\s*(?:[-–.]\s*|$)|(?<=- )(?:1[5-9]|20)\d\d - ")
_LEAD = re.compile(
    rf"^\s*(?:(?:(?:{UNIT_OR_PART})\.?\s?[\[(#]?|#)0*(?P<marked>{NUMBER})|[\[(]?0*(?P<place>{BARE_NUMBER}))[\])#]?"
    r"(?:\s?[-–.:_)]+\s*|\s+|$)(?P<rest>.*)$",
    re.IGNORECASE,
)
_SET_APART = re.compile(
    rf"^\s*(?:(?:{UNIT_OR_PART})\.?\s?#?0*(?P<marked>{NUMBER})(?:\s?[-–.:,)]+\s+|$)"
    rf"|[\[(#]?0*(?P<place>{BARE_NUMBER})[\])]?(?:\s?[-–:]|[.)\]])\s+\S)",
    re.IGNORECASE,
)
_LEAD_NUMBER = re.compile(rf"^{BARE_NUMBER}[\s.\-–_]+")
_LETTERED = re.compile(rf"^(?P<letters>[A-Za-z]{{1,7}})[ -]?0*(?P<place>{BARE_NUMBER})(?=\s|$)")
_NUMBER_IN_BRACKETS = re.compile(rf"\s*\[0*({BARE_NUMBER})\]")
_NUMBERED_PARENT = re.compile(r"^(?P<name>.*\S)\s+0*(?P<place>[0-9]{1,2})$")


def series_in_path(path: str, author: str | None) -> list[SeriesReading]:
    """The series that a path names, in no particular order. Only the last six folders are read."""
    parts = [part.strip()[:LONGEST_FOLDER] for part in path[-LONGEST_PATH:].split("/") if part.strip()][-MAX_FOLDERS:]
    if not parts:
        return []
    if len(parts) > 1 and fold(_LEAD_NUMBER.sub("", parts[-2])) == fold(parts[-1]) != fold(parts[-2]):
        parts = parts[:-1]
    parents = parts[:-1]
    author = author or author_above(parents, parts[-1])
    text = without_author(leaf_text(parts[-1]), parents, author)
    dated = _YEAR_HEAD.sub("", text)
    numbered_list = bool(parents) and is_list_folder(parents[-1])
    above = None if numbered_list else folder_name(parents, author, dated)
    found = series_in_brackets(dated)
    if above:
        found += _placed_in(above, dated, parts)
    if numbered_list and _LEAD.match(text):
        return found
    sure = [one for one in found if one.confidence > 0.8]
    own = sure or series_in_title(_number_plain(dated), author=author, flat=True, known=above)
    return [_agreeing(one, above) for one in own] + [one for one in found if one not in own]


def leading_place(path: str) -> str | None:
    """The number at the start of the book's own folder, before a separator ("2 - A Clash"), unless it is a rank.

    It is a place only if other evidence shows that the book is in a series.
    """
    parts = [part.strip()[:LONGEST_FOLDER] for part in path[-LONGEST_PATH:].split("/") if part.strip()][-MAX_FOLDERS:]
    if not parts or (len(parts) > 1 and is_list_folder(parts[-2])):
        return None
    lead = _SET_APART.match(_YEAR_HEAD.sub("", leaf_text(parts[-1])))
    return normalise(lead["marked"] or lead["place"]) if lead else None


def _placed_in(above: str, text: str, parts: list[str]) -> list[SeriesReading]:
    """Readings that combine the name of the folder above with a number in the book's own folder."""
    where = "/".join(parts[-2:])
    bare = _without_prefix(text, above)
    lead = _LEAD.match(bare) or (_LEAD.match(text) if bare != text else None)
    if lead:
        return [
            reading(
                above,
                lead["marked"] or lead["place"],
                0.86 if bare == text else 0.94,
                "folder above, number here",
                where,
            )
        ]
    lettered = _LETTERED.match(text)
    if lettered and _abbreviates(lettered["letters"], above):
        return [reading(above, lettered["place"], 0.88, "abbreviation of the folder above", where)]
    orphan = [
        place
        for place in places_in(text)
        if not fold(place.before) or place.before.rstrip().endswith(("-", "–", "(", "["))
    ]
    if orphan and not re.match(r"\s*(?:of|in)\s", orphan[-1].after):
        earlier = [part for part in re.split(r"\s[-–]\s", orphan[-1].before) if fold(part)]
        bracketed = orphan[-1].before.rstrip().endswith(("(", "["))
        own = earlier and orphan[-1].after.strip() and not bracketed and fold(above) not in fold(text)
        name = earlier[-1] if own else above
        return [reading(name, orphan[-1].sequence, 0.86, "folder above, place here", where)]
    numbered = _NUMBERED_PARENT.match(parts[-2])
    if numbered and fold(numbered["name"]) == fold(text):
        return [reading(text, numbered["place"], 0.7, "folder above has the number", where)]
    if SERIES_WORD.search(parts[-2]) and without_article(fold(above)) != without_article(fold(text)):
        return [reading(above, None, 0.6, "folder above is a series", where)]
    return []


def _without_prefix(text: str, name: str) -> str:
    """The folder's text without a leading series name: "Oz 03 - Ozma" under "Oz" gives "03 - Ozma"."""
    wanted = without_article(fold(name)).split()
    words = _number_plain(text).split()
    start = 1 if words and fold(words[0]) in {"the", "a"} else 0
    for length in (len(wanted), len(wanted) + 1):
        if fold(" ".join(words[start : start + length])) == " ".join(wanted):
            rest = words[start + length :]
            skip = 1 if rest and SERIES_WORD.fullmatch(rest[0]) else 0
            return " ".join(rest[skip:]).lstrip(" -–")
    return text


def _abbreviates(letters: str, name: str) -> bool:
    """Whether the letters are two or more of the initials of the name, in order."""
    initials = "".join(word[0] for word in fold(name).split())
    rest = iter(initials)
    return len(letters) > 1 and all(letter in rest for letter in letters.lower())


def _agreeing(own: SeriesReading, above: str | None) -> SeriesReading:
    """The reading, with a higher confidence if the folder above has a similar name."""
    if above is None:
        return own
    mine, theirs = without_article(fold(own.name)), without_article(fold(above))
    if mine and (mine in theirs or theirs in mine):
        sure = max(own.confidence, 0.95) if own.sequence else own.confidence
        return SeriesReading(own.name, own.sequence, sure, own.evidence)
    return own


def _number_plain(text: str) -> str:
    """ "Oz [03] Ozma [01]" as "Oz 03 - Ozma": the first number in brackets is the place, the others are removed."""
    match = _NUMBER_IN_BRACKETS.search(text)
    if not match or not text[: match.start()].strip():
        return text
    rest = _NUMBER_IN_BRACKETS.sub("", text[match.end() :]).strip()
    return f"{text[: match.start()]} {match[1]:0>2} - {rest}"
