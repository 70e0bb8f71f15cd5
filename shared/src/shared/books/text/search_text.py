"""The searchable text of a book or a release, and the words of a query, normalised in the same way."""

from collections.abc import Iterable

from shared.books.text.identifiers import asin, isbn13
from shared.books.text.titles import fold

MAX_WORDS = 8
_SMALL_WORDS = frozenset({"a", "an", "and", "by", "of", "the"})


def search_text_of(parts: Iterable[str | None]) -> str:
    """Join names and titles into one folded text without repetitions."""
    return " ".join(dict.fromkeys(folded for part in parts if (folded := fold(part))))


def words_of_query(query: str) -> list[str]:
    """Return the folded words of a query, at most `MAX_WORDS`. An ISBN or ASIN is one word. May be empty."""
    number = isbn13(query) or asin(query.strip())
    if number:
        return [number.lower()]
    words = list(dict.fromkeys(fold(query).split()))
    return ([word for word in words if word not in _SMALL_WORDS] or words)[:MAX_WORDS]


def allows_misspelling(word: str) -> bool:
    """Whether similar words match too. Words of up to three letters, ISBNs and ASINs must match exactly."""
    return len(word) > 3 and not (len(word) >= 8 and any(char.isdigit() for char in word))
