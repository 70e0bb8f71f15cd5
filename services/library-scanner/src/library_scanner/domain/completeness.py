"""Whether a book's description lacks what every book has."""

from shared.contracts.library.books import Book


def is_incomplete(book: Book) -> bool:
    """True when authors, narrators, year, language, description, or both of ASIN and ISBN are missing."""
    return book.completeness_percent < 100
