"""A change of one field of a book, before it is a correction."""

from dataclasses import dataclass

from shared.contracts.library.books import Book, FieldName, FieldValue
from shared.contracts.values import Confidence, Reason, SeriesPlace

MANUAL = "MANUAL"


@dataclass(frozen=True, slots=True)
class Change:
    """From what to what, by which source, how sure and why."""

    field: FieldName
    old: FieldValue
    new: FieldValue
    source: str
    confidence: Confidence
    reasons: tuple[Reason, ...]


def present(book: Book, field: FieldName) -> FieldValue:
    """What Audiobookshelf has. A series read from the book's texts is not there yet."""
    if field == "series" and book.series_evidence:
        return []
    value: FieldValue = getattr(book, field)
    return value


def is_empty(value: FieldValue) -> bool:
    return not value.strip() if isinstance(value, str) else not value


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
