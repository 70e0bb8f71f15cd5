"""Chooses search terms for an index of exact words: different titles, and words with one spelling only."""

import re
from collections.abc import Iterable, Sequence

from shared.books.text.names import person
from shared.books.text.spelling import is_written_in_two_ways
from shared.books.text.titles import fold, main_title

LEFT_OUT = frozenset({"a", "an", "and", "the", "of", "in", "to", "or", "for", "by", "with"})
"""Words left out of queries: "&" may replace "and", and articles are often missing."""
MAX_TITLES = 3
"""Titles of one work in a search. Each costs a request."""
_SERIES_WORDS = frozenset({"saga", "trilogy", "chronicles", "series", "cycle", "novel", "novels", "book", "books"})
_IN_BRACKETS = re.compile(r"\s*[(\[].*$")
_APOSTROPHE_OR_HYPHEN = re.compile(r"[^\W_]['’‘ʼ`\-‐‑][^\W_]")
_TOKEN = re.compile(r"[^\s_]+")
_EDGES = re.compile(r"^\W+|\W+$")
_FEWEST_LETTERS = 3


def bare_title(title: str) -> str:
    """A title without its subtitle, its alternative title and text in brackets."""
    return main_title(_IN_BRACKETS.sub("", title)) or title


def distinct_titles(titles: Iterable[str], limit: int = MAX_TITLES) -> list[str]:
    """The first title, and those others that can find releases that earlier titles do not find; at most `limit`.

    An index that requires every word of a query finds nothing new by a title that contains all words of another.
    """
    chosen: list[str] = []
    searched: list[frozenset[str]] = []
    for title in titles:
        words = frozenset(significant_words(fold(bare_title(title)).split()))
        if words and not any(words >= each for each in searched):
            chosen.append(title)
            searched.append(words)
        if len(chosen) == limit:
            break
    return chosen


def distinct_surnames(authors: Iterable[str]) -> list[str]:
    """The folded surnames of the authors, in order, without duplicates."""
    return list(dict.fromkeys(surname for author in authors if (surname := fold(person(author).surname))))


def significant_words(words: Sequence[str]) -> list[str]:
    """The words that are not in `LEFT_OUT`; all words if no other is left."""
    return [word for word in words if word.casefold() not in LEFT_OUT] or list(words)


def unambiguous_words(title: str, limit: int = 2) -> list[str]:
    """The longest words of a title with only one spelling, in the order of the title; empty if there are none.

    Left out are numbers, abbreviations, words with an apostrophe or hyphen, words that may have lost one ("Liars",
    "Liar's"), and words of series that are often omitted ("Saga").
    """
    words = [word for token in _TOKEN.findall(bare_title(title)) if (word := _unambiguous(token))]
    longest = sorted(words, key=len, reverse=True)[:limit]
    return [word for word in dict.fromkeys(words) if word in longest]


def _unambiguous(token: str) -> str | None:
    word, folded = _EDGES.sub("", token), fold(token)
    if _APOSTROPHE_OR_HYPHEN.search(token) or " " in folded or len(folded) < _FEWEST_LETTERS:
        return None
    if folded in LEFT_OUT or folded in _SERIES_WORDS or is_written_in_two_ways(folded):
        return None
    if any(char.isdigit() for char in folded) or (folded.endswith("s") and not folded.endswith("ss")):
        return None
    return word
