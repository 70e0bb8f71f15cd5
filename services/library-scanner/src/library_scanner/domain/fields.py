"""What Audiobookshelf makes of the fields that are written to it."""

from shared.contracts.library.field_values import is_empty, places_in, same_value
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

_MATCHED_BY_NAME: frozenset[FieldName] = frozenset({"authors", "series"})


def same_in_abs(field: FieldName, one: FieldValue, other: FieldValue) -> bool:
    """Whether two values are the same for Audiobookshelf.

    It matches the names of authors and series without regard to case, and keeps the spelling that it has.
    Source: Audiobookshelf 2.36, `getByNameAndLibrary` of authors and series.
    """
    if field in _MATCHED_BY_NAME:
        return same_value(field, _without_case(one), _without_case(other))
    return same_value(field, one, other)


def was_stored(field: FieldName, new: FieldValue, *, before: FieldValue, after: FieldValue) -> bool:
    """Whether `after` is what Audiobookshelf stores when `new` is written to a field with the value `before`.

    It sanitises the HTML of descriptions, and keeps its own spelling of a known author or series. A write that was to
    change only this spelling changes nothing.
    """
    if same_value(field, new, after):
        return True
    if field == "description":
        return is_empty(after) == is_empty(new)
    return same_in_abs(field, new, after) and not same_value(field, before, after)


def _without_case(value: FieldValue) -> FieldValue:
    if not isinstance(value, list):
        return value
    places = places_in(value)
    if places:
        return [SeriesPlace(name=place.name.casefold(), sequence=place.sequence) for place in places]
    return [each.casefold() for each in value if isinstance(each, str)]
