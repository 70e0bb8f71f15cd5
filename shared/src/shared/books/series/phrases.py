"""Reads the series from one title or subtitle: in brackets, after a colon, before a number and a dash."""

import re

from shared.books.series.bare_numbers import counted_thing, series_by_bare_number
from shared.books.series.boundary import split_title_from_series
from shared.books.series.boundary_weights import JOINING
from shared.books.series.place_phrases import Place, ordinal_place, places_in
from shared.books.series.readings import SeriesReading, reading
from shared.books.text.genre_subtitles import GENRE_WORDS
from shared.books.text.place_words import BARE_NUMBER, NUMBER, TO, UNIT
from shared.books.text.titles import fold

_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,160})[\])]")
_NAME_IN_BRACKETS = re.compile(r"\[([^\[\]\d]{2,80})\](?=\s*[-–]?\s*\d)")
_BARE_TAIL = re.compile(rf"^(?P<name>.*[^\W\d_].*?)[\s#]+0*(?P<place>{BARE_NUMBER}(?:\s?[-–]\s?{BARE_NUMBER})?)$")
_SPAN_ALONE = re.compile(
    rf"\s*(?:(?:{UNIT}|parts|novels)\.?\s?)?#?(?P<place>{BARE_NUMBER}\s?{TO}\s?#?{BARE_NUMBER})\s*", re.IGNORECASE
)
_NOVEL_OF = re.compile(
    r"(?:^|[:꞉;,(\[]\s*|\s[-–—]\s+)An?\s(?P<name>(?:[^\W\d_][\w.’'&-]*\s){1,6}?)"
    r"(?P<what>Novel|Novella|Mystery|Thriller|Adventure|Story)\s*[)\]]?$"
)
_ONLY_COLLECTED = re.compile(
    r"(?:the\s)?(?:complete\s)?(?:box(?:ed)?[ -]?set|omnibus|collection|series|trilogy|saga|bundle"
    r"|audiobooks?)(?:\scollection)?",
    re.IGNORECASE,
)
_SERIES_PART = re.compile(r"(?:^|\s[-–]\s)(?P<name>[^-–]+?)\s(?:Series|Saga|Trilogy)(?=\s[-–]\s|$)", re.IGNORECASE)
_LEAD_NUMBER = re.compile(
    rf"^(?:(?:{UNIT})\.?\s(?P<marked>{NUMBER})|0*(?P<place>{BARE_NUMBER}))#?\s?[-–.:]\s", re.IGNORECASE
)
_LISTED = re.compile(r",\s(?:and|&)\s|,[^,]*,", re.IGNORECASE)
_OF = re.compile(r"^\s*,?\s*(?:of|in|from)\s+(?P<name>.+)$", re.IGNORECASE)
_COUNT = re.compile(rf"^\s*,?\s*(?:of|/)\s*{NUMBER}\b", re.IGNORECASE)
SEGMENTS = re.compile(r"[:꞉;_]\s+|\s+[-–—]\s+")
"""The separators between the parts of a title."""


def series_in_subtitle(subtitle: str) -> list[SeriesReading]:
    """The series that a subtitle names. A subtitle contains no title, so all text before the place is the name."""
    found = series_in_brackets(subtitle)
    ordinal = ordinal_place(subtitle)
    if ordinal:
        found.append(reading(ordinal.after, ordinal.sequence, 0.93, "ordinal", ordinal.words))
    for place in places_in(subtitle)[-1:]:
        found += _around_place(place, whole=True)
    found = found or _series_of_a_novel(subtitle)
    match = None if found else _BARE_TAIL.match(subtitle)
    if match and not counted_thing(match["name"]):
        found.append(reading(match["name"], match["place"], 0.8, "subtitle ends in a number", subtitle))
    return found


