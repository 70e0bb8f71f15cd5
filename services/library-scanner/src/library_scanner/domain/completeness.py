"""Whether the metadata of a book is complete."""

from shared.contracts.library.books import Book


def is_incomplete(book: Book) -> bool:
    """Return True if authors, narrators, year, language, description, or both of ASIN and ISBN are missing."""
    return book.completeness_percent < 100
