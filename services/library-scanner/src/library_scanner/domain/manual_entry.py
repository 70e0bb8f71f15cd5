"""Books entered by hand: how they are created, changed, and matched with books of the library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.books.text.identifiers import asin, isbn13
from shared.books.text.titles import fold
from shared.contracts.library.books import Book, BookEntry
from shared.contracts.library.field_values import FIELDS, MANUAL, MARKS, is_empty
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.identity import author_key, names_of
from library_scanner.domain.item import Item

_LISTS = ("authors", "narrators", "series", "genres", "tags")


def book_from_entry(entry: BookEntry, *, new_id: UUID, now: datetime) -> StoredBook:
    """Return a new book with the values of an entry."""
    book = Book(id=new_id, title=entry.title, path="", added_at=now, updated_at=now)
    return with_manual_values(StoredBook(book, "", 0), dict(entry), now=now)


def with_manual_values(stored: StoredBook, values: Mapping[str, Any], *, now: datetime) -> StoredBook:
    """Return the book with fields set by a person. None clears a field, except title, status and abridged."""
    changes = {
        name: _plain(name, value) for name, value in values.items() if value is not None or name not in _NEVER_EMPTY
    }
    book = stored.book.model_copy(update=changes | {"updated_at": now})
    sources = {name: MANUAL for name in FIELDS if name in changes and not is_empty(getattr(book, name))}
    return replace(stored, book=book.model_copy(update={"metadata_source": book.metadata_source | sources}))


def with_corrections(
    stored: StoredBook, values: Mapping[FieldName, FieldValue], sources: Mapping[FieldName, str], *, now: datetime
) -> StoredBook:
    """Return the book with corrected fields and their sources. The book is not in Audiobookshelf."""
    metadata_source: dict[str, str] = stored.book.metadata_source | {
        str(name): source for name, source in sources.items()
    }
    dates = {"updated_at": now, "last_metadata_update_at": now}
    changes: dict[str, Any] = {str(name): _plain(name, value) for name, value in values.items()}
    return replace(stored, book=stored.book.model_copy(update=changes | dates | {"metadata_source": metadata_source}))


_NEVER_EMPTY = ("title", "status", "abridged")


def find_duplicate(entry: BookEntry, books: Iterable[Book]) -> tuple[Book, str] | None:
    """Return the book that matches an entry, and by what: its ISBN, its ASIN, or its title and an author."""
    number, audible = isbn13(entry.isbn), asin(entry.asin)
    title = fold(entry.title, drop_article=True)
    people = _people(entry.authors)
    for book in books:
        if number and isbn13(book.isbn) == number:
            return book, f"ISBN {number}"
        if audible and asin(book.asin) == audible:
            return book, f"ASIN {audible}"
        others = _people(book.authors)
        if fold(book.title, drop_article=True) == title and (people & others or not (people or others)):
            return book, "title and author"
    return None


def entry_shown_by(item: Item, entered: Sequence[StoredBook]) -> StoredBook | None:
    """Return the book entered by hand that has the ISBN or ASIN of an item."""
    number, audible = isbn13(item.isbn), asin(item.asin)
    for one in entered:
        if (number and isbn13(one.book.isbn) == number) or (audible and asin(one.book.asin) == audible):
            return one
    return None


def _people(authors: Sequence[str]) -> set[str]:
    return {author_key(name) for name in names_of(authors)}


def _plain(name: str, value: Any) -> Any:
    if name == "series":
        return [SeriesPlace(name=place.name, sequence=place.sequence) for place in value or []]
    if name == "isbn":
        return isbn13(value) or value
    if name == "asin":
        return asin(value) or value
    if name in MARKS:
        return bool(value)
    return list(value or []) if name in _LISTS else value
