"""The text of a release name around the wanted title and series, where marks of another kind of release are."""

import re

from shared.books.releases.description import ReadWanted

_SEPARATORS = re.compile(r"[._]+|(?<=[a-z])(?=[A-Z])")
_LONGEST = 400


def spaced(text: str) -> str:
    """The text with spaces for dots and underscores, if it has no spaces."""
    cut = text[:_LONGEST]
    return cut if " " in cut.strip() else _SEPARATORS.sub(" ", cut)


def without_wanted_words(wanted: ReadWanted, text: str) -> str:
    """The text with "~" for the wanted title and series names, so that "Part" in a title does not mark a part."""
    left = spaced(text)
    book = wanted.wanted.book
    for name in (book.title, *(place.name for place in book.series)):
        words = re.findall(r"[^\W_]+", name[:_LONGEST])
        if words:
            pattern = r"[\W_]*".join(re.escape(word) for word in words)
            left = re.sub(rf"\b{pattern}\b", "~", left, flags=re.IGNORECASE)
    return left
