"""Whether a book's description lacks what every book has."""

from shared.contracts.library.books import Book


def is_incomplete(book: Book) -> bool:
    """True when authors, narrators, year, language, description, or both of ASIN and ISBN are missing."""
    told = (book.title, book.authors, book.narrators, book.published_year, book.language, book.description)
    return not all(told) or not (book.asin or book.isbn)
