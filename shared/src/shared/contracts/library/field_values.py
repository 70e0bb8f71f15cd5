"""The rules of the metadata fields of a book: their values, when a value is empty, and when two are the same."""

from typing import Any, get_args

from shared.contracts.library.books import Book
from shared.contracts.library.chapters import chapters_key, mark_in_words
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace
from shared.translatable import translatable

FIELDS: tuple[FieldName, ...] = get_args(FieldName)
"""Every metadata field, in the order of the API."""
MANUAL = "MANUAL"
"""The source of a field that a person set."""
ABS = "ABS"
"""The source of a field with the value that Audiobookshelf had before the first correction."""
UNLOCKED = "UNLOCKED"
"""The source of a field that a person set and then unlocked. It may be changed automatically."""
NOTHING = translatable("change.nothing", "nothing")
"""An empty value as text for a person."""
YES, NO = translatable("change.yes", "yes"), translatable("change.no", "no")
"""A mark as text for a person."""
MARKS: frozenset[FieldName] = frozenset({"abridged"})
"""Fields that are true or false. A book without the mark has the empty value False."""

_UNORDERED: frozenset[FieldName] = frozenset({"authors", "series", "genres", "tags"})
"""Audiobookshelf does not apply a changed order of authors or series. Narrators are shown in their order."""


def stored_series(book: Book) -> list[SeriesPlace]:
    """Return the series that the library stores. A series that was only read from the book's texts is not stored."""
    return list(book.series_in_abs if book.series_evidence else book.series)


def stored_value(book: Book, field: FieldName) -> FieldValue:
    """Return the value of a field as the library stores it."""
    if field == "series":
        return stored_series(book)
    value: FieldValue = getattr(book, field)
    return value


def stored_values(book: Book) -> dict[FieldName, FieldValue]:
    """Return every field as the library stores it."""
    return {field: stored_value(book, field) for field in FIELDS}


def is_empty(value: FieldValue) -> bool:
    """Whether a value is None, False, blank, or a list without names."""
    return not _comparable(value)


def same_value(field: FieldName, one: FieldValue, other: FieldValue) -> bool:
    """Whether two values of a field are the same.

    Spaces at the start and the end do not count, all empty values are equal, and only narrators have an order. Chapters
    are the same as their mark.
    """
    if field == "chapters" and isinstance(one, str | None) and isinstance(other, str | None):
        return chapters_key(one) == chapters_key(other)
    first, second = _comparable(one), _comparable(other)
    if field in _UNORDERED and isinstance(first, list) and isinstance(second, list):
        return sorted(first, key=repr) == sorted(second, key=repr)
    return bool(first == second)


def places_in(value: FieldValue) -> list[SeriesPlace]:
    """Return the series of a value; none if it is that of another field."""
    return [each for each in value if isinstance(each, SeriesPlace)] if isinstance(value, list) else []


def names_in(value: FieldValue) -> list[str]:
    """Return the names of a value; none if it is that of a field without names."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def set_by_person(book: Book, field: FieldName) -> bool:
    """Whether a person locked the field or set it, even to nothing. It is never changed automatically."""
    return field in book.locked_fields or book.metadata_source.get(field) == MANUAL


def display_text(value: FieldValue) -> str:
    """Return a value as text for a person; "nothing" if it is empty, and no digest of chapters."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return ", ".join(_place_text(each) if isinstance(each, SeriesPlace) else each for each in value) or NOTHING
    return mark_in_words(value or "") or value or NOTHING


def _comparable(value: FieldValue) -> Any:
    """A text without surrounding spaces, a list of names or of (name, sequence), True, or None for an empty value."""
    if isinstance(value, bool):
        return value or None
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    parts = [
        (each.name.strip(), (each.sequence or "").strip() or None) if isinstance(each, SeriesPlace) else each.strip()
        for each in value
    ]
    return [part for part in parts if (part[0] if isinstance(part, tuple) else part)] or None


def _place_text(place: SeriesPlace) -> str:
    return f"{place.name} #{place.sequence}" if place.sequence else place.name
