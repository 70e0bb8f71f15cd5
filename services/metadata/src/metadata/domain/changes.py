"""A change of one field of a book, before it is a correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldChange, FieldName, FieldValue
from shared.contracts.metadata.corrections import Correction
from shared.contracts.values import Confidence, Reason, SeriesPlace

MANUAL = "MANUAL"
GAPLESS = "gapless"
"""The author of an automatic correction."""
NAMES_THE_BOOK: frozenset[FieldName] = frozenset({"title", "authors"})
"""The fields that providers are queried with. If they change, the book is refreshed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field's old and new value, the source, the confidence and the reasons."""

    field: FieldName
    old: FieldValue
    new: FieldValue
    source: str
    confidence: Confidence
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The changes of one book."""

    book: Book
    changes: Sequence[Change]


def field_change(made: Correction) -> FieldChange:
    """The change that the library writes for a correction."""
    return FieldChange(correction_id=made.id, field=made.field, old=made.old, new=made.new, source=made.source)


def reversal(made: Correction) -> FieldChange:
    """The change that the library writes to undo a correction."""
    return FieldChange(correction_id=made.id, field=made.field, old=made.new, new=made.old, source=MANUAL)


def present(book: Book, field: FieldName) -> FieldValue:
    """The value in Audiobookshelf. A series that was read from the book's texts is not stored there."""
    if field == "series" and book.series_evidence:
        return list(book.series_in_abs)
    value: FieldValue = getattr(book, field)
    return value


def is_empty(value: FieldValue) -> bool:
    """Whether the value is None, blank or an empty list."""
    return not value.strip() if isinstance(value, str) else not value


def same(field: FieldName, one: FieldValue, other: FieldValue) -> bool:
    """Whether two values of a field are equal. All empty values are equal, and only narrators are ordered."""
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    if isinstance(one, list) and isinstance(other, list) and field != "narrators":
        return sorted(map(str, one)) == sorted(map(str, other))
    return one == other


def set_by_person(book: Book, field: FieldName) -> bool:
    """Whether a person set the field, even to nothing. It is never changed automatically."""
    return book.metadata_source.get(field) == MANUAL


def shown(value: FieldValue) -> str:
    """A value as text for a person; "nothing" if it is empty."""
    if isinstance(value, list):
        names = [_place(each) if isinstance(each, SeriesPlace) else each for each in value]
        return ", ".join(names) or "nothing"
    return value or "nothing"


def _place(place: SeriesPlace) -> str:
    return f"{place.name} #{place.sequence}" if place.sequence else place.name
