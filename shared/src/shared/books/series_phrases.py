"""Series named inside one text, a title or a subtitle: in brackets, after a colon, before a number and a dash."""

import re
from dataclasses import dataclass

from shared.books.description import Reason
from shared.books.place_phrases import Place, ordinal_place, places_in
from shared.books.sequence import bounds, normalise
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


MOST_BARE = 40
"""The highest number that at a title's end, with nothing to say so, is taken for a place."""
_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,160})[\])]")
_BARE_TAIL = re.compile(
    r"^(?P<name>.*[^\W\d_].*?)[\s#]+0*(?P<place>[0-9]{1,3}(?:\.[0-9]{1,2})?(?:\s?[-–]\s?[0-9]{1,3})?)$"
)
_DASHED = re.compile(r"^(?P<name>.*?[^\W\d_].*?)(?:\s+[-–]\s+|\s+)(?P<place>[0-9]{1,3}(?:\.[0-9])?)\s+[-–]\s+\S")
_PADDED = re.compile(r"^(?P<name>.*[^\W\d_].*?)\s+(?P<place>0[0-9]{1,2}(?:\.[0-9])?)\s+\S")
_DESCRIBED = re.compile(
    r"^(?P<name>.*[^\W\d_].*?)\s+(?P<place>[0-9]{1,2})[:,]?\s+(?:A|An)\s(?:[\w’'-]+\s){0,4}"
    r"(?:LitRPG|GameLit|Progression|Fantasy|Adventure|Saga)"
)
_ROMAN_TAIL = re.compile(r"^(?P<name>\S.*\s\S+)\s(?P<place>[IVX]{1,5})$")
_SERIES_PART = re.compile(r"(?:^|\s[-–]\s)(?P<name>[^-–]+?)\s(?:Series|Saga|Trilogy)(?=\s[-–]\s|$)", re.IGNORECASE)
_LEAD_NUMBER = re.compile(
    r"^(?:(?:book|bk|vol(?:ume)?)\.?\s)?0*(?P<place>[0-9]{1,3}(?:\.[0-9]{1,2})?)#?\s?[-–.:]\s", re.IGNORECASE
)
_OF = re.compile(r"^\s*,?\s*(?:of|in|from)\s+(?P<name>.+)$", re.IGNORECASE)
_COUNT = re.compile(r"^\s*,?\s*(?:of|/)\s*[0-9]{1,3}\b", re.IGNORECASE)
_SPLIT = re.compile(r"[:꞉;_]\s+|\s+[-–—]\s+")
_COUNTED = re.compile(
    r"\b(?:cabin|room|apartment|chapter|channel|area|district|catch|number|no|platform|station|day|week|month|year|hour"
    r"|ward|unit|section|pier|gate|line|route|highway|flight|floor|act|studio|block|bus|camp|age|opus|agent|finder|finders"
    r"|version|life|at|of|in|the|to|and|under|until|before|after|top|over|only|fahrenheit|slaughterhouse|part|cd|disc|disk"
    r"|track|side)$",
    re.IGNORECASE,
)
_MONARCHS = frozenset(
    "henry richard edward george william charles james john louis philip elizabeth mary alexander nicholas peter catherine"
    " leo pius paul benedict gregory frederick ivan malcolm".split()
)


def series_in_subtitle(subtitle: str) -> list[SeriesReading]:
    """Series a subtitle names; it holds no title, so everything before the place is the name."""
    found = series_in_brackets(subtitle)
    ordinal = ordinal_place(subtitle)
    if ordinal:
        found.append(reading(ordinal.after, ordinal.sequence, 0.93, "ordinal", ordinal.words))
    for place in places_in(subtitle)[-1:]:
        found += _around_place(place, whole=True)
    match = None if found else _BARE_TAIL.match(subtitle)
    if match and not _COUNTED.search(match["name"]):
        found.append(reading(match["name"], match["place"], 0.8, "subtitle ends in a number", subtitle))
    return found


