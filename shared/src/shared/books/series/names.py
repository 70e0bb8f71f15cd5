"""Cleans the names of series: removes "Series", ranges of books and box-set words."""

import re
from functools import lru_cache

from shared.books.text.place_words import BARE_NUMBER, NUMBER, TO, UNIT_OR_PART
from shared.books.text.titles import LONGEST_TITLE, REMEMBERED

_RANGE_TAIL = re.compile(
    rf"[\s,;:(\[-]*(?:(?:\b(?:{UNIT_OR_PART}|b|v|parts)\.?\s?#?|#)\b{NUMBER}|\b{BARE_NUMBER})\s?(?:{TO}|,)"
    r"[\d\s,&#-]*\s?[)\]]?\s*$",
    re.IGNORECASE,
)
_TAIL_WORDS = re.compile(
    r"[\s,(\[-]+(?:(?:the )?complete(?: and unabridged| series| collection| saga| chronological collection)?"
    r"|all books?|audio ?books?|audio"
    r"|collection|series|serie|reihe|box ?set|omnibus|ebooks?|v\d"
    r"|[(\[]?\d{1,3} (?:books?|novels?|volumes?)|\(\d{1,3}\))[)\]]*\s*$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[(\[]")
_EDGES = " \t,;:-–—_#([&.*"


def clean_name(name: str) -> str:
    """A series name without a trailing "Series", a range of books and a lower-case "the". Case and accents are kept."""
    return _cleaned(name[:LONGEST_TITLE])


@lru_cache(maxsize=REMEMBERED)
def _cleaned(name: str) -> str:
    text = " ".join(name.split()).strip(_EDGES).removeprefix("the ")
    if not _OPEN.search(text):
        text = text.rstrip(")]")
    for _ in range(3):
        shorter = _TAIL_WORDS.sub("", _RANGE_TAIL.sub("", text)).strip(_EDGES)
        if not shorter or shorter == text:
            break
        text = shorter
    return text
