"""How the outside systems cut text into words and match a query.

Two kinds of site: a strict index (a tracker's), where a word is what stands between two non-letters, so that "Lion's"
is stored as "lion" and "s" and the query "lions" finds nothing; and a tolerant one (a shop's), which knows the
apostrophe and finds "Lion's" by "lions", "lion's" and "lion s" alike.
"""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘ʼ`]")


def folded(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def strict_words(text: str) -> frozenset[str]:
    """The words of a text, split at every character that is neither letter nor digit."""
    return frozenset(_WORD.findall(folded(text)))


def tolerant_words(texts: Iterable[str | None]) -> frozenset[str]:
    """The words of some texts, with and without their apostrophes."""
    joined = folded(" ".join(text for text in texts if text))
    return frozenset(_WORD.findall(joined)) | frozenset(_WORD.findall(_APOSTROPHES.sub("", joined)))


def query_words(query: str) -> frozenset[str]:
    """The words of a query to a tolerant site: "Lion's" is one word."""
    return frozenset(_WORD.findall(_APOSTROPHES.sub("", folded(query))))


def closeness(query: frozenset[str], words: frozenset[str]) -> float:
    """How much of a text the query covers: 1.0 for all of its words, 0.0 for none."""
    return len(query & words) / len(words) if words else 0.0