def series_in_title(
    title: str, *, author: str | None = None, flat: bool = False, known: str | None = None
) -> list[SeriesReading]:
    """The series that a title names, from the strongest sign to the weakest.

    `known` is a name from a parent folder. `flat` means that the text is a folder name, which may begin with a number.
    """
    found = series_in_brackets(title)
    if found:
        return found
    plain = _without_brackets(title)
    lead = _LEAD_NUMBER.match(plain) if flat else None
    if lead:
        named = _SERIES_PART.search(plain[lead.end() :])
        if named:
            return [
                reading(named["name"], lead["marked"] or lead["place"], 0.88, "number first, series named last", plain)
            ]
    ordinal = ordinal_place(plain)
    if ordinal:
        found.append(reading(ordinal.after, ordinal.sequence, 0.9, "ordinal", ordinal.words))
    body = plain[lead.end() :] if lead else plain
    for place in places_in(body)[-1:]:
        found += _around_place(place, known=known, flat=flat)
    return found or series_by_bare_number(plain) or _series_of_a_novel(title.strip(), after_title=True)


def _without_brackets(title: str) -> str:
    if "[" not in title and "(" not in title:
        return title.strip() or title
    return _BRACKET.sub(" ", _NAME_IN_BRACKETS.sub(r"\1", title)).strip() or title


def series_in_brackets(text: str) -> list[SeriesReading]:
    """Series within round or square brackets: "(Oz, #3)", "[Oz 03]", "(Book 3 of Oz)". A ";" separates two."""
    if "(" not in text and "[" not in text:
        return []
    found = []
    for match in _BRACKET.finditer(text):
        for part in match[1].split(";"):
            places = places_in(part)
            span = _SPAN_ALONE.fullmatch(part)
            if span and fold(name := SEGMENTS.split(text[: match.start()])[-1]):
                found.append(reading(name, span["place"], 0.9, "name before a range", text))
                continue
            if places and fold(places[-1].before):
                found.append(reading(places[-1].before, places[-1].sequence, 0.97, "bracket", part))
            elif places and (of := _OF.match(places[-1].after)):
                found.append(reading(of["name"], places[-1].sequence, 0.9, "bracket", part))
            elif not places and (bare := _BARE_TAIL.match(part)) and not counted_thing(bare["name"]):
                sure = 0.92 if text[match.start()] == "[" else 0.85
                found.append(reading(bare["name"], bare["place"], sure, "bracket ends in a number", part))
    return found


def _series_of_a_novel(text: str, *, after_title: bool = False) -> list[SeriesReading]:
    """ "The Canal: An Inspector Hale Novel" names a series without a place; "A Regency Novel" names none."""
    match = _NOVEL_OF.search(text, 1 if after_title else 0)
    words = match["name"].split() if match else []
    names = [word for word in words if word[0].isupper() and re.sub(r"['’]s$", "", word.lower()) not in GENRE_WORDS]
    fewest = 2 if match and match["what"] in ("Adventure", "Story") else 1
    if not match or len(names) < fewest or any(word[0].islower() and word not in JOINING for word in words):
        return []
    return [reading(match["name"], None, 0.75, "a novel of the series", match[0])]


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
    parts = SEGMENTS.split(before)
    if not after.strip(" .)]") and not place.before.endswith(", ") and not _LISTED.search(before):
        parts = [*parts[:-1], *parts[-1].rsplit(", ", 1)]
    while len(parts) > 1 and _ONLY_COLLECTED.fullmatch(parts[-1].strip()):
        parts = parts[:-1]
    last = parts[-1]
    if last.rpartition(" ")[2].lower() in JOINING and " " in last:
        return [reading(last, place.sequence, 0.2, "phrase before a number", last + place.words, guessed=True)]
    if len(parts) > 1 or after.strip(" .)]") or not _runs_together(place):
        return [reading(last, place.sequence, 0.92, "name before its place", last + place.words)]
    _, name, sure = split_title_from_series(before, known)
    return [reading(name, place.sequence, sure, "title and series run together", before + place.words)]


def _runs_together(place: Place) -> bool:
    """Whether a title ends as Audible writes it, in ", Book 3", with no separator between title and series."""
    return place.before.endswith(", ") and place.words.lower().startswith("book ")
