"""Converts library books and catalogue entries to the descriptions that are compared."""

import re
from collections.abc import Mapping

from shared.books.description import BookDescription
from shared.books.description import SeriesPlace as Place
from shared.books.text.names import is_nobody
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

_NO_BOOK = {
    "id": "00000000-0000-0000-0000-000000000000",
    "abs_id": "",
    "path": "",
    "added_at": "2000-01-01T00:00:00Z",
    "updated_at": "2000-01-01T00:00:00Z",
}
"""Required fields of `Book` that a description does not have."""
_NARRATOR_IN_FOLDER = re.compile(r"\{([^{}\d]{3,60})\}")


def book_with(values: Mapping[FieldName, FieldValue]) -> Book:
    """A book that is not in the library and has only these values. They contain a title."""
    return Book.model_validate({**_NO_BOOK, **values})


def of_book(book: Book) -> BookDescription:
    """An owned book, without placeholders such as "Unknown" as author.

    Its narrators may be only in its folder name: "The Marvelous Land of Oz {Tom Reed}".
    """
    return BookDescription(
        title=book.title,
        subtitle=book.subtitle,
        authors=tuple(name for name in book.authors if not is_nobody(name)),
        narrators=tuple(book.narrators) or _narrators_in(book.path),
        series=_places(book.series),
        path=book.path,
        isbn=book.isbn,
        asin=book.asin,
        language=book.language,
        published_year=_year(book.published_year),
        duration_minutes=round(book.duration_seconds / 60) if book.duration_seconds else None,
        abridged=book.abridged,
        publisher=book.publisher,
    )


def of_entry(entry: CataloguedWork) -> BookDescription:
    """An entry of a catalogue."""
    return BookDescription(
        title=entry.title,
        subtitle=entry.subtitle,
        authors=tuple(entry.authors),
        narrators=tuple(entry.narrators),
        series=_places(entry.series),
        isbn=entry.isbn,
        asin=entry.asin,
        language=entry.language,
        published=entry.published,
        published_year=entry.published_year,
        duration_minutes=entry.duration_minutes,
        abridged=entry.abridged,
        compilation=entry.compilation,
        publisher=entry.publisher,
    )


def _places(series: list[SeriesPlace]) -> tuple[Place, ...]:
    return tuple(Place(each.name, each.sequence) for each in series)


def _narrators_in(path: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _NARRATOR_IN_FOLDER.findall(path.rsplit("/", 1)[-1]))


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) == 4 else None
