"""Splits a title into parts, and recognises the parts that do not belong to it: series, number, people, year, copy."""

import re
from collections.abc import Collection
from enum import StrEnum

from shared.books.description import SeriesPlace
from shared.books.gaps.works import series_key
from shared.books.records import record
from shared.books.repairs.copy_words import describes_copy, is_year
from shared.books.series.bare_numbers import counted_thing
from shared.books.series.place_phrases import places_in
from shared.books.series.sequence import is_range, normalise, same_place
from shared.books.text.names import person, split_people
from shared.books.text.place_words import BARE_NUMBER, UNIT
from shared.books.text.titles import fold

SURE, LIKELY, POSSIBLE = 0.97, 0.9, 0.75
"""Scores of a part: named by itself or by other evidence; by its form; by its form where titles may look alike."""
_READ_BY = re.compile(
    r"(?:(?:read|narrated|performed|told|voiced) by|gelesen von|erzählt von|lu(?:e)? par|raconté par|leído por"
    r"|narrado por|narrada por|letto da|lido por|voorgelezen door|gelezen door|uppläst av|inläst av|lest av"
    r"|læst af|czyta|lukijana|čte|читает)\s*:?\s+(?P<names>\S.*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"#?\s?(?P<place>0*{BARE_NUMBER})\.?")
_MARKED = re.compile(rf"(?:(?:{UNIT})\.?\s?#?|#)\s?\S+", re.IGNORECASE)
_OF = re.compile(
    r"\s*,?\s*(?:of|in|from|von|aus|de la|del|de|du|della|di|van|uit|av|z)\s+(?:the\s+)?(?P<name>\S.*)", re.IGNORECASE
)
_BARE_TAIL = re.compile(rf"(?P<name>.*[^\W\d_].*?)[\s,#]+(?P<place>0*{BARE_NUMBER})")
_PADDED_TAIL = re.compile(r"(?P<name>.*[^\W\d_].*?)\s+(?P<place>0[0-9](?:\.[0-9]{1,2})?)")
_SERIES_TAIL = re.compile(r"\s+(?:series|saga|cycle|trilogy|reihe|serie|série|cykl|sarja)$", re.IGNORECASE)


class PartKind(StrEnum):
    """What a part of a title is."""

    TEXT = "text"
    SERIES = "series"
    NUMBER = "number"
    PERSON = "person"
    YEAR = "year"
    COPY = "copy"


@record
class Context:
    """What other sources say about a book: its series, people and year, and the title in the name of its folder.

    `readers` are the letters (see `Person`) of everybody whom the library knows as a narrator.
    """

    series: tuple[SeriesPlace, ...] = ()
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    year: str | None = None
    folder_title: str | None = None
    readers: frozenset[str] = frozenset()

    def names_series(self, name: str) -> bool:
        """Whether another source names this series."""
        return self.place_named(name) is not None

    def place_named(self, name: str) -> SeriesPlace | None:
        """The place that another source gives in the series of this name, or None."""
        key = series_key(_SERIES_TAIL.sub("", name))
        return next((each for each in self.series if key and key == series_key(_SERIES_TAIL.sub("", each.name))), None)

    def has_place(self, place: str | None) -> bool:
        """Whether another source gives this place in a series."""
        return any(same_place(each.sequence, place) for each in self.series)

    def is_author(self, name: str) -> bool:
        """Whether a text names only authors of the book."""
        return _names_only(name, {person(each).letters for each in self.authors})

    def is_reader(self, name: str) -> bool:
        """Whether a text names only narrators of the book or, if it has none, of the library."""
        mine = {person(each).letters for each in self.narrators}
        return _names_only(name, mine or self.readers)


@record
class Part:
    """A part of a title, what it is, and how sure that is (0 to 1). `series` is the series that it names, if any."""

    text: str
    kind: PartKind
    score: float = 1.0
    series: str | None = None
    place: str | None = None


def part_in_brackets(text: str, opening: str, context: Context) -> Part:
    """What a text in brackets is; TEXT if it may belong to the title."""
    whole = _bracket(text, opening, context)
    pieces = [piece for piece in re.split(r"[,;|•●]|\s-\s", text) if piece.strip()]
    if whole.kind is not PartKind.TEXT or len(pieces) < 2:
        return whole
    parts = [_bracket(piece.strip(), opening, context) for piece in pieces]
    if any(part.kind is PartKind.TEXT for part in parts):
        return whole
    return min(parts, key=lambda part: part.score)


def _bracket(text: str, opening: str, context: Context) -> Part:
    if not fold(text) or describes_copy(text, code=opening == "["):
        return Part(text, PartKind.COPY, SURE)
    if is_year(text):
        return Part(text, PartKind.YEAR, SURE if text.strip() == context.year else LIKELY)
    person_named = _person(text, context, may_be_reader=True, may_be_author=True)
    return person_named or _number_in_brackets(text, opening, context) or _series_in_brackets(text, opening, context)


def _person(text: str, context: Context, *, may_be_reader: bool, may_be_author: bool) -> Part | None:
    """A part that names people: "read by …", or only names of the book's people."""
    if names := read_by(text):
        return Part(text, PartKind.PERSON, SURE if context.is_reader(names) else LIKELY)
    if may_be_reader and context.is_reader(text):
        return Part(text, PartKind.PERSON, SURE)
    return Part(text, PartKind.PERSON, LIKELY) if may_be_author and context.is_author(text) else None


def _number_in_brackets(text: str, opening: str, context: Context) -> Part | None:
    number = _NUMBER.fullmatch(text.strip()) if opening == "[" else None
    if number is None or not (context.has_place(number["place"]) or number["place"].startswith("0")):
        return None
    return Part(text, PartKind.NUMBER, LIKELY, place=normalise(number["place"]))


def _series_in_brackets(text: str, opening: str, context: Context) -> Part:
    part = series_part(text, context)
    tail = _BARE_TAIL.fullmatch(text.strip()) if part.kind is PartKind.TEXT and opening == "[" else None
    if tail is None or counted_thing(tail["name"]) or is_year(tail["place"]):
        return part
    return Part(text, PartKind.SERIES, LIKELY, tail["name"], normalise(tail["place"]))


def series_part(text: str, context: Context) -> Part:
    """Whether a whole text is a series with a place, a place alone, or a series that another source names."""
    if context.names_series(text):
        return Part(text, PartKind.SERIES, LIKELY, series=text)
    places = places_in(text)
    if places and not is_range(places[-1].sequence) and _is_marked(places[-1].words):
        place = places[-1]
        of = _OF.fullmatch(place.after)
        if not fold(place.before) and of:
            return Part(text, PartKind.SERIES, SURE, of["name"], place.sequence)
        if not fold(place.after) and fold(place.before):
            return Part(text, PartKind.SERIES, SURE, place.before.rstrip(" ,:;-–—(["), place.sequence)
        if not fold(place.after) and not fold(place.before):
            return Part(text, PartKind.NUMBER, SURE if context.has_place(place.sequence) else POSSIBLE,
                        place=place.sequence)  # fmt: skip
    tail = _BARE_TAIL.fullmatch(text.strip())
    if tail and (known := context.place_named(tail["name"])):
        agrees = known.sequence is None or same_place(known.sequence, tail["place"])
        return Part(text, PartKind.SERIES, SURE if agrees else POSSIBLE, tail["name"], normalise(tail["place"]))
    return Part(text, PartKind.TEXT)


def segment_part(text: str, context: Context, *, separator: str, is_first: bool) -> Part:
    """What a text between separators is. `separator` is the dash, colon or comma beside it."""
    dashed = separator not in (":", "꞉", ";", ",")
    if describes_copy(text, code=False):
        return Part(text, PartKind.COPY, SURE)
    if is_year(text):
        return Part(text, PartKind.YEAR if text.strip() == context.year and dashed else PartKind.TEXT, SURE)
    person_named = _person(text, context, may_be_reader=dashed and not is_first, may_be_author=dashed)
    number = _NUMBER.fullmatch(text.strip()) if dashed else None
    if person_named or number is None:
        return person_named or _series_in_segment(text, context, dashed=dashed)
    padded = number["place"].startswith("0") and len(number["place"]) > 1
    sure = SURE if context.has_place(number["place"]) else LIKELY if padded else POSSIBLE
    return Part(text, PartKind.NUMBER, sure, place=normalise(number["place"]))


def _series_in_segment(text: str, context: Context, *, dashed: bool) -> Part:
    """A series with a place. The name of a series alone is text, because many titles begin with it."""
    part = series_part(text, context)
    if part.kind is PartKind.SERIES and part.place is None:
        return Part(text, PartKind.TEXT, series=part.series)
    tail = _PADDED_TAIL.fullmatch(text.strip()) if part.kind is PartKind.TEXT and dashed else None
    if tail is None or counted_thing(tail["name"]):
        return part
    return Part(text, PartKind.SERIES, LIKELY, tail["name"], normalise(tail["place"]))


def read_by(text: str) -> str | None:
    """The names in "read by …" in several languages, if the whole text has that form; else None."""
    match = _READ_BY.fullmatch(text.strip())
    return match["names"] if match and 1 <= len(match["names"].split()) <= 8 else None


def _names_only(text: str, letters: Collection[str]) -> bool:
    people = split_people(text)
    return bool(people) and all(person(each).letters in letters for each in people)


def _is_marked(words: str) -> bool:
    return _MARKED.match(words.strip()) is not None
