"""What to ask the tracker for a book: from the narrowest question to the widest."""

import re

_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_SUBTITLE = re.compile(r"\s*(?::| - |\(|\[).*$")
_SMALL = frozenset({"a", "an", "and", "the", "of", "in", "to", "or", "for", "by", "with"})
MOST_WORDS = 12
"""More words only make an index of exact words miss; the judging looks at the whole title anyway."""


def words(text: str) -> list[str]:
    """The words of a text as the tracker's index has them: it splits at everything that is no letter or digit.

    `Lion's` is stored there as `lion` and `s`, so an apostrophe becomes a space and is not dropped (narratorr #2422).
    """
    return [word for word in _NOT_WORDS.sub(" ", text.replace("_", " ")).split() if word]


def queries(title: str, authors: list[str], series: str | None = None) -> list[str]:
    """Search texts for a book, in the order to be tried; each is asked only when those before found nothing."""
    main = words(_SUBTITLE.sub("", title)) or words(title)
    surname = _surname(authors[0]) if authors else []
    telling = [word for word in main if word.lower() not in _SMALL]
    asked = [[*main[:MOST_WORDS], *surname], [*telling[:MOST_WORDS], *surname]]
    if series:
        asked.append([*(word for word in words(series) if word.lower() not in _SMALL), *surname])
    if len(telling) > 1:
        asked.append(telling[:MOST_WORDS])
    texts = [" ".join(each) for each in asked]
    return [text for number, text in enumerate(texts) if text and text not in texts[:number]]


def _surname(author: str) -> list[str]:
    last = author.split(",", maxsplit=1)[0] if "," in author else author
    found = [word for word in words(last) if word.lower() not in {"jr", "sr", "ii", "iii", "phd", "md"}]
    return found[-1:]
