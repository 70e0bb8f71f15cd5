"""Places in a series: decimal strings ("1", "2.5", "0") and ranges of them ("1-3")."""

import re
from decimal import Decimal
from functools import lru_cache

from shared.books.text.number_words import ORDINAL_WORDS, ROMAN_NUMERALS, WORD_NUMBERS

LONGEST_TEXT = 40
"""Characters of the longest text that may be a place."""
REMEMBERED = 4096
"""The number of cached places. A library has few different ones."""
# A number of more than four digits is an id or a size.
_ONE = re.compile(r"0*([0-9]{1,4})(?:\.([0-9]{1,2}))?\Z")
_RANGE = re.compile(
    r"#?\s*([0-9.]{1,8})\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b|\bbis\b|&|\band\b)\s*#?([0-9.]{1,8})\s*\Z"
)


def normalise(text: str | None, *, words: bool = False) -> str | None:
    """The place as a decimal string or a range, or None when the text is neither.

    Leading and trailing zeros are removed ("01" is "1", "2.50" is "2.5"). With `words`, number words, ordinals and
    Roman numerals are read too. Set it only if the context shows that the text is a number.
    """
    return _normalised(text, words) if text and len(text) <= LONGEST_TEXT else None


@lru_cache(maxsize=REMEMBERED)
def _normalised(text: str, words: bool) -> str | None:
    stripped = text.strip().lstrip("#").strip()
    return _one(stripped) or _range(stripped) or (_number_in_words(stripped) if words else None)


def bounds(sequence: str | None) -> tuple[Decimal, Decimal] | None:
    """First and last place of a sequence, equal for a single place; None when the text is not a sequence."""
    normal = normalise(sequence)
    return None if normal is None else _numbers(normal)


@lru_cache(maxsize=REMEMBERED)
def _numbers(normal: str) -> tuple[Decimal, Decimal]:
    first, _, last = normal.partition("-")
    return Decimal(first), Decimal(last or first)


def is_range(sequence: str | None) -> bool:
    """Whether the sequence covers several places ("1-3"). "2-2" does not: some sources write parts this way."""
    normal = normalise(sequence)
    if normal is None or "-" not in normal:
        return False
    first, last = _numbers(normal)
    return first < last


def is_whole(sequence: str | None) -> bool:
    """Whether it is one whole place from 1 upwards: a core work, not a prequel at 0 or a novella between two books."""
    both = bounds(sequence)
    return both is not None and both[0] == both[1] >= 1 and both[0] == both[0].to_integral_value()


def contains(sequence: str | None, one: str | None) -> bool:
    """Whether a range (or single place) contains the place `one`."""
    outer, inner = bounds(sequence), bounds(one)
    return outer is not None and inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def same_place(a: str | None, b: str | None) -> bool:
    """Whether both are the same place or the same range. False if either is unknown."""
    first = normalise(a)
    return first is not None and first == normalise(b)


def whole_places(sequence: str | None) -> tuple[str, ...]:
    """The whole places that a sequence covers: "1-3" gives "1", "2", "3"; "2.5" gives none. Empty beyond 500."""
    both = bounds(sequence)
    if both is None or both[1] - both[0] > 500:
        return ()
    places = range(int(both[0].to_integral_value()), int(both[1]) + 1)
    return tuple(str(place) for place in places if both[0] <= place <= both[1])


def sort_key(sequence: str | None) -> tuple[int, Decimal, Decimal]:
    """A key that sorts places by number, a range after its first place, and unknown places last."""
    both = bounds(sequence)
    return (1, Decimal(0), Decimal(0)) if both is None else (0, *both)


def _one(text: str) -> str | None:
    match = _ONE.match(text)
    if not match:
        return None
    fraction = (match[2] or "").rstrip("0")
    whole = str(int(match[1]))
    return f"{whole}.{fraction}" if fraction else whole


def _range(text: str) -> str | None:
    match = _RANGE.match(text)
    if not match:
        return None
    first, last = _one(match[1]), _one(match[2])
    return f"{first}-{last}" if first and last else None


def _number_in_words(text: str) -> str | None:
    folded = text.lower().replace("-", " ")
    number = WORD_NUMBERS.get(folded) or ORDINAL_WORDS.get(folded) or ROMAN_NUMERALS.get(folded)
    return str(number) if number is not None else None
