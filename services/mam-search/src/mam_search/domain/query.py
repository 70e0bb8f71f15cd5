"""What to ask the tracker for a book: from the narrowest query to the widest."""

import re
from collections.abc import Sequence

from shared.books.releases.search_words import bare_title, differing_titles, sure_words, telling_words

_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "phd", "md"})
MOST_WORDS = 12
"""More words only make an index of exact words miss; the judging looks at the whole title anyway."""
MOST_QUERIES = 8
"""Queries for one book: each takes the account's turn."""


def words(text: str) -> list[str]:
    """The words of a text as the tracker's index has them: it splits at everything that is no letter or digit.

    `Lion's` is stored there as `lion` and `s`, so an apostrophe becomes a space and is not dropped (narratorr #2422).
    """
    return [word for word in _NOT_WORDS.sub(" ", text.replace("_", " ")).split() if word]


def queries(titles: Sequence[str], authors: Sequence[str], series: str | None = None) -> list[str]:
    """The search texts for a book, at most `MOST_QUERIES`, each to be sent while nothing acceptable was found.

    First every title with an author; then what finds other spellings: only the words that everybody spells alike, and
    hyphened words in one; then the series, the same; then the title without an author, for authors who are listed
    under another name. "&" and "and" are left out.
    """
    asked = [title for title in differing_titles(titles) if words(title)]
    surnames = [name for author in authors if (name := _surname(author))]
    surname = surnames[:1]
    found = [[*_title_words(title), *surname] for title in asked]
    if asked and surname:
        found += [[*_title_words(asked[0]), other] for other in dict.fromkeys(surnames[1:3])]
        found += [[*sure_words(title), *surname] for title in asked[:2]]
        found.append([*_title_words(_HYPHEN.sub("", asked[0])), *surname])
    if series:
        found.append([*(sure_words(series) or telling_words(words(series))), *surname])
    if asked and len(_title_words(asked[0])) > 1:
        found.append(_title_words(asked[0]))
    texts: dict[str, str] = {}
    for each in found:
        texts.setdefault(" ".join(each).casefold(), " ".join(each))
    return [text for text in texts.values() if text][:MOST_QUERIES]


def _title_words(title: str) -> list[str]:
    return telling_words(words(bare_title(title)) or words(title))[:MOST_WORDS]


def _surname(author: str) -> str | None:
    last = author.split(",", maxsplit=1)[0] if "," in author else author
    found = [word for word in words(last) if word.lower() not in _AFTER_NAMES]
    return found[-1] if found else None
