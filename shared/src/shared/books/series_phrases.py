"""Series named inside one text, a title or a subtitle: in brackets, after a colon, before a number and a dash."""

import re
from dataclasses import dataclass

from shared.books.description import Reason
from shared.books.place_phrases import Place, ordinal_place, places_in
from shared.books.sequence import normalise
from shared.books.series_boundary import split_title_from_series
from shared.books.series_names import clean_name
from shared.books.titles import fold


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """One way to read a series: its name, the place as a decimal string or range, and how sure that is (0 to 1)."""

    name: str
    sequence: str | None
    confidence: float
    evidence: tuple[Reason, ...] = ()


_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,160})[\])]")
_FRONT_BRACKET = re.compile(r"^\s*\[([^\[\]]{2,100})\]\s*\S")
_BARE_TAIL = re.compile(r"^(?P<name>.*[^\W\d_].*?)[\s#]+0*(?P<place>[0-9]{1,3}(?:\.[0-9]{1,2})?)$")
_DASHED = re.compile(r"^(?P<name>.*?[^\W\d_].*?)(?:\s+[-–]\s+|\s+)(?P<place>[0-9]{1,3}(?:\.[0-9])?)\s+[-–]\s+\S")
_PADDED = re.compile(r"^(?P<name>.*[^\W\d_].*?)\s+(?P<place>0[0-9]{1,2}(?:\.[0-9])?)\s+\S")
_DESCRIBED = re.compile(
    r"^(?P<name>.*[^\W\d_].*?)\s+(?P<place>[0-9]{1,2})[:,]?\s+(?:A|An)\s(?:[\w’'-]+\s){0,4}(?:LitRPG|GameLit|Progression|Fantasy|Adventure|Saga)"
)
_ROMAN_TAIL = re.compile(r"^(?P<name>\S.*\s\S+)\s(?P<place>[IVX]{1,5})$")
_OF = re.compile(r"^\s*,?\s*(?:of|in|from)\s+(?P<name>.+)$", re.IGNORECASE)
_COUNT = re.compile(r"^\s*,?\s*(?:of|/)\s*[0-9]{1,3}\b", re.IGNORECASE)
_ENDS_WITH_COUNTED = re.compile(
    r"\b(?:cabin|room|apartment|chapter|channel|area|district|catch|number|no|platform|station|day|week|month|year|hour|ward|unit"
    r"|section|pier|gate|line|route|highway|flight|floor|act|studio|block|bus|camp|age|opus|agent|chapter|finder|version|life|world"
    r"|at|of|in|the|to|and|under|until|before|after|top|over|only|fahrenheit|slaughterhouse|part|cd|disc|disk|track|side)$",
    re.IGNORECASE,
)  # fmt: skip
_MONARCHS = frozenset(
    "henry richard edward george william charles james john louis philip elizabeth mary alexander nicholas peter catherine"
    " leo pius paul benedict gregory frederick ivan malcolm".split()
)


def read_subtitle(subtitle: str, title: str) -> list[SeriesReading]:
    """Series a subtitle names; it holds no title, so everything before the place is the name."""
    found = list(_from_brackets(subtitle))
    ordinal = ordinal_place(subtitle)
    if ordinal:
        found.append(_reading(ordinal.after, ordinal.sequence, 0.93, "ordinal", ordinal.words))
    for place in places_in(subtitle)[-1:]:
        found += _around_place(place, whole_is_name=True)
    if not found:
        match = _BARE_TAIL.match(subtitle)
        if match and not _ENDS_WITH_COUNTED.search(match["name"]):
            found.append(_reading(match["name"], match["place"], 0.8, "subtitle ends in a number", subtitle))
    return found


def read_title(title: str, author: str | None) -> list[SeriesReading]:
    """Series a title names, from the surest sign to the weakest."""
    found = list(_from_brackets(title))
    if found:
        return found
    plain = _BRACKET.sub(" ", title).strip() or title
    ordinal = ordinal_place(plain)
    if ordinal:
        found.append(_reading(ordinal.after, ordinal.sequence, 0.9, "ordinal", ordinal.words))
    for place in places_in(plain)[-1:]:
        found += _around_place(place)
    return found or _bare_numbers(plain)


def _from_brackets(text: str) -> list[SeriesReading]:
    found = []
    front = _FRONT_BRACKET.match(text)
    for match in _BRACKET.finditer(text):
        for part in match[1].split(";"):
            places = places_in(part)
            if places and fold(places[-1].before):
                found.append(_reading(places[-1].before, places[-1].sequence, 0.97, "bracket", part))
            elif places and (of := _OF.match(places[-1].after)):
                found.append(_reading(of["name"], places[-1].sequence, 0.9, "bracket", part))
            elif (bare := _BARE_TAIL.match(part)) and not _ENDS_WITH_COUNTED.search(bare["name"]):
                sure = 0.92 if text[match.start()] == "[" or front else 0.85
                found.append(_reading(bare["name"], bare["place"], sure, "bracket ends in a number", part))
    return found


def _around_place(place: Place, whole_is_name: bool = False) -> list[SeriesReading]:
    after = _COUNT.sub("", place.after)
    of = _OF.match(after)
    if of:
        return [_reading(of["name"], place.sequence, 0.9, "place of a series", place.words)]
    before = place.before.rstrip(" ,;:-–—([_")
    if not fold(before):
        return []
    if whole_is_name or after.strip(" .)]"):
        name = before if whole_is_name else re.split(r"\s+[-–]\s+|[:_]\s+", before)[-1]
        return [_reading(name, place.sequence, 0.92, "name before its place", before + place.words)]
    parts = re.split(r"[:꞉;_]\s+|\s+[-–]\s+", before)
    if len(parts) > 1:
        return [_reading(parts[-1], place.sequence, 0.93, "name before its place", parts[-1] + place.words)]
    _, name, sure = split_title_from_series(before)
    return [_reading(name, place.sequence, sure, "title and series run together", before + place.words)]


def _bare_numbers(text: str) -> list[SeriesReading]:
    for rule, pattern, sure in (("number before a dash", _DASHED, 0.88), ("padded number inside", _PADDED, 0.85),
                                ("number before a genre", _DESCRIBED, 0.85)):  # fmt: skip
        match = pattern.match(text)
        if match and not _ENDS_WITH_COUNTED.search(match["name"]):
            return [_reading(match["name"], match["place"], sure, rule, text)]
    match = _BARE_TAIL.match(text)
    if match and float(match["place"]) <= 40 and not _ENDS_WITH_COUNTED.search(match["name"]):
        return [_reading(match["name"], match["place"], 0.6, "title ends in a number", text)]
    match = _ROMAN_TAIL.match(text)
    if match and match["name"].split()[-1].lower() not in _MONARCHS:
        place = normalise(match["place"], words=True)
        return [_reading(match["name"], place, 0.6, "title ends in a Roman numeral", text)] if place else []
    return []


def _reading(name: str, sequence: str | None, confidence: float, rule: str, words: str) -> SeriesReading:
    clean = clean_name(name)
    sure = confidence if fold(clean) else 0.0
    reason = Reason(rule, f"“{words.strip()[:80]}” names the series “{clean[:80]}”, place {sequence}", sure)
    return SeriesReading(clean, normalise(sequence), sure, (reason,))
