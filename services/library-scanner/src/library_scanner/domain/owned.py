"""Describes a book of the library for comparisons."""

from shared.books.description import BookDescription, SeriesPlace
from shared.contracts.library.books import Book


def describe(book: Book) -> BookDescription:
    """Return the description of a book."""
    year = (book.published_year or "")[:4]
    return BookDescription(
        title=book.title,
        subtitle=book.subtitle,
        authors=tuple(book.authors),
        narrators=tuple(book.narrators),
        series=tuple(SeriesPlace(place.name, place.sequence) for place in book.series),
        path=book.path,
        isbn=book.isbn,
        asin=book.asin,
        language=book.language,
        published_year=int(year) if year.isdecimal() else None,
        duration_minutes=None if book.duration_seconds is None else round(book.duration_seconds / 60),
        abridged=book.abridged,
        publisher=book.publisher,
    )
