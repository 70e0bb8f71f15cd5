"""The contents of an owned omnibus or box set: the places that its name spans ("Oz, Books 1-3") in its series."""

import math
import re
from decimal import Decimal
from functools import lru_cache

from shared.books.description import BookDescription
from shared.books.gaps.works import REMEMBERED, short_series_key
from shared.books.matching.work_kinds import places_spanned
from shared.books.records import record
from shared.books.series.names import clean_name
from shared.books.series.sequence import bounds
from shared.books.text.number_words import WORD_NUMBERS
from shared.books.text.place_words import NO_YEAR, TO, UNIT
from shared.books.text.titles import LONGEST_TITLE, fold

_WHOLE = rf"{NO_YEAR}[0-9]{{1,4}}"
_SPAN = re.compile(
    rf"(?:\b(?:{UNIT}|novels|parts)\.?\s*|[#\[(]\s*|\s)#?0*({_WHOLE})\s*{TO}"
    rf"\s*#?0*({_WHOLE})(?![\d.:]|\s*(?:k|kb|kbps|hours?|hrs?|min|years?)\b)",
    re.IGNORECASE,
)
_WORDS = "|".join(word for word in WORD_NUMBERS if word.isascii() and word.isalpha())
_SPAN_IN_WORDS = re.compile(
    rf"\b(?:books?|volumes?|novels|parts)\s+({_WORDS})\s*(?:-|–|—|to|through|&|and)\s*({_WORDS})\b", re.IGNORECASE
)


_COUNTED = ("book", "volume", "novels", "parts")
_TWO_NUMBERS = re.compile(r"[0-9][^0-9]+[0-9]")


@record
class Span:
    """The places from `first` to `last`, in the series whose name occurs in `text` (folded)."""

    first: int
    last: int
    text: str

    def holds(self, series_key: str, place: str | None) -> bool:
        """Whether the span covers a place of the series with this `series_key`."""
        both = bounds(place)
        if both is None or not series_key or not self.first <= both[0] <= both[1] <= Decimal(self.last):
            return False
        return f" {short_series_key(series_key)} " in f" {self.text} "


def spans_of(book: BookDescription) -> tuple[Span, ...]:
    """The spans in an owned book's series, title, subtitle or own folder. The parent folders are not evidence."""
    leaf = (book.path or "").rstrip("/").rpartition("/")[2]
    found: list[Span] = []
    for text in (f"{book.title} {book.subtitle or ''}", leaf):
        found += _spans_in(text)
    for place in book.series:
        span = places_spanned(place.sequence)
        if span is not None and span[0] < span[1]:
            found.append(Span(math.ceil(span[0]), int(span[1]), fold(clean_name(place.name))))
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def _spans_in(text: str) -> tuple[Span, ...]:
    spans = [*_in_digits(text[:LONGEST_TITLE]), *_in_words(text[:LONGEST_TITLE])]
    return tuple(Span(first, last, fold(text)) for first, last in spans if first < last)


def _in_digits(text: str) -> list[tuple[int, int]]:
    if not _TWO_NUMBERS.search(text):
        return []
    return [(int(match[1]), int(match[2])) for match in _SPAN.finditer(text)]


def _in_words(text: str) -> list[tuple[int, int]]:
    lower = text.lower()
    found = _SPAN_IN_WORDS.finditer(text) if any(word in lower for word in _COUNTED) else ()
    return [(WORD_NUMBERS[match[1].lower()], WORD_NUMBERS[match[2].lower()]) for match in found]
