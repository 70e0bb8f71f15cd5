"""Books entered by hand: made of an entry, changed, and known again among those the library has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.books.text.identifiers import asin, isbn13
from shared.books.text.titles import fold
from shared.contracts.library.books import Book, BookEntry
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.fields import FIELDS, MANUAL, is_empty
from library_scanner.domain.identity import author_key, names_of
from library_scanner.domain.item import Item

_LISTS = ("authors", "narrators", "series", "genres", "tags")


def book_entered(entry: BookEntry, *, new_id: UUID, now: datetime) -> StoredBook:
    """The book of an entry."""
    book = Book(id=new_id, title=entry.title, path="", added_at=now, updated_at=now)
    return changed_by_hand(StoredBook(book, "", 0), dict(entry), now=now)


def changed_by_hand(stored: StoredBook, values: Mapping[str, Any], *, now: datetime) -> StoredBook:
    """The book with these fields set by a person; None empties a field, but never the title or the status."""
    given = {name: _plain(name, value) for name, value in values.items() if value is not None or name not in _KEPT}
    book = stored.book.model_copy(update=given | {"updated_at": now})
    told = {name: MANUAL for name in FIELDS if name in given and not is_empty(getattr(book, name))}
    return replace(stored, book=book.model_copy(update={"metadata_source": book.metadata_source | told}))


def corrected(
    stored: StoredBook, values: Mapping[FieldName, FieldValue], sources: Mapping[FieldName, str], *, now: datetime
) -> StoredBook:
    """The book with these fields corrected, each by its source; Audiobookshelf, which does not hold it, has no say."""
    told: dict[str, str] = stored.book.metadata_source | {str(name): source for name, source in sources.items()}
    dates = {"updated_at": now, "last_metadata_update_at": now}
    given: dict[str, Any] = {str(name): _plain(name, value) for name, value in values.items()}
    return replace(stored, book=stored.book.model_copy(update=given | dates | {"metadata_source": told}))


_KEPT = ("title", "status", "abridged")


def known_as(entry: BookEntry, books: Iterable[Book]) -> tuple[Book, str] | None:
    """The book that an entry is, and by what it is known: its ISBN, its ASIN, or its title and an author."""
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


def shown_now(item: Item, entered: Sequence[StoredBook]) -> StoredBook | None:
    """The book entered by hand that Audiobookshelf shows now, by ISBN or ASIN."""
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
    return list(value or []) if name in _LISTS else value
