"""What to ask an index of exact words for: titles that differ, and words that have one spelling only."""

import re
from collections.abc import Iterable, Sequence

from shared.books.text.names import person
from shared.books.text.spelling import is_written_in_two_ways
from shared.books.text.titles import fold, main_title

LEFT_OUT = frozenset({"a", "an", "and", "the", "of", "in", "to", "or", "for", "by", "with"})
"""Small words are left out of queries: "&" and "and" are one, and articles come and go."""
MOST_TITLES = 3
"""Titles of one work that an indexer is asked for: each costs a request."""
_SERIES_WORDS = frozenset({"saga", "trilogy", "chronicles", "series", "cycle", "novel", "novels", "book", "books"})
_IN_BRACKETS = re.compile(r"\s*[(\[].*$")
_APOSTROPHE_OR_HYPHEN = re.compile(r"[^\W_]['’‘ʼ`\-‐‑][^\W_]")
_TOKEN = re.compile(r"[^\s_]+")
_EDGES = re.compile(r"^\W+|\W+$")
_FEWEST_LETTERS = 3


def bare_title(title: str) -> str:
    """A title without its subtitle, its second title and what stands in brackets."""
    return main_title(_IN_BRACKETS.sub("", title)) or title


def differing_titles(titles: Iterable[str], most: int = MOST_TITLES) -> list[str]:
    """The first title, and of the others those that find what the ones before them do not, at most so many.

    An index that wants every word of a query finds nothing new by a title that holds all words of another.
    """
    chosen: list[str] = []
    asked: list[frozenset[str]] = []
    for title in titles:
        words = frozenset(telling_words(fold(bare_title(title)).split()))
        if words and not any(words >= each for each in asked):
            chosen.append(title)
            asked.append(words)
        if len(chosen) == most:
            break
    return chosen


def differing_surnames(authors: Iterable[str]) -> list[str]:
    """The authors' folded surnames, each once, in their order."""
    return list(dict.fromkeys(surname for author in authors if (surname := fold(person(author).surname))))


def telling_words(words: Sequence[str]) -> list[str]:
    """The words without small ones; all of them when there is no other."""
    return [word for word in words if word.casefold() not in LEFT_OUT] or list(words)


def sure_words(title: str, most: int = 2) -> list[str]:
    """The longest words of a title, in their order, that everybody spells alike; none when there is no such word.

    Left out are numbers, abbreviations, words with an apostrophe or hyphen, words that may have lost one ("Liars",
    "Liar's"), and words of series that some leave out ("Saga").
    """
    words = [word for token in _TOKEN.findall(bare_title(title)) if (word := _sure(token))]
    longest = sorted(words, key=len, reverse=True)[:most]
    return [word for word in dict.fromkeys(words) if word in longest]


def _sure(token: str) -> str | None:
    word, folded = _EDGES.sub("", token), fold(token)
    if _APOSTROPHE_OR_HYPHEN.search(token) or " " in folded or len(folded) < _FEWEST_LETTERS:
        return None
    if folded in LEFT_OUT or folded in _SERIES_WORDS or is_written_in_two_ways(folded):
        return None
    if any(char.isdigit() for char in folded) or (folded.endswith("s") and not folded.endswith("ss")):
        return None
    return word