def series_in_title(
    title: str, *, author: str | None = None, flat: bool = False, known: str | None = None
) -> list[SeriesReading]:
    """Series a title names, from the surest sign to the weakest; `known` is a name its surroundings suggest.

    `flat` says that the text is a folder's, where a leading number may stand before everything else.
    """
    found = series_in_brackets(title)
    if found:
        return found
    plain = _BRACKET.sub(" ", title).strip() or title
    lead = _LEAD_NUMBER.match(plain) if flat else None
    if lead:
        named = _SERIES_PART.search(plain[lead.end() :])
        if named:
            return [reading(named["name"], lead["place"], 0.88, "number first, series named last", plain)]
    ordinal = ordinal_place(plain)
    if ordinal:
        found.append(reading(ordinal.after, ordinal.sequence, 0.9, "ordinal", ordinal.words))
    body = plain[lead.end() :] if lead else plain
    for place in places_in(body)[-1:]:
        found += _around_place(place, known=known, flat=flat)
    return found or _bare_numbers(plain)


def series_in_brackets(text: str) -> list[SeriesReading]:
    """Series named within round or square brackets: "(Oz, #3)", "[Oz 03]", "(Book 3 of Oz)", two parted by ";"."""
    found = []
    for match in _BRACKET.finditer(text):
        for part in match[1].split(";"):
            places = places_in(part)
            if places and fold(places[-1].before):
                found.append(reading(places[-1].before, places[-1].sequence, 0.97, "bracket", part))
            elif places and (of := _OF.match(places[-1].after)):
                found.append(reading(of["name"], places[-1].sequence, 0.9, "bracket", part))
            elif (bare := _BARE_TAIL.match(part)) and not _COUNTED.search(bare["name"]):
                sure = 0.92 if text[match.start()] == "[" else 0.85
                found.append(reading(bare["name"], bare["place"], sure, "bracket ends in a number", part))
    return found


def reading(name: str, sequence: str | None, confidence: float, rule: str, words: str) -> SeriesReading:
    """A reading with its name cleaned and its reason said; worth nothing when no name is left."""
    clean = clean_name(name)
    sure = confidence if fold(clean) else 0.0
    reason = Reason(rule, f"“{words.strip()[:80]}” names the series “{clean[:80]}”, place {sequence}", sure)
    return SeriesReading(clean, normalise(sequence), sure, (reason,))


def _around_place(
    place: Place, *, whole: bool = False, known: str | None = None, flat: bool = False
) -> list[SeriesReading]:
    after = _COUNT.sub("", place.after)
    of = _OF.match(after)
    if of:
        return [reading(of["name"], place.sequence, 0.9, "place of a series", place.words)]
    before = place.before.rstrip(" ,;:-–—([_")
    if not fold(before):
        sure = 0.6 if flat and after.strip() else 0.0
        return [reading(after, place.sequence, sure, "only a place before it", place.words + after)]
    if whole:
        return [reading(before, place.sequence, 0.92, "name before its place", before + place.words)]
    parts = _SPLIT.split(before)
    last = parts[-1]
    if len(parts) > 1 or after.strip(" .)]") or not _runs_together(place):
        return [reading(last, place.sequence, 0.92, "name before its place", last + place.words)]
    _, name, sure = split_title_from_series(before, known)
    return [reading(name, place.sequence, sure, "title and series run together", before + place.words)]


def _small(place: str) -> bool:
    both = bounds(place)
    return both is not None and both[1] <= MOST_BARE


def _runs_together(place: Place) -> bool:
    """Audible's way of writing, ", Book 3" at the end of title and series, which leaves the two without a mark."""
    return place.before.endswith(", ") and place.words.lower().startswith("book ")


def _bare_numbers(text: str) -> list[SeriesReading]:
    for rule, pattern, sure in (
        ("number before a dash", _DASHED, 0.88),
        ("padded number inside", _PADDED, 0.85),
        ("number before a genre", _DESCRIBED, 0.85),
    ):
        match = pattern.match(text)
        if match:
            return [reading(_SPLIT.split(match["name"])[-1], match["place"], sure, rule, text)]
    match = _BARE_TAIL.match(text)
    if match and _small(match["place"]) and not _COUNTED.search(match["name"]):
        return [reading(_SPLIT.split(match["name"])[-1], match["place"], 0.6, "title ends in a number", text)]
    match = _ROMAN_TAIL.match(text)
    if match and match["name"].split()[-1].lower() not in _MONARCHS:
        place = normalise(match["place"], words=True)
        return [reading(match["name"], place, 0.6, "title ends in a Roman numeral", text)] if place else []
    return []
