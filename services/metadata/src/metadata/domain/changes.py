"""A change of one field of a book, before it is a correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldChange, FieldName, FieldValue
from shared.contracts.metadata.corrections import Correction
from shared.contracts.values import Confidence, Reason, SeriesPlace

MANUAL = "MANUAL"
GAPLESS = "gapless"
"""Who makes a correction that no person makes."""
NAMES_THE_BOOK: frozenset[FieldName] = frozenset({"title", "authors"})
"""The fields by which providers are asked: a book that has others now is looked up again."""


@dataclass(frozen=True, slots=True)
class Change:
    """From what to what, by which source, how sure and why."""

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
    """What the library is to write for a correction."""
    return FieldChange(correction_id=made.id, field=made.field, old=made.old, new=made.new, source=made.source)


def taking_back(made: Correction) -> FieldChange:
    """What the library is to write to take a correction back."""
    return FieldChange(correction_id=made.id, field=made.field, old=made.new, new=made.old, source=MANUAL)


def present(book: Book, field: FieldName) -> FieldValue:
    """What Audiobookshelf has. A series or place read from the book's texts is not there yet."""
    if field == "series" and book.series_evidence:
        return list(book.series_in_abs)
    value: FieldValue = getattr(book, field)
    return value


def is_empty(value: FieldValue) -> bool:
    return not value.strip() if isinstance(value, str) else not value


def same(field: FieldName, one: FieldValue, other: FieldValue) -> bool:
    """Whether two values of a field are the same: nothing is nothing, and only narrators stand in an order."""
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    if isinstance(one, list) and isinstance(other, list) and field != "narrators":
        return sorted(map(str, one)) == sorted(map(str, other))
    return one == other


def set_by_person(book: Book, field: FieldName) -> bool:
    """Whether a person set the field, also to nothing; no machine changes it."""
    return book.metadata_source.get(field) == MANUAL


def shown(value: FieldValue) -> str:
    """A value in words for a person."""
    if isinstance(value, list):
        names = [_place(each) if isinstance(each, SeriesPlace) else each for each in value]
        return ", ".join(names) or "nothing"
    return value or "nothing"


def _place(place: SeriesPlace) -> str:
    return f"{place.name} #{place.sequence}" if place.sequence else place.name
