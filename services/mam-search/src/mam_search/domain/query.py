"""What to ask the tracker for a book: from the narrowest question to the widest."""

import re
from dataclasses import dataclass

from shared.books.spelling import is_written_in_two_ways
from shared.books.titles import main_title

_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_IN_BRACKETS = re.compile(r"\s*[(\[].*$")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_SMALL = frozenset({"a", "an", "and", "the", "of", "in", "to", "or", "for", "by", "with"})
MOST_WORDS = 12
"""More words only make an index of exact words miss; the judging looks at the whole title anyway."""


def words(text: str) -> list[str]:
    """The words of a text as the tracker's index has them: it splits at everything that is no letter or digit.

    `Lion's` is stored there as `lion` and `s`, so an apostrophe becomes a space and is not dropped (narratorr #2422).
    """
    return [word for word in _NOT_WORDS.sub(" ", text.replace("_", " ")).split() if word]


@dataclass(frozen=True, slots=True)
class Queries:
    """Search texts for a book: the `narrow` ones in turn until one finds something, else all of the `wide` ones."""

    narrow: tuple[str, ...]
    wide: tuple[str, ...]


def queries(title: str, authors: list[str], series: str | None = None) -> Queries:
    """What to ask. The wide questions find titles that are spelled otherwise: "The Casebook", "80 Days", "Centre"."""
    main = words(_main(title)) or words(title)
    surname = _surname(authors[0]) if authors else []
    telling = _telling(main)
    narrow = [[*main[:MOST_WORDS], *surname], [*telling[:MOST_WORDS], *surname]]
    wide: list[list[str]] = []
    if surname:
        joined = words(_main(_HYPHEN.sub("", title)))
        sure = [word for word in telling if not is_written_in_two_ways(word.lower())]
        wide += [[*_telling(joined)[:MOST_WORDS], *surname], [*sorted(sure, key=len)[-1:], *surname]]
    if series:
        wide.append([*_telling(words(series)), *surname])
    if len(telling) > 1:
        wide.append(telling[:MOST_WORDS])
    first, rest = ([" ".join(each) for each in asked] for asked in (narrow, wide))
    first = list(dict.fromkeys(text for text in first if text))
    return Queries(tuple(first), tuple(dict.fromkeys(text for text in rest if text and text not in first)))


def _main(title: str) -> str:
    """Without subtitle, second title and what is told in brackets."""
    return main_title(_IN_BRACKETS.sub("", title))


def _telling(found: list[str]) -> list[str]:
    return [word for word in found if word.lower() not in _SMALL]


def _surname(author: str) -> list[str]:
    last = author.split(",", maxsplit=1)[0] if "," in author else author
    found = [word for word in words(last) if word.lower() not in {"jr", "sr", "ii", "iii", "phd", "md"}]
    return found[-1:]
