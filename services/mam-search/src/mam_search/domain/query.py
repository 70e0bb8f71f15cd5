"""The search queries for a book, from the narrowest to the widest."""

import json
import re
from collections.abc import Sequence
from hashlib import sha256

from shared.books.releases.search_words import bare_title, distinct_titles, significant_words, unambiguous_words
from shared.contracts.mam.search import MamSearch

_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "phd", "md"})
MAX_WORDS = 12
"""The index matches whole words, so more words only cause misses. Candidates are judged by the whole title."""
MAX_QUERIES = 8
"""Queries for one book. Each one is a rate-limited request."""
LONGEST_QUERY = 500
"""Characters, as `MamSearch` allows."""
_TEXTS = ("text", "title", "author", "series", "narrator")


def words(text: str) -> list[str]:
    """The words of a text as the tracker's index splits them: at everything that is neither a letter nor a digit.

    The index stores `Lion's` as `lion` and `s`, so an apostrophe becomes a space and is not dropped (narratorr #2422).
    """
    return [word for word in _NOT_WORDS.sub(" ", text.replace("_", " ")).split() if word]


def queries(titles: Sequence[str], authors: Sequence[str], series: str | None = None) -> list[str]:
    """The search texts for a book, at most `MAX_QUERIES`. The next one is sent if nothing acceptable was found.

    First every title with an author. Then queries that find other spellings: only words with one common spelling, and
    hyphenated words as one. Then the series with the author. Last the title without an author, for authors who are
    listed under another name. "&" and "and" are left out.
    """
    named = [title for title in distinct_titles(titles) if words(title)]
    surnames = [name for author in authors if (name := _surname(author))]
    surname = surnames[:1]
    found = [[*_title_words(title), *surname] for title in named]
    if named and surname:
        found += [[*_title_words(named[0]), other] for other in dict.fromkeys(surnames[1:3])]
        found += [[*unambiguous_words(title), *surname] for title in named[:2]]
        found.append([*_title_words(_HYPHEN.sub("", named[0])), *surname])
    if series:
        found.append([*(unambiguous_words(series) or significant_words(words(series))), *surname])
    if named and len(_title_words(named[0])) > 1:
        found.append(_title_words(named[0]))
    texts: dict[str, str] = {}
    for each in found:
        texts.setdefault(" ".join(each).casefold(), " ".join(each))
    return [text[:LONGEST_QUERY].strip() for text in texts.values() if text][:MAX_QUERIES]


def key_of(search: MamSearch) -> str:
    """The key under which the answer of a search is stored: equal for searches that the index does not distinguish.

    It is a hash, because Postgres indexes no key that is as long as the longest search.
    """
    fields = search.model_dump(mode="json", exclude_defaults=True)
    for name in _TEXTS:
        if name in fields:
            fields[name] = " ".join(words(fields[name])).casefold()
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _title_words(title: str) -> list[str]:
    return significant_words(words(bare_title(title)) or words(title))[:MAX_WORDS]


def _surname(author: str) -> str | None:
    last = author.split(",", maxsplit=1)[0] if "," in author else author
    found = [word for word in words(last) if word.lower() not in _AFTER_NAMES]
    return found[-1] if found else None
