"""The metadata fields of a book: their values by name, and when two values are the same."""

from collections.abc import Mapping
from typing import Any, get_args

from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

FIELDS: tuple[FieldName, ...] = get_args(FieldName)

ABS = "ABS"
MANUAL = "MANUAL"


def same_value(field: FieldName, one: FieldValue, other: FieldValue) -> bool:
    """Whether two values of a field are the same. Empty values are equal, and the order of names does not matter."""
    first, second = _comparable(one), _comparable(other)
    if field in ("authors", "series", "genres") and isinstance(first, list) and isinstance(second, list):
        return sorted(map(str, first)) == sorted(map(str, second))
    return bool(first == second)


def is_empty(value: FieldValue) -> bool:
    """Whether a field is empty."""
    return _comparable(value) is None


def display_text(value: FieldValue) -> str:
    """Return a value as text for a person."""
    if isinstance(value, list):
        return ", ".join(_place_text(each) if isinstance(each, SeriesPlace) else each for each in value) or "nothing"
    return value or "nothing"


def values_of(book: Book, series_in_abs: list[SeriesPlace]) -> dict[FieldName, FieldValue]:
    """Return the fields of a book as Audiobookshelf has them."""
    values: Mapping[str, Any] = {field: getattr(book, field) for field in FIELDS}
    return {field: series_in_abs if field == "series" else values[field] for field in FIELDS}


def _comparable(value: FieldValue) -> Any:
    if isinstance(value, str):
        return value.strip() or None
    if not value:
        return None
    return [(each.name, each.sequence or None) if isinstance(each, SeriesPlace) else each.strip() for each in value]


def _place_text(place: SeriesPlace) -> str:
    return f"{place.name} #{place.sequence}" if place.sequence else place.name
