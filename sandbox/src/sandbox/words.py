"""How the outside systems split text into words and match a query.

There are two kinds of index. A strict one (of a tracker) splits at every character that is neither letter nor digit:
"Lion's" is stored as "lion" and "s", and the query "lions" finds nothing. A tolerant one (of a shop) handles the
apostrophe: "lions", "lion's" and "lion s" all find "Lion's".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘ʼ`]")


class WordIndex:
    """The places of texts in a list by their words, to answer a query without reading every text."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, words in enumerate(texts):
            for word in words:
                self._places.setdefault(word, []).append(place)

    def places(self, word: str) -> Sequence[int]:
        """The places of the texts with this word, in the order of the list."""
        return self._places.get(word, ())


def folded(text: str) -> str:
    """The text in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def strict_words(text: str) -> frozenset[str]:
    """The words of a text, split at every character that is neither letter nor digit."""
    return frozenset(_WORD.findall(folded(text)))


def tolerant_words(texts: Iterable[str | None]) -> frozenset[str]:
    """The words of some texts, split at apostrophes and also with apostrophes removed."""
    joined = folded(" ".join(text for text in texts if text))
    return frozenset(_WORD.findall(joined)) | frozenset(_WORD.findall(_APOSTROPHES.sub("", joined)))


def query_words(query: str) -> frozenset[str]:
    """The words of a query to a tolerant index: "Lion's" is one word."""
    return frozenset(_WORD.findall(_APOSTROPHES.sub("", folded(query))))


def closeness(query: frozenset[str], words: frozenset[str]) -> float:
    """The share of the words of a text that the query contains, from 0.0 to 1.0."""
    return len(query & words) / len(words) if words else 0.0
