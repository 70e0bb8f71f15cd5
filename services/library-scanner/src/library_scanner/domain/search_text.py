"""The text that a search goes through, and the words of a query: folded alike."""

from collections.abc import Iterable

from shared.books.text.identifiers import asin, isbn13
from shared.books.text.titles import fold
from shared.contracts.library.books import Book

MOST_WORDS = 8
_SMALL_WORDS = frozenset({"a", "an", "and", "by", "of", "the"})


def search_text_of(parts: Iterable[str | None]) -> str:
    """Names and titles as one folded text, each once."""
    return " ".join(dict.fromkeys(folded for part in parts if (folded := fold(part))))


def search_text_of_book(book: Book) -> str:
    """Title first, then everything a book may be looked for by."""
    series = [place.name for place in book.series]
    numbers = [isbn13(book.isbn), book.isbn, book.asin]
    return search_text_of([book.title, book.subtitle, *book.authors, *book.narrators, *series, *numbers])


def words_of_query(query: str) -> list[str]:
    """The folded words to look for, at most `MOST_WORDS`; an ISBN or ASIN is one word. Empty when nothing is left."""
    number = isbn13(query) or asin(query.strip())
    if number:
        return [number.lower()]
    words = list(dict.fromkeys(fold(query).split()))
    return ([word for word in words if word not in _SMALL_WORDS] or words)[:MOST_WORDS]


def is_forgiving(word: str) -> bool:
    """Whether what is spelled otherwise may be meant: not by one to three letters, nor by an ISBN or ASIN."""
    return len(word) > 3 and not (len(word) >= 8 and any(char.isdigit() for char in word))
