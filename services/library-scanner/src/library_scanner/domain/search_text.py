"""The searchable text of a book of the library."""

from shared.books.text.identifiers import isbn13
from shared.books.text.search_text import search_text_of
from shared.contracts.library.books import Book


def search_text_of_book(book: Book) -> str:
    """Return the searchable text of a book, the title first."""
    series = [place.name for place in book.series]
    numbers = [isbn13(book.isbn), book.isbn, book.asin]
    return search_text_of([book.title, book.subtitle, *book.authors, *book.narrators, *series, *numbers])
