"""What a release's name says beside the wanted book's own title and series: where the marks of another thing stand."""

import re

from shared.books.releases.description import ReadWanted

_SEPARATORS = re.compile(r"[._]+|(?<=[a-z])(?=[A-Z])")
_LONGEST = 400


def spaced(text: str) -> str:
    """Dots and underscores as spaces, when the name has no spaces of its own."""
    cut = text[:_LONGEST]
    return cut if " " in cut.strip() else _SEPARATORS.sub(" ", cut)


def without_wanted_words(wanted: ReadWanted, text: str) -> str:
    """The text without the wanted title and the names of its series, so that "Part" in a title is no part of it."""
    left = spaced(text)
    book = wanted.wanted.book
    for name in (book.title, *(place.name for place in book.series)):
        words = re.findall(r"[^\W_]+", name[:_LONGEST])
        if words:
            pattern = r"[\W_]*".join(re.escape(word) for word in words)
            left = re.sub(rf"\b{pattern}\b", "~", left, flags=re.IGNORECASE)
    return left
